// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/search/search_page.h"

#include "core/base/file.h"
#include "ui/models/fresh.h"
#include "ui/models/session.h"
#include "ui/models/texts.h"
#include "ui/models/trial_rows.h"
#include "ui/pages/save_picture.h"
#include "ui/pages/search/new_search_dialog.h"
#include "ui/pages/search/search_plots_panel.h"
#include "ui/pages/search/trials_panel.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/texts.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace greenfront::ui {
namespace {

constexpr std::chrono::seconds followEvery(2);

QComboBox* combo(const char* objectName, const QString& accessible, const QString& tooltip) {
    auto* box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    name(*box, objectName, accessible, tooltip);
    return box;
}

QLabel* quietLine(const QString& text) {
    auto* label = quietLabel(text);
    label->setAlignment(Qt::AlignHCenter);
    return label;
}

} // namespace

SearchPage::SearchPage(QWidget* parent)
    : Page(parent),
      stack_(new QStackedWidget),
      tunings_(combo("searchChoice", tr("Search"), tr("Which search of the workspace is shown"))),
      objective_(combo("searchObjective", tr("Objective"), tr("Which objective the plots show"))),
      about_(quietLabel({})),
      logarithmic_(new QCheckBox(tr("&Logarithmic values"))),
      reset_(
          button(tr("Reset zoom"), "searchReset", tr("Show everything in the plots (F, or double-click)"))),
      tabs_(new QTabBar),
      command_(new QLineEdit),
      plots_(new SearchPlotsPanel(
          [this](const QString& suggestion, const auto& save) { savePicture(*this, suggestion, save); })),
      trials_(new TrialsPanel) {
    stack_->addWidget(makeEmpty());
    stack_->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connect(tunings_, &QComboBox::activated, this, [this] {
        chosen_.reset();
        select(std::nullopt);
        plots_->resetZoom();
        refresh();
    });
    connect(objective_, &QComboBox::activated, this, &SearchPage::draw);
    connect(objective_, &QComboBox::activated, this, &SearchPage::askForImportances);
    connect(logarithmic_, &QCheckBox::toggled, this, &SearchPage::draw);
    connect(reset_, &QPushButton::clicked, this, &SearchPage::fit);
    connect(tabs_, &QTabBar::currentChanged, plots_, &SearchPlotsPanel::showSheet);
    connect(plots_, &SearchPlotsPanel::metricChanged, this, &SearchPage::refresh);
    connect(plots_, &SearchPlotsPanel::zoomChanged, this, [this] { reset_->setEnabled(plots_->isZoomed()); });
    const auto selectById = [this](qint64 id) {
        select(id < 0 ? std::nullopt : std::optional<std::int64_t>(id));
    };
    connect(plots_, &SearchPlotsPanel::picked, this, selectById);
    connect(trials_, &TrialsPanel::selected, this, selectById);
    connect(trials_, &TrialsPanel::exportWanted, this, &SearchPage::exportTable);
    follow_.setInterval(followEvery);
    connect(&follow_, &QTimer::timeout, this, &SearchPage::follow);
    follow_.start();
}

QWidget* SearchPage::makeEmpty() {
    empty_ = new EmptyState(tr("No searches yet"), {});
    name(*command_, "searchCommand", tr("Command"), tr("Type this in a terminal"));
    command_->setReadOnly(true);
    command_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    command_->setMinimumHeight(28);
    auto* copy = button(tr("Copy"), "searchCommandCopy", tr("Copy the command"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(command_->text()); });
    auto* begin = primaryButton(tr("New search…"), "searchBeginEmpty", tr("Search a program’s parameters"));
    connect(begin, &QPushButton::clicked, this, &SearchPage::showNewSearch);
    commandRow_ = new QWidget;
    auto* row = new QHBoxLayout;
    row->addWidget(command_, 1);
    row->addWidget(copy);
    auto* column = new QVBoxLayout(commandRow_);
    column->setContentsMargins(60, 10, 60, 0);
    column->setSpacing(14);
    column->addWidget(begin, 0, Qt::AlignHCenter);
    column->addWidget(quietLine(tr("The same from a terminal; this page follows it:")));
    column->addLayout(row);
    empty_->addWidget(commandRow_);
    return empty_;
}

