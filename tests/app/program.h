// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonDocument>
#include <QProcess>
#include <QStringList>

namespace greenfront::testing {

/// What a program that has ended left behind.
struct Ended {
    int status = -1;
    bool crashed = false;
    QByteArray out, err;

    QJsonDocument json() const { return QJsonDocument::fromJson(out); }
};

/// The command-line program of this build.
QString cliPath();
Ended runCli(const QStringList& arguments);
/// Starts it, waits until standard error holds the text, does something to it, and waits for its end.
Ended interruptCli(const QStringList& arguments, const QByteArray& text, void (*interrupt)(QProcess&));

} // namespace greenfront::testing
