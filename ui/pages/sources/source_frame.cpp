// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/source_frame.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace greenfront::ui {

SourceFrame::SourceFrame(const SourceCard& card, QWidget* parent) : QFrame(parent) {
    setFrameShape(QFrame::StyledPanel);
    auto* state = new QLabel(card.stateText);
    state->setObjectName(QStringLiteral("sourceState"));
    if (card.state != energy::SourceState::Used)
        state->setForegroundRole(QPalette::PlaceholderText);
    auto* title = headingLabel(card.title);
    title->setObjectName(QStringLiteral("sourceTitle"));
    auto* head = new QHBoxLayout;
    head->addWidget(title, 1);
    head->addWidget(state);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 12, 18, 12);
    layout->setSpacing(6);
    layout->addLayout(head);
    if (!card.about.isEmpty())
        layout->addWidget(quietLabel(card.about));
    if (!card.reason.isEmpty()) {
        auto* reason = new QLabel(card.reason);
        reason->setObjectName(QStringLiteral("sourceReason"));
        reason->setWordWrap(true);
        reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(reason);
    }
    if (!card.command.isEmpty())
        layout->addWidget(makeCommand(card.command));
}

QWidget* SourceFrame::makeCommand(const QString& command) {
    auto* line = new QLineEdit(command);
    name(*line, "sourceCommand", tr("Command"), tr("Run this in a terminal, then look again"));
    line->setReadOnly(true);
    line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    line->setFixedHeight(28);
    auto* copy = button(tr("Copy"), "sourceCopy", tr("Copy the command"));
    connect(copy, &QPushButton::clicked, this, [command] { QGuiApplication::clipboard()->setText(command); });
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(line, 1);
    layout->addWidget(copy);
    return row;
}

} // namespace greenfront::ui
