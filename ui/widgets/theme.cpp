// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QStyle>
#include <QStyleFactory>
#include <QSvgRenderer>

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
#include <QStyleHints>
#endif

namespace greenfront::ui {
namespace {

struct Colours {
    QColor window, base, alternate, text, quiet, button, highlight, link, frame;
};

const Colours lightColours{.window = {0xf4, 0xf6, 0xf5},
                           .base = {0xff, 0xff, 0xff},
                           .alternate = {0xf5, 0xf8, 0xf7},
                           .text = {0x1c, 0x23, 0x21},
                           .quiet = {0x5c, 0x68, 0x65},
                           .button = {0xea, 0xee, 0xec},
                           .highlight = {0x00, 0x72, 0x56},
                           .link = {0x00, 0x60, 0x8c},
                           .frame = {0xb8, 0xc1, 0xbe}};
const Colours darkColours{.window = {0x1b, 0x20, 0x22},
                          .base = {0x26, 0x2c, 0x2f},
                          .alternate = {0x2b, 0x32, 0x35},
                          .text = {0xe6, 0xea, 0xe9},
                          .quiet = {0x9d, 0xa9, 0xa6},
                          .button = {0x36, 0x3e, 0x42},
                          .highlight = {0x1d, 0x8a, 0x6b},
                          .link = {0x6c, 0xc4, 0xf5},
                          .frame = {0x12, 0x15, 0x16}};

QPalette paletteOf(const Colours& colours, bool dark) {
    QPalette palette(colours.button, colours.window);
    palette.setColor(QPalette::Window, colours.window);
    palette.setColor(QPalette::WindowText, colours.text);
    palette.setColor(QPalette::Base, colours.base);
    palette.setColor(QPalette::AlternateBase, colours.alternate);
    palette.setColor(QPalette::Text, colours.text);
    palette.setColor(QPalette::Button, colours.button);
    palette.setColor(QPalette::ButtonText, colours.text);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::ToolTipBase, dark ? colours.button : colours.base);
    palette.setColor(QPalette::ToolTipText, colours.text);
    palette.setColor(QPalette::PlaceholderText, colours.quiet);
    palette.setColor(QPalette::Highlight, colours.highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, colours.link);
    palette.setColor(QPalette::Light, dark ? colours.button.lighter(130) : QColor(Qt::white));
    palette.setColor(QPalette::Mid, colours.frame);
    palette.setColor(QPalette::Dark, dark ? colours.frame : colours.frame.darker(125));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role,
                         dark ? QColor(0x6b, 0x75, 0x73) : QColor(0x9a, 0xa3, 0xa0));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colours.frame);
    return palette;
}

bool systemIsDark() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    // Read once, before a palette of our own hides the desktop's.
    static const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
#endif
}

} // namespace

QString toText(Theme theme) {
    switch (theme) {
    case Theme::Light:
        return QStringLiteral("light");
    case Theme::Dark:
        return QStringLiteral("dark");
    case Theme::System:
        break;
    }
    return QStringLiteral("system");
}

Theme themeFrom(const QString& text) {
    for (const Theme theme : {Theme::Light, Theme::Dark})
        if (text == toText(theme))
            return theme;
    return Theme::System;
}

void applyTheme(Theme theme) {
    const bool systemDark = systemIsDark();
    const bool dark = theme == Theme::Dark || (theme == Theme::System && systemDark);
    if (QApplication::style()->objectName().compare(QStringLiteral("fusion"), Qt::CaseInsensitive) != 0)
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setPalette(paletteOf(dark ? darkColours : lightColours, dark));
}

QIcon symbol(const QString& name) {
    QSvgRenderer renderer(QStringLiteral(":/icons/%1.svg").arg(name));
    QIcon icon;
    for (const int size : {20, 40}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), QApplication::palette().color(QPalette::ButtonText));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace greenfront::ui