QWidget* SearchPage::makeContent() {
    about_->setObjectName(QStringLiteral("searchAbout"));
    about_->setWordWrap(false);
    about_->setMinimumWidth(10);
    name(*logarithmic_, "searchLog", tr("Logarithmic values"), tr("Draw values on logarithmic axes"));
    name(*tabs_, "searchTabs", tr("Plots of this search"), {});
    for (const QString& title :
         {tr("&Overview"), tr("Parallel &coordinates"), tr("Sl&ices"), tr("I&ntermediate values")})
        tabs_->addTab(title);
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    reset_->setEnabled(false);
    auto* head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(titleLabel(tr("Search")));
    head->addWidget(tunings_);
    head->addWidget(about_, 1);
    auto* begin = button(tr("New search…"), "searchBegin", tr("Search a program’s parameters"));
    connect(begin, &QPushButton::clicked, this, &SearchPage::showNewSearch);
    head->addWidget(begin);
    auto* controls = new QHBoxLayout;
    controls->setSpacing(10);
    controls->addWidget(tabs_);
    controls->addStretch(1);
    controls->addWidget(fieldLabel(tr("O&bjective"), *objective_));
    controls->addWidget(objective_);
    controls->addWidget(logarithmic_);
    controls->addWidget(reset_);
    auto* both = new QSplitter(Qt::Vertical);
    both->setChildrenCollapsible(false);
    both->setHandleWidth(14);
    both->addWidget(plots_);
    both->addWidget(trials_);
    both->setStretchFactor(0, 1);
    both->setSizes({430, 270});
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(28, 20, 28, 14);
    layout->setSpacing(12);
    layout->addLayout(head);
    layout->addLayout(controls);
    layout->addWidget(both, 1);
    return content;
}

void SearchPage::setSession(Session* session) {
    Page::setSession(session);
    delete newSearch_;
    chosen_.reset();
    question_.drop();
    importancesQuestion_.drop();
    version_.reset();
    shown_ = {};
    view_ = {};
    {
        const QSignalBlocker quiet(tunings_);
        tunings_->clear();
    }
    stack_->setCurrentIndex(0);
    commandRow_->setVisible(session != nullptr);
    if (session == nullptr) {
        empty_->setText(tr("Make a workspace from data, or open one, on the start page."));
        return;
    }
    empty_->setText(
        tr("A search tries a program’s parameters and measures what each trial costs. Trials from elsewhere "
           "come with “greenfront-cli import”."));
    command_->setText(QStringLiteral("greenfront-cli tune --workspace '%1' --space space.json --command "
                                     "'./train.sh --lr {lr}' --objective min:loss")
                          .arg(fromPath(session->path())));
    command_->setCursorPosition(0);
    connect(session, &Session::jobsChanged, this, &Page::markStale);
    connect(session, &Session::studiesChanged, this, &Page::markStale);
}

bool SearchPage::isSettled() const {
    return Page::isSettled() && !question_.isWaiting() && !importancesQuestion_.isWaiting() &&
           (newSearch_.isNull() || newSearch_->isSettled());
}

/// A search may run in another process, of which nothing tells but the file.
void SearchPage::follow() {
    if (session() != nullptr && isVisible() && isSettled())
        markStale();
}

void SearchPage::refresh() {
    if (session() == nullptr)
        return;
    const SearchQuery wanted{.study = chosen_.value_or(StudyId{tunings_->currentData().toLongLong()}),
                             .metric = plots_->shownMetric()};
    if (!(wanted == shown_))
        version_.reset();
    question_.ask(
        session()->thread(),
        [known = version_, wanted](store::Workspace& workspace) {
            return loadIfChanged(workspace, known,
                                 [&](store::Workspace& from) { return loadSearch(from, wanted); });
        },
        [this](Fresh<SearchView> fresh) {
            version_ = fresh.version;
            if (fresh.value)
                show(std::move(*fresh.value));
        },
        [this](const Problem& what) { emit problem(what); });
}

