// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/explorer/explorer_page.h"

#include "ui/models/candidate_details.h"
#include "ui/models/fresh.h"
#include "ui/models/front_model.h"
#include "ui/models/session.h"
#include "ui/models/texts.h"
#include "ui/pages/explorer/candidate_panel.h"
#include "ui/pages/explorer/explorer_controls.h"
#include "ui/pages/explorer/export_dialog.h"
#include "ui/pages/save_picture.h"
#include "ui/plots/intervals.h"
#include "ui/plots/pareto_plot.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/texts.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace greenfront::ui {

ExplorerPage::ExplorerPage(QWidget* parent)
    : Page(parent),
      model_(new FrontModel(this)),
      filter_(new FrontFilter(this)),
      stack_(new QStackedWidget),
      empty_(new EmptyState(tr("No candidates yet"), {})),
      controls_(new ExplorerControls),
      plot_(new ParetoPlot),
      table_(new QTableView),
      frontOnly_(new QCheckBox(tr("Front only"))),
      count_(quietLabel({})),
      panel_(new CandidatePanel) {
    stack_->addWidget(empty_);
    stack_->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connectParts();
}

QWidget* ExplorerPage::makeContent() {
    plot_->setObjectName(QStringLiteral("paretoPlot"));
    panel_->setObjectName(QStringLiteral("candidatePanel"));
    auto* left = new QSplitter(Qt::Vertical);
    left->setChildrenCollapsible(false);
    left->addWidget(plot_);
    left->addWidget(makeTable());
    left->setStretchFactor(0, 1);
    left->setSizes({470, 210});
    auto* both = new QSplitter(Qt::Horizontal);
    both->setChildrenCollapsible(false);
    both->addWidget(left);
    both->addWidget(panel_);
    both->setStretchFactor(0, 1);
    both->setSizes({680, 550});
    both->setHandleWidth(14);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(20, 14, 20, 14);
    layout->setSpacing(10);
    layout->addWidget(controls_);
    layout->addWidget(both, 1);
    return content;
}

QWidget* ExplorerPage::makeTable() {
    filter_->setSourceModel(model_);
    table_->setModel(filter_);
    setUpTable(*table_);
    table_->setSortingEnabled(true);
    table_->sortByColumn(2, Qt::AscendingOrder);
    name(*table_, "pointsTable", tr("Candidates"), {});
    name(*frontOnly_, "frontOnly", tr("Front only"), tr("List only the candidates on the front"));
    auto* head = new QHBoxLayout;
    head->addWidget(count_, 1);
    head->addWidget(frontOnly_);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(table_, 1);
    return box;
}

void ExplorerPage::connectParts() {
    connect(controls_, &ExplorerControls::queryChanged, this, &ExplorerPage::refresh);
    connect(controls_, &ExplorerControls::scalesChanged, this,
            [this] { plot_->setLogarithmic(controls_->logX(), controls_->logY()); });
    connect(controls_, &ExplorerControls::intervalsChanged, this,
            [this] { plot_->setIntervals(static_cast<Intervals>(controls_->intervals())); });
    connect(controls_, &ExplorerControls::resetWanted, plot_, &ParetoPlot::resetZoom);
    connect(controls_, &ExplorerControls::saveWanted, this, [this] {
        savePicture(*this, QStringLiteral("front"), [this](const QString& path) { plot_->save(path); });
    });
    connect(plot_, &ParetoPlot::zoomChanged, controls_, &ExplorerControls::setZoomed);
    connect(plot_, &ParetoPlot::picked, this, [this](qint64 candidate) {
        select(candidate != 0 ? std::optional(CandidateId{candidate}) : std::nullopt);
    });
    connect(frontOnly_, &QCheckBox::toggled, filter_, &FrontFilter::setFrontOnly);
    connect(frontOnly_, &QCheckBox::toggled, this, &ExplorerPage::scrollToSelected);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ExplorerPage::selectRow);
    connect(panel_, &CandidatePanel::exportWanted, this, &ExplorerPage::exportSelected);
}

