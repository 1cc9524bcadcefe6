// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recent_files.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace greenfront::ui {
namespace {

constexpr qsizetype kept = 10;
const QString key = QStringLiteral("recentFiles");

} // namespace

QStringList recentFiles() {
    QStringList files = QSettings().value(key).toStringList();
    files.erase(std::remove_if(files.begin(), files.end(),
                               [](const QString& file) { return !QFileInfo::exists(file); }),
                files.end());
    return files;
}

void addRecentFile(const QString& path) {
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(absolute);
    files.prepend(absolute);
    QSettings().setValue(key, files.mid(0, kept));
}

} // namespace greenfront::ui
