// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of the dialog, and where they stand.
#include "ui/models/session.h"
#include "ui/models/texts.h"
#include "ui/pages/search/budget_panel.h"
#include "ui/pages/search/method_panel.h"
#include "ui/pages/search/metric_rows.h"
#include "ui/pages/search/new_search_dialog.h"
#include "ui/pages/search/parameter_rows.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QDir>
#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QTabWidget>

#include <cmath>

namespace greenfront::ui {
namespace {

constexpr int fieldHeight = 28;

QScrollArea* scrolled(QWidget* sheet) {
    auto* scroll = new QScrollArea;
    scroll->setWidget(sheet);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    return scroll;
}

QWidget* titled(const QString& title, QWidget* content) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(headingLabel(title));
    layout->addWidget(content, 1);
    return box;
}

} // namespace

NewSearchDialog::NewSearchDialog(Session& session, QWidget* parent)
    : QDialog(parent),
      session_(session),
      banner_(new Banner),
      name_(new QLineEdit),
      command_(new QLineEdit),
      fillMenu_(new QMenu(this)),
      tabs_(new QTabWidget),
      parameters_(new ParameterRows),
      objectives_(new MetricRows(MetricRows::Kind::Objective)),
      constraints_(new MetricRows(MetricRows::Kind::Constraint)),
      method_(new MethodPanel),
      budget_(new BudgetPanel),
      fill_(button(tr("&Fill in"), "newSearchFill",
                   tr("Take everything from an earlier search, or the recipe of a study"))),
      addNamed_(button(tr("Add parameters"), "newSearchAddNamed",
                       tr("Add what the command names in braces and is no parameter yet"))),
      start_(primaryButton(tr("Start"), "newSearchStart", tr("Store the search and start it (Ctrl+Enter)"))),
      count_(quietLabel({})),
      state_(quietLabel({})) {
    setObjectName(QStringLiteral("newSearchDialog"));
    setWindowTitle(tr("New search of parameters"));
    resize(1020, 760);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(banner_);
    layout->addWidget(makeHead());
    layout->addWidget(makeTabs(), 1);
    layout->addWidget(makeBottom());
    connectFields();
    clear();
    command_->setFocus();
}

QString NewSearchDialog::commandHelp() {
    return tr("A program and its arguments, each {name} standing for a parameter’s value; no shell reads it. "
              "Relative paths start from %1.")
        .arg(QDir::toNativeSeparators(QDir::currentPath()));
}

QString NewSearchDialog::assignmentsText(std::optional<double> assignments) {
    if (!assignments)
        return {};
    if (std::isinf(*assignments))
        return tr("Endless assignments");
    return tr("%1 assignments").arg(qt(shortCount(*assignments)));
}

QWidget* NewSearchDialog::makeHead() {
    name(*name_, "newSearchName", tr("Name"), tr("What the search is called in this workspace"));
    name(*command_, "newSearchCommand", tr("Command"), commandHelp());
    command_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    command_->setPlaceholderText(QStringLiteral("./train.sh --lr {lr} --width {width}"));
    auto* program =
        button(tr("Program…"), "newSearchProgram", tr("Choose the program that the command runs"));
    program->setAutoDefault(false);
    connect(program, &QPushButton::clicked, this, &NewSearchDialog::chooseProgram);
    fill_->setAutoDefault(false);
    fill_->setMenu(fillMenu_);
    fillMenu_->setObjectName(QStringLiteral("newSearchFillMenu"));
    connect(fillMenu_, &QMenu::aboutToShow, this, &NewSearchDialog::fillMenu);
    for (QWidget* field : std::initializer_list<QWidget*>{name_, command_, program, fill_})
        field->setFixedHeight(fieldHeight);
    fill_->setFixedWidth(program->minimumWidth());
    auto* hint =
        quietLabel(tr("Each trial runs the program, which tells its metrics as lines of JSON on its "
                      "standard output, such as {\"step\": 3, \"loss\": 0.41}. What the command names in "
                      "braces is a parameter; all come as variables GREENFRONT_PARAM_NAME too."));
    auto* head = new QWidget;
    auto* grid = new QGridLayout(head);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->addWidget(fieldLabel(tr("&Name"), *name_), 0, 0);
    grid->addWidget(name_, 0, 1);
    grid->addWidget(fill_, 0, 2);
    grid->addWidget(fieldLabel(tr("Co&mmand"), *command_), 1, 0);
    grid->addWidget(command_, 1, 1);
    grid->addWidget(program, 1, 2);
    grid->addWidget(hint, 2, 1, 1, 2);
    return head;
}

