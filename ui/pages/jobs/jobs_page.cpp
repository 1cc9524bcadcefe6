// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/jobs/jobs_page.h"

#include "ui/models/session.h"
#include "ui/pages/jobs/job_card.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/texts.h"

#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace greenfront::ui {

JobsPage::JobsPage(QWidget* parent) : Page(parent), stack_(new QStackedWidget), list_(new QVBoxLayout) {
    list_->setSpacing(12);
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(40, 28, 40, 28);
    column->setSpacing(14);
    column->addWidget(titleLabel(tr("Jobs")));
    column->addLayout(list_);
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    stack_->addWidget(
        new EmptyState(tr("No jobs yet"),
                       tr("Press Start on the study page, or begin a search; its progress appears here.")));
    stack_->addWidget(scroll);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
}

void JobsPage::setSession(Session* session) {
    Page::setSession(session);
    if (session == nullptr)
        return;
    connect(session, &Session::jobsChanged, this, &Page::markStale);
    connect(session, &Session::studiesChanged, this, &Page::markStale);
}

void JobsPage::refresh() {
    const auto rows = session() != nullptr
                          ? jobRows(session()->jobs().jobs(), session()->studies(), session()->searches())
                          : std::vector<JobRow>();
    while (cards_.size() > rows.size()) {
        delete cards_.back();
        cards_.pop_back();
    }
    while (cards_.size() < rows.size()) {
        auto* card = new JobCard;
        card->setObjectName(QStringLiteral("jobCard%1").arg(cards_.size()));
        connect(card, &JobCard::wanted, this, &JobsPage::act);
        list_->addWidget(card);
        cards_.push_back(card);
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        cards_[i]->setRow(rows[i]);
    stack_->setCurrentIndex(rows.empty() ? 0 : 1);
}

void JobsPage::act(JobAction action, const JobRow& row) {
    if (session() == nullptr)
        return;
    switch (action) {
    case JobAction::Start:
        session()->start(row.study);
        break;
    case JobAction::Pause:
        session()->jobs().pause(row.job);
        break;
    case JobAction::Resume:
        session()->jobs().resume(row.job);
        break;
    case JobAction::Cancel:
        session()->jobs().cancel(row.job);
        break;
    }
}

} // namespace greenfront::ui