void SearchPage::show(SearchView view) {
    view_ = std::move(view);
    shown_ = {.study = view_.shown, .metric = view_.metric};
    if (chosen_ == view_.shown)
        chosen_.reset();
    const bool any = view_.shown && !view_.objectives().empty();
    stack_->setCurrentIndex(any ? 1 : 0);
    if (!any)
        return;
    fillChoices();
    about_->setText(searchSummary(view_));
    about_->setToolTip(view_.result.learnt ? qt(view_.result.learnt->text()) : about_->text());
    trials_->setView(view_);
    draw();
    askForImportances();
}

void SearchPage::fillChoices() {
    const QSignalBlocker quietTunings(tunings_);
    const QSignalBlocker quietObjective(objective_);
    const int count = static_cast<int>(view_.tunings.size());
    while (tunings_->count() > count) // changed in place, so that an open list stays open
        tunings_->removeItem(tunings_->count() - 1);
    while (tunings_->count() < count)
        tunings_->addItem({});
    for (int i = 0; i < count; ++i) {
        const TuningEntry& entry = view_.tunings[static_cast<std::size_t>(i)];
        tunings_->setItemText(i, entry.title());
        tunings_->setItemData(i, QVariant::fromValue<qint64>(entry.id.value));
    }
    tunings_->setCurrentIndex(tunings_->findData(QVariant::fromValue<qint64>(view_.shown.value)));
    QStringList titles;
    for (const search::Objective& objective : view_.objectives())
        titles << qt(objective.name);
    QStringList now;
    for (int i = 0; i < objective_->count(); ++i)
        now << objective_->itemText(i);
    if (now != titles) {
        objective_->clear();
        objective_->addItems(titles);
    }
}

void SearchPage::draw() {
    if (!view_.shown || view_.objectives().empty())
        return;
    plots_->setView(view_, {.objective = static_cast<std::size_t>(std::max(0, objective_->currentIndex())),
                            .logarithmic = logarithmic_->isChecked()});
}

void SearchPage::askForImportances() {
    if (session() == nullptr || !view_.shown)
        return;
    const auto objective = static_cast<std::size_t>(std::max(0, objective_->currentIndex()));
    importancesQuestion_.ask(
        session()->thread(),
        [study = view_.shown, objective](store::Workspace& workspace) {
            return loadImportances(workspace, study, objective);
        },
        [this](const std::vector<search::Importance>& found) { plots_->setImportances(found); },
        [this](const Problem& what) { emit problem(what); });
}

void SearchPage::select(std::optional<std::int64_t> trial) {
    plots_->setSelected(trial);
    trials_->select(trial);
}

void SearchPage::clearSelection() {
    select(std::nullopt);
}

void SearchPage::fit() {
    plots_->resetZoom();
}

void SearchPage::showSheet(int sheet) {
    tabs_->setCurrentIndex(sheet);
}

void SearchPage::choose(StudyId search) {
    chosen_ = search;
    select(std::nullopt);
    plots_->resetZoom();
    markStale();
}

NewSearchDialog* SearchPage::showNewSearch() {
    if (session() == nullptr)
        return nullptr;
    if (newSearch_.isNull())
        newSearch_ = new NewSearchDialog(*session(), this);
    newSearch_->show();
    newSearch_->raise();
    newSearch_->activateWindow();
    return newSearch_;
}

void SearchPage::showNewSearchSheet(int sheet) {
    if (sheet < 0) {
        if (!newSearch_.isNull())
            newSearch_->reject();
        return;
    }
    const bool isNew = newSearch_.isNull();
    NewSearchDialog* dialog = showNewSearch();
    if (dialog == nullptr)
        return;
    if (isNew && view_.shown)
        dialog->fillFrom(view_.shown);
    dialog->showSheet(sheet);
}

void SearchPage::exportTable() {
    QString path = QFileDialog::getSaveFileName(this, tr("Export the trials"), QStringLiteral("trials.csv"),
                                                tr("Tables (*.csv)"));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".csv");
    try {
        writeFile(toPath(path), trials_->csv());
    } catch (...) {
        emit problem(problemOf(std::current_exception()));
    }
}

} // namespace greenfront::ui