void ExplorerPage::setSession(Session* session) {
    Page::setSession(session);
    frontQuestion_.drop();
    version_.reset();
    select(std::nullopt);
    stack_->setCurrentIndex(0);
    if (session == nullptr)
        return;
    connect(session, &Session::jobsChanged, this, &Page::markStale);
    connect(session, &Session::studiesChanged, this, &Page::markStale);
    connect(session, &Session::currentChanged, this, &Page::markStale);
}

bool ExplorerPage::isSettled() const {
    return Page::isSettled() && !frontQuestion_.isWaiting() && !detailsQuestion_.isWaiting();
}

void ExplorerPage::refresh() {
    if (session() == nullptr) {
        empty_->setText(tr("Make a workspace from data, or open one, on the start page."));
        return;
    }
    if (study_ != session()->current()) {
        study_ = session()->current();
        select(std::nullopt);
    }
    FrontQuery query{.study = study_, .device = controls_->device()};
    if (!controls_->x().empty()) {
        query.x = controls_->x();
        query.y = controls_->y();
    }
    if (!(query == shown_))
        version_.reset();
    shown_ = query;
    const auto load = [query](store::Workspace& workspace) { return loadFront(workspace, query); };
    frontQuestion_.ask(
        session()->thread(),
        [known = version_, load](store::Workspace& workspace) {
            return loadIfChanged(workspace, known, load);
        },
        [this](Fresh<FrontView> view) {
            version_ = view.version;
            if (view.value)
                show(std::move(*view.value));
        },
        [this](const Problem& what) { emit problem(what); });
}

void ExplorerPage::show(FrontView view) {
    const bool empty = view.front.points.empty();
    stack_->setCurrentIndex(empty ? 0 : 1);
    empty_->setText(
        tr("The search starts when training is done; every network that it judges appears here."));
    controls_->setView(view);
    const auto onFront = std::ranges::count_if(view.front.points, &study::FrontPoint::onFront);
    count_->setText(tr("%1 candidates, %2 on the front").arg(view.front.points.size()).arg(onFront));
    {
        const QScopedValueRollback guard(selecting_, true);
        model_->setFront(view.front);
    }
    plot_->setFront(std::move(view.front));
    fitColumns(*table_, 200);
    plot_->setSelected(selected_);
    scrollToSelected();
    if (selected_)
        askDetails();
}

void ExplorerPage::select(std::optional<CandidateId> candidate) {
    if (candidate == selected_)
        return;
    selected_ = candidate;
    plot_->setSelected(candidate);
    scrollToSelected();
    if (candidate) {
        askDetails();
        return;
    }
    detailsQuestion_.drop();
    panel_->clear();
}

void ExplorerPage::scrollToSelected() {
    const QScopedValueRollback guard(selecting_, true);
    const auto row = selected_ ? model_->rowOf(*selected_) : std::nullopt;
    const QModelIndex index = row ? filter_->mapFromSource(model_->index(*row, 0)) : QModelIndex();
    table_->setCurrentIndex(index);
    if (index.isValid())
        table_->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

void ExplorerPage::selectRow() {
    if (selecting_)
        return;
    const QModelIndex index = table_->currentIndex();
    if (index.isValid())
        select(CandidateId{index.data(FrontModel::candidateRole).toLongLong()});
}

void ExplorerPage::askDetails() {
    if (session() == nullptr)
        return;
    detailsQuestion_.ask(
        session()->thread(),
        [id = *selected_](store::Workspace& workspace) { return loadCandidate(workspace, id); },
        [this](const CandidateDetails& details) { showDetails(details); },
        [this](const Problem& what) { emit problem(what); });
}

void ExplorerPage::showDetails(const CandidateDetails& details) {
    const auto& front = model_->front();
    const auto row = model_->rowOf(details.id);
    panel_->setCandidate(details, front.device, row && front.points[static_cast<std::size_t>(*row)].onFront);
}

void ExplorerPage::selectSomething() {
    std::vector<CandidateId> onFront;
    for (const auto& point : model_->front().points)
        if (point.onFront)
            onFront.push_back(point.candidate);
    if (!onFront.empty())
        select(onFront[onFront.size() / 2]);
}

void ExplorerPage::fit() {
    plot_->resetZoom();
}

void ExplorerPage::exportSelected() {
    if (!selected_ || session() == nullptr)
        return;
    auto* dialog = makeExportDialog(session()->path(), study_, *selected_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace greenfront::ui
