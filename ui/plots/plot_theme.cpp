// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_theme.h"

namespace greenfront::ui {

PlotTheme plotTheme(const QPalette& palette) {
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    PlotTheme theme;
    theme.background = palette.color(QPalette::Base);
    theme.text = palette.color(QPalette::Text);
    theme.axis = dark ? QColor(0x8a, 0x93, 0x99) : QColor(0x6b, 0x74, 0x7a);
    theme.grid = dark ? QColor(0x3b, 0x43, 0x47) : QColor(0xe3, 0xe7, 0xe9);
    theme.front = dark ? QColor(0x35, 0xc9, 0x9b) : QColor(0x00, 0x7f, 0x5f);
    theme.dominated = dark ? QColor(0x7c, 0x86, 0x8d) : QColor(0x9a, 0xa4, 0xab);
    theme.selected = dark ? QColor(0xff, 0xb0, 0x3b) : QColor(0xd5, 0x5e, 0x00);
    if (dark)
        theme.series = {QColor(0x56, 0xb4, 0xe9), QColor(0xe6, 0x9f, 0x00), QColor(0x35, 0xc9, 0x9b),
                        QColor(0xcc, 0x79, 0xa7)};
    else
        theme.series = {QColor(0x00, 0x72, 0xb2), QColor(0xd5, 0x5e, 0x00), QColor(0x00, 0x9e, 0x73),
                        QColor(0xa8, 0x4f, 0x84)};
    return theme;
}

} // namespace greenfront::ui
