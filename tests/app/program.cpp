// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QElapsedTimer>

namespace greenfront::testing {
namespace {

constexpr int patience = 300'000; // ms; a loaded machine takes its time

Ended finished(QProcess& process) {
    process.waitForFinished(patience);
    return {process.exitCode(), process.exitStatus() == QProcess::CrashExit, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace

QString cliPath() {
    return qEnvironmentVariable("GREENFRONT_BIN") + "/greenfront-cli";
}

Ended runCli(const QStringList& arguments) {
    QProcess process;
    process.start(cliPath(), arguments);
    return finished(process);
}

Ended interruptCli(const QStringList& arguments, const QByteArray& text, void (*interrupt)(QProcess&)) {
    QProcess process;
    process.start(cliPath(), arguments);
    QByteArray said;
    QElapsedTimer timer;
    timer.start();
    while (!said.contains(text) && process.state() != QProcess::NotRunning && timer.elapsed() < patience) {
        process.waitForReadyRead(100);
        said += process.readAllStandardError();
    }
    interrupt(process);
    Ended ended = finished(process);
    ended.err.prepend(said);
    return ended;
}

} // namespace greenfront::testing
