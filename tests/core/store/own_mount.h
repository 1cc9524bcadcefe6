// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QCoreApplication>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <optional>

/// Runs this test binary again with two arguments, on mounts that only that process sees: `prepare` is the
/// shell command that makes them. Nothing where the system cannot do that; otherwise the exit code.
inline std::optional<int> runOnOwnMount(const QString& prepare, const QString& option,
                                        const QString& argument) {
    const auto runInside = [](const QString& script, const QStringList& arguments) {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(QStringLiteral("unshare"),
                      QStringList{QStringLiteral("-rm"), QStringLiteral("sh"), QStringLiteral("-c"), script,
                                  QStringLiteral("sh")} +
                          arguments);
        return process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit
                   ? process.exitCode()
                   : -1;
    };
    if (runInside(prepare, {}) != 0)
        return std::nullopt;
    return runInside(prepare + QStringLiteral(" && exec \"$@\""),
                     {QCoreApplication::applicationFilePath(), option, argument});
}
