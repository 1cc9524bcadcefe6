// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include "ui/widgets/texts.h"

#include <QLabel>
#include <QVBoxLayout>

namespace greenfront::ui {

EmptyState::EmptyState(const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent), text_(quietLabel(text)) {
    auto* heading = headingLabel(title);
    heading->setAlignment(Qt::AlignHCenter);
    text_->setAlignment(Qt::AlignHCenter);
    text_->setObjectName(QStringLiteral("emptyText"));
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(heading);
    layout->addWidget(text_);
    layout->addStretch(3);
}

void EmptyState::setText(const QString& text) {
    text_->setText(text);
}

void EmptyState::addWidget(QWidget* widget) {
    auto* box = static_cast<QVBoxLayout*>(layout());
    box->insertWidget(box->count() - 1, widget);
}

} // namespace greenfront::ui
