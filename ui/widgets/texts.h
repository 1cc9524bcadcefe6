// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QLabel>
#include <QString>

namespace greenfront::ui {

/// The title of a page.
QLabel* titleLabel(const QString& text);
/// The title of a part of a page.
QLabel* headingLabel(const QString& text);
/// Secondary text, wrapped.
QLabel* quietLabel(const QString& text);

} // namespace greenfront::ui
