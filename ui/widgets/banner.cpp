// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace greenfront::ui {
namespace {

QLabel* makeLabel(const QString& name) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

Banner::Banner(QWidget* parent)
    : QFrame(parent),
      what_(makeLabel(QStringLiteral("bannerWhat"))),
      advice_(makeLabel(QStringLiteral("bannerAdvice"))) {
    setObjectName(QStringLiteral("banner"));
    setAccessibleName(tr("Problem"));
    setAutoFillBackground(true);
    QFont bold = what_->font();
    bold.setBold(true);
    what_->setFont(bold);

    auto* icon = new QLabel;
    icon->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(24, 24));
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("bannerClose"));
    close->setAccessibleName(tr("Close the message"));
    close->setToolTip(tr("Close the message"));
    close->setText(QStringLiteral("✕"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);

    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(what_);
    texts->addWidget(advice_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(12);
    layout->addWidget(icon, 0, Qt::AlignTop);
    layout->addLayout(texts, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    applyTheme();
    hide();
}

void Banner::report(const Problem& problem) {
    what_->setText(problem.what);
    advice_->setText(problem.advice);
    advice_->setVisible(!problem.advice.isEmpty());
    setVisible(true);
}

QString Banner::text() const {
    return advice_->text().isEmpty() ? what_->text() : what_->text() + QLatin1Char(' ') + advice_->text();
}

void Banner::applyTheme() {
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    QPalette own;
    own.setColor(QPalette::Window, dark ? QColor(0x4a, 0x35, 0x12) : QColor(0xff, 0xf0, 0xd2));
    own.setColor(QPalette::WindowText, dark ? QColor(0xff, 0xe6, 0xba) : QColor(0x4d, 0x33, 0x00));
    own.setColor(QPalette::ButtonText, own.color(QPalette::WindowText));
    if (own.color(QPalette::Window) != palette().color(QPalette::Window))
        setPalette(own);
}

void Banner::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

} // namespace greenfront::ui