QWidget* NewSearchDialog::makeTabs() {
    name(*tabs_, "newSearchTabs", tr("Parts of the search"), {});
    tabs_->addTab(scrolled(makeWhat()), tr("&What is searched"));
    tabs_->addTab(scrolled(method_), tr("&How"));
    tabs_->addTab(scrolled(budget_), tr("&Budget"));
    return tabs_;
}

QWidget* NewSearchDialog::makeWhat() {
    auto* both = new QHBoxLayout;
    both->setSpacing(32);
    both->addWidget(titled(tr("Objectives"), objectives_), 1);
    both->addWidget(titled(tr("Constraints"), constraints_), 1);
    auto* sheet = new QWidget;
    auto* layout = new QVBoxLayout(sheet);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(8);
    layout->addWidget(headingLabel(tr("Parameters")));
    layout->addWidget(parameters_);
    layout->addWidget(makeParameterButtons());
    layout->addSpacing(14);
    layout->addLayout(both);
    layout->addStretch(1);
    return sheet;
}

QWidget* NewSearchDialog::makeParameterButtons() {
    auto* add = button(tr("Add &parameter"), "newSearchAddParameter", tr("Another parameter of the program"));
    auto* import = button(tr("&Import…"), "newSearchImport",
                          tr("Read the parameters from a JSON file; Azure's sweep expressions are read too"));
    count_->setObjectName(QStringLiteral("newSearchCount"));
    count_->setWordWrap(false);
    count_->setToolTip(tr("How many different trials there are"));
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QPushButton* each : {add, addNamed_, import}) {
        each->setAutoDefault(false);
        layout->addWidget(each);
    }
    layout->addStretch(1);
    layout->addWidget(count_);
    connect(add, &QPushButton::clicked, this, [this] { parameters_->add({}); });
    connect(addNamed_, &QPushButton::clicked, this, &NewSearchDialog::addNamed);
    connect(import, &QPushButton::clicked, this, &NewSearchDialog::importSpace);
    return row;
}

QWidget* NewSearchDialog::makeBottom() {
    auto* clear = button(tr("Clear"), "newSearchClear", tr("Begin the form anew"));
    auto* close = button(tr("Close"), "newSearchClose", tr("Keep what is typed for later (Esc)"));
    connect(clear, &QPushButton::clicked, this, &NewSearchDialog::clear);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(start_, &QPushButton::clicked, this, &NewSearchDialog::start);
    for (QPushButton* each : {clear, close, start_})
        each->setAutoDefault(false); // Enter in a field must not press it
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), this);
        connect(shortcut, &QShortcut::activated, this, &NewSearchDialog::start);
    }
    state_->setObjectName(QStringLiteral("newSearchState"));
    state_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(state_, 1);
    for (QPushButton* each : {clear, close, start_})
        layout->addWidget(each);
    return row;
}

void NewSearchDialog::connectFields() {
    for (QLineEdit* line : {name_, command_})
        connect(line, &QLineEdit::textChanged, this, &NewSearchDialog::edited);
    connect(parameters_, &ParameterRows::changed, this, &NewSearchDialog::edited);
    for (MetricRows* rows : {objectives_, constraints_})
        connect(rows, &MetricRows::changed, this, &NewSearchDialog::edited);
    connect(method_, &MethodPanel::changed, this, &NewSearchDialog::edited);
    connect(budget_, &BudgetPanel::changed, this, &NewSearchDialog::edited);
    connect(&session_, &Session::studiesChanged, this, [this] {
        if (isVisible())
            check();
    });
    connect(&session_, &Session::searchStarted, this, [this] {
        if (!starting_)
            return; // another one was taken up
        starting_ = false;
        begun_ = true;
        accept();
    });
}

void NewSearchDialog::showSheet(int sheet) {
    tabs_->setCurrentIndex(sheet);
}

} // namespace greenfront::ui
