// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/carbon/carbon_page.h"

#include "core/base/text.h"
#include "ui/models/carbon_rows.h"
#include "ui/models/fresh.h"
#include "ui/models/session.h"
#include "ui/models/texts.h"
#include "ui/pages/carbon/headlines_panel.h"
#include "ui/pages/carbon/models_panel.h"
#include "ui/pages/carbon/predictions_panel.h"
#include "ui/pages/carbon/report_dialog.h"
#include "ui/pages/carbon/what_if_panel.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/fact_card.h"
#include "ui/widgets/texts.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace greenfront::ui {

namespace {

enum Tab { Runs, Predictions, Headlines };
enum Sheet { Empty, RunsSheet, PredictionsSheet, HeadlinesSheet };

} // namespace

CarbonPage::CarbonPage(QWidget* parent)
    : Page(parent),
      parts_(new TableModel(partColumns(), this)),
      tabs_(new QTabBar),
      stack_(new QStackedWidget),
      empty_(new EmptyState(tr("No energy recorded yet"), {})),
      predictions_(new PredictionsPanel),
      headlines_(new HeadlinesPanel),
      about_(quietLabel({})),
      report_(button(tr("Export report…"), "carbonReport",
                     tr("Write energy and carbon of this study in a format that others read"))),
      partsTable_(new QTableView),
      models_(new ModelsPanel),
      whatIf_(new WhatIfPanel) {
    head_ = makeHead();
    head_->hide();
    stack_->addWidget(empty_);
    stack_->addWidget(makeRuns());
    stack_->addWidget(predictions_);
    stack_->addWidget(headlines_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(28, 20, 28, 14);
    layout->setSpacing(12);
    layout->addWidget(head_);
    layout->addWidget(stack_, 1);
    connect(tabs_, &QTabBar::currentChanged, this, &CarbonPage::refresh);
    connect(whatIf_, &WhatIfPanel::changed, this, &CarbonPage::refresh);
    connect(models_, &ModelsPanel::deviceChanged, this, &CarbonPage::refresh);
    connect(models_, &ModelsPanel::selectionChanged, this, &CarbonPage::showWhatIf);
}

QWidget* CarbonPage::makeRuns() {
    auto* left = new QSplitter(Qt::Vertical);
    left->setChildrenCollapsible(false);
    left->addWidget(makeParts());
    left->addWidget(models_);
    left->setStretchFactor(1, 1);
    left->setSizes({250, 290});
    auto* both = new QSplitter(Qt::Horizontal);
    both->setChildrenCollapsible(false);
    both->addWidget(left);
    both->addWidget(whatIf_);
    both->setStretchFactor(0, 1);
    both->setSizes({850, 380});
    both->setHandleWidth(20);
    auto* cards = new QHBoxLayout;
    cards->setSpacing(12);
    for (const char* each : {"factEnergy", "factOperational", "factEmbodied", "factWorkspace"}) {
        auto* card = new FactCard;
        card->setObjectName(QString::fromUtf8(each));
        facts_.push_back(card);
        cards->addWidget(card, 1);
    }
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(cards);
    layout->addWidget(both, 1);
    return content;
}

QWidget* CarbonPage::makeHead() {
    about_->setObjectName(QStringLiteral("carbonAbout"));
    about_->setWordWrap(false);
    about_->setMinimumWidth(10);
    name(*tabs_, "carbonTabs", tr("Parts of this page"), {});
    tabs_->addTab(tr("&Runs and models"));
    tabs_->addTab(tr("&Predictions"));
    tabs_->addTab(tr("&Headlines"));
    tabs_->setTabToolTip(Runs, tr("What the runs drew and emitted, and what if"));
    tabs_->setTabToolTip(Predictions, tr("What each run was expected to cost, and what it did"));
    tabs_->setTabToolTip(Headlines, tr("What techniques save beside their baselines"));
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    connect(report_, &QPushButton::clicked, this, &CarbonPage::exportReport);
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(14);
    layout->addWidget(titleLabel(tr("Carbon")));
    layout->addWidget(about_, 1, Qt::AlignBottom);
    layout->addWidget(tabs_);
    layout->addWidget(report_);
    return head;
}

QWidget* CarbonPage::makeParts() {
    partsTable_->setModel(parts_);
    setUpTable(*partsTable_);
    name(*partsTable_, "carbonParts", tr("Energy and carbon by phase and source"), {});
    partsTable_->horizontalHeader()->setStretchLastSection(false);
    partsTable_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(headingLabel(tr("Runs of this study")));
    layout->addWidget(partsTable_, 1);
    return box;
}

void CarbonPage::setSession(Session* session) {
    Page::setSession(session);
    question_.drop();
    predictionsQuestion_.drop();
    headlinesQuestion_.drop();
    version_.reset();
    predictionsVersion_.reset();
    shown_ = {};
    head_->hide();
    stack_->setCurrentIndex(Empty);
    empty_->setText(tr("Make a workspace from data, or open one, on the start page."));
    if (session == nullptr)
        return;
    connect(session, &Session::jobsChanged, this, &Page::markStale);
    connect(session, &Session::studiesChanged, this, &Page::markStale);
    connect(session, &Session::currentChanged, this, &Page::markStale);
}

bool CarbonPage::isSettled() const {
    return Page::isSettled() && !question_.isWaiting() && !predictionsQuestion_.isWaiting() &&
           !headlinesQuestion_.isWaiting() && whatIf_->isSettled();
}

bool CarbonPage::predictionsWanted() const {
    return tabs_->currentIndex() == Predictions;
}

void CarbonPage::showPredictions(bool shown) {
    tabs_->setCurrentIndex(shown ? Predictions : Runs);
}

CarbonQuery CarbonPage::query() const {
    return {
        .study = session()->current(), .device = models_->device(), .assumptions = whatIf_->assumptions()};
}

void CarbonPage::takeStudy(const study::Study& study) {
    try {
        whatIf_->setStudy(study);
    } catch (...) {
        emit problem(problemOf(std::current_exception()));
    }
}

void CarbonPage::refresh() {
    const StudyEntry* entry = session() != nullptr ? session()->currentEntry() : nullptr;
    if (entry == nullptr)
        return;
    head_->show();
    if (shown_.study != entry->id)
        takeStudy(entry->study);
    askForRuns();
    if (predictionsWanted())
        askForPredictions();
    if (tabs_->currentIndex() == Headlines)
        askForHeadlines();
}

void CarbonPage::askForRuns() {
    const CarbonQuery wanted = query();
    if (!(wanted == shown_))
        version_.reset();
    shown_ = wanted;
    const auto load = [wanted](store::Workspace& workspace) { return loadCarbon(workspace, wanted); };
    question_.ask(
        session()->thread(),
        [known = version_, load](store::Workspace& workspace) {
            return loadIfChanged(workspace, known, load);
        },
        [this](Fresh<CarbonView> view) {
            version_ = view.version;
            if (view.value)
                show(std::move(*view.value));
            showSheet();
        },
        [this](const Problem& what) { emit problem(what); });
}

void CarbonPage::askForPredictions() {
    predictionsQuestion_.ask(
        session()->thread(),
        [known = predictionsVersion_](store::Workspace& workspace) {
            return loadIfChanged(workspace, known, loadPredictions);
        },
        [this](const Fresh<PredictionsView>& view) {
            predictionsVersion_ = view.version;
            if (view.value)
                predictions_->setView(*view.value);
        },
        [this](const Problem& what) { emit problem(what); });
}

void CarbonPage::askForHeadlines() {
    headlinesQuestion_.ask(
        session()->thread(), [](store::Workspace& workspace) { return loadHeadlines(workspace); },
        [this](const std::vector<HeadlineView>& views) { headlines_->setViews(views); },
        [this](const Problem& what) { emit problem(what); });
}

void CarbonPage::showSheet() {
    const int runs = view_.parts.empty() ? Empty : RunsSheet;
    const std::array sheets{runs, int(PredictionsSheet), int(HeadlinesSheet)};
    stack_->setCurrentIndex(sheets.at(static_cast<std::size_t>(tabs_->currentIndex())));
}

void CarbonPage::show(CarbonView view) {
    view_ = std::move(view);
    empty_->setText(tr("Press Start on the study page: what its runs draw and emit appears here."));
    report_->setEnabled(!view_.parts.empty());
    about_->clear();
    if (view_.parts.empty())
        return;
    std::map<StudyId, QString> names;
    for (const StudyEntry& entry : session()->studies())
        names[entry.id] = entry.name();
    about_->setText(tr("%1  ·  %2 in %3  ·  PUE %4")
                        .arg(names[shown_.study],
                             view_.runs == 1 ? tr("1 run") : tr("%1 runs").arg(view_.runs),
                             qt(toText(view_.seconds)), qt(numberText(view_.recorded.settings.pue))));
    const auto facts = carbonFacts(view_);
    for (std::size_t i = 0; i < facts_.size(); ++i)
        facts_[i]->setFact(facts.at(i).title, facts.at(i).value, facts.at(i).detail, facts.at(i).help);
    parts_->setRows(partRows(view_));
    models_->setView(view_, names);
    showWhatIf();
}

void CarbonPage::showWhatIf() {
    const auto model = std::ranges::find(view_.models, models_->selected().value_or(CandidateId{}),
                                         &study::ModelCarbon::candidate);
    whatIf_->setView(view_, model == view_.models.end() ? nullptr : &*model);
}

void CarbonPage::exportReport() {
    if (session() == nullptr || view_.parts.empty())
        return;
    auto* dialog = makeReportDialog(session()->path(), session()->current(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace greenfront::ui
