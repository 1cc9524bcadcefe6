// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fact_card.h"

#include "ui/widgets/texts.h"

#include <QVBoxLayout>

namespace greenfront::ui {

FactCard::FactCard(QWidget* parent)
    : QFrame(parent), title_(new QLabel), value_(titleLabel({})), detail_(quietLabel({})) {
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    value_->setObjectName(QStringLiteral("factValue"));
    value_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    detail_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 10, 16, 10);
    layout->setSpacing(2);
    layout->addWidget(title_);
    layout->addWidget(value_);
    layout->addWidget(detail_, 1);
}

void FactCard::setFact(const QString& title, const QString& value, const QString& detail,
                       const QString& help) {
    title_->setText(title);
    value_->setText(value);
    detail_->setText(detail.trimmed());
    setToolTip(help);
    setAccessibleName(title + QStringLiteral(": ") + value);
}

} // namespace greenfront::ui
