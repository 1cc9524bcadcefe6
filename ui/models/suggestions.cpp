// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/suggestions.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace greenfront::ui {
namespace {

QString baseName(const QString& data) {
    if (data.startsWith(QStringLiteral("builtin")))
        return QStringLiteral("built-in");
    const QString name = QFileInfo(QDir(data).absolutePath()).completeBaseName();
    return name.isEmpty() ? QStringLiteral("workspace") : name;
}

} // namespace

QString suggestedWorkspace(const QString& data) {
    QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    if (!folder.exists())
        folder = QDir::home();
    const QString base = baseName(data);
    QString name = base;
    for (int number = 2; QFileInfo::exists(folder.filePath(name + QStringLiteral(".greenfront"))); ++number)
        name = QStringLiteral("%1-%2").arg(base).arg(number);
    return folder.filePath(name + QStringLiteral(".greenfront"));
}

QString withEnding(const QString& path, const QString& ending) {
    return path.endsWith(ending, Qt::CaseInsensitive) ? path : path + ending;
}

} // namespace greenfront::ui
