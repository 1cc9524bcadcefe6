// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QColor>
#include <QPalette>

#include <array>

namespace greenfront::ui {

/// Colours of all plots, for a light or a dark palette. Series colours are those of Okabe and Ito, which the
/// common kinds of colour blindness keep apart; nothing is told by colour alone.
struct PlotTheme {
    QColor background, text, axis, grid;
    QColor front, dominated, selected;
    std::array<QColor, 4> series; ///< blue, orange, green, purple
};

PlotTheme plotTheme(const QPalette& palette);

} // namespace greenfront::ui
