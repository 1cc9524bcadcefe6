// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/texts.h"

namespace greenfront::ui {
namespace {

QLabel* scaledLabel(const QString& text, double factor) {
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

QLabel* titleLabel(const QString& text) {
    return scaledLabel(text, 1.6);
}

QLabel* headingLabel(const QString& text) {
    return scaledLabel(text, 1.15);
}

QLabel* quietLabel(const QString& text) {
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    // The role follows the theme, where a colour of its own would not.
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace greenfront::ui
