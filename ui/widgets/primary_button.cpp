// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/primary_button.h"

#include <QPainter>

#include <algorithm>

namespace greenfront::ui {

PrimaryButton::PrimaryButton(QWidget* parent) : QPushButton(parent) {
    QFont bold = font();
    bold.setBold(true);
    setFont(bold);
    setAttribute(Qt::WA_Hover);
}

QSize PrimaryButton::sizeHint() const {
    return {std::max(fontMetrics().horizontalAdvance(text()) + 48, 130),
            std::max(fontMetrics().height() + 20, 36)};
}

void PrimaryButton::paintEvent(QPaintEvent* /*event*/) {
    constexpr double radius = 5;
    const QColor ink = palette().color(isEnabled() ? QPalette::HighlightedText : QPalette::ButtonText);
    QColor fill = palette().color(isEnabled() ? QPalette::Highlight : QPalette::Button);
    if (isEnabled() && isDown())
        fill = fill.darker(120);
    else if (isEnabled() && underMouse())
        fill = fill.lighter(112);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect(), radius, radius);
    if (hasFocus()) {
        painter.setPen(QPen(ink, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(3, 3, -3, -3), radius - 2, radius - 2);
    }
    painter.setPen(ink);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextShowMnemonic, text());
}

} // namespace greenfront::ui
