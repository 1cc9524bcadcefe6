// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/busy_bar.h"

#include "ui/models/task.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace greenfront::ui {

BusyBar::BusyBar(Task& task, QWidget* parent) : QWidget(parent), text_(new QLabel) {
    setObjectName(QStringLiteral("busyBar"));
    auto* bar = new QProgressBar;
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setFixedWidth(140);
    bar->setAccessibleName(tr("Working"));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("busyCancel"));
    cancel->setToolTip(tr("Stop at the next clean point"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(bar);
    layout->addWidget(text_, 1);
    layout->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, &task, &Task::cancel);
    connect(cancel, &QPushButton::clicked, this, [this] { text_->setText(tr("Stopping…")); });
    connect(&task, &Task::started, this, &QWidget::show);
    connect(&task, &Task::finished, this, &QWidget::hide);
    hide();
}

void BusyBar::setText(const QString& text) {
    text_->setText(text);
}

} // namespace greenfront::ui
