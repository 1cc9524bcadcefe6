// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/sources_page.h"

#include "ui/models/session.h"
#include "ui/pages/sources/idle_panel.h"
#include "ui/pages/sources/source_frame.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace greenfront::ui {

SourcesPage::SourcesPage(QWidget* parent)
    : Page(parent),
      summary_(quietLabel(tr("Looking for them…"))),
      again_(button(tr("Look again"), "sourcesAgain", tr("Look for the sources of this machine again"))),
      idle_(new IdlePanel),
      list_(new QVBoxLayout) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeContent());
    connect(again_, &QPushButton::clicked, this, &SourcesPage::refresh);
    connect(idle_, &IdlePanel::problem, this, &Page::problem);
    connect(&task_, &Task::failed, this, &Page::problem);
    connect(&task_, &Task::started, this, [this] { again_->setEnabled(false); });
    connect(&task_, &Task::finished, this, [this] { again_->setEnabled(true); });
}

QWidget* SourcesPage::makeContent() {
    summary_->setObjectName(QStringLiteral("sourcesSummary"));
    auto* head = new QHBoxLayout;
    head->addWidget(titleLabel(tr("Energy sources")), 1);
    head->addWidget(again_);
    list_->setSpacing(12);
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(40, 28, 40, 28);
    column->setSpacing(14);
    column->addLayout(head);
    column->addWidget(idle_);
    column->addWidget(summary_);
    column->addLayout(list_);
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    return scroll;
}

void SourcesPage::setSession(Session* session) {
    Page::setSession(session);
    idle_->setSession(session);
}

bool SourcesPage::isSettled() const {
    return Page::isSettled() && !task_.isRunning() && idle_->isSettled();
}

void SourcesPage::refresh() {
    idle_->refresh();
    if (task_.isRunning())
        return;
    task_.start(
        [this](Control&) -> Reply { return [this, sources = energy::listSources()] { show(sources); }; });
}

void SourcesPage::show(const std::vector<energy::Source>& sources) {
    for (QWidget* frame : frames_)
        delete frame;
    frames_.clear();
    for (const SourceCard& card : sourceCards(sources)) {
        frames_.push_back(new SourceFrame(card));
        frames_.back()->setObjectName(QStringLiteral("source.") + card.title);
        list_->addWidget(frames_.back());
    }
    summary_->setText(sourcesSummary(sources));
}

} // namespace greenfront::ui
