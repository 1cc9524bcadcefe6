// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>

namespace greenfront::ui {

/// Workspaces opened lately, newest first, those that still exist; kept in the user's settings.
QStringList recentFiles();
void addRecentFile(const QString& path);

} // namespace greenfront::ui
