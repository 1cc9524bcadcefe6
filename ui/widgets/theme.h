// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QIcon>
#include <QString>

namespace greenfront::ui {

enum class Theme { System, Light, Dark };

QString toText(Theme theme); ///< "system", "light", "dark", for the settings
Theme themeFrom(const QString& text);

/// Sets Fusion with a light or a dark palette for the whole program; plots follow it. System: what the
/// desktop uses, and from Qt 6.5 on also when that changes.
void applyTheme(Theme theme);

/// A symbol from the resources in the text colour of the program's palette.
QIcon symbol(const QString& name);

} // namespace greenfront::ui
