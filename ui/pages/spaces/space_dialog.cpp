// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spaces/space_dialog.h"

#include "core/arch/search_space.h"
#include "core/base/file.h"
#include "ui/models/suggestions.h"
#include "ui/models/texts.h"
#include "ui/pages/spaces/space_form.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/fact_card.h"
#include "ui/widgets/texts.h"

#include <QAction>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace greenfront::ui {
namespace {

constexpr Bytes largestFile(1024.0 * 1024);

/// A button for an action, with its text.
QToolButton* actionButton(QAction* action, const char* objectName) {
    auto* made = new QToolButton;
    made->setDefaultAction(action);
    made->setObjectName(QString::fromUtf8(objectName));
    made->setAutoRaise(true);
    made->setMinimumHeight(28);
    return made;
}

QString filter() {
    return SpaceDialog::tr("JSON (*.json);;All files (*)");
}

} // namespace

SpaceDialog::SpaceDialog(const Json& space, const SpaceTarget& target, Propose propose, QWidget* parent)
    : QDialog(parent),
      document_(space),
      target_(target),
      propose_(std::move(propose)),
      tabs_(new QTabWidget),
      form_(new SpaceForm(document_)),
      text_(new QPlainTextEdit),
      choices_(new TableModel(choiceColumns(), this)),
      choicesTable_(new QTableView),
      banner_(new Banner),
      about_(quietLabel({})),
      problem_(new QLabel),
      reset_(button(tr("Reset to the proposal"), "spaceReset",
                    tr("Put the space back to what is proposed for its kind and the data"))),
      ok_(primaryButton(tr("OK"), "spaceOk", tr("Use this space in the study"))) {
    setObjectName(QStringLiteral("spaceDialog"));
    setWindowTitle(tr("Edit the space of networks"));
    resize(980, 720);
    problem_->setObjectName(QStringLiteral("spaceProblem"));
    problem_->setWordWrap(true);
    problem_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(banner_);
    layout->addWidget(makeHead());
    layout->addWidget(makeTabs(), 1);
    layout->addWidget(problem_);
    layout->addWidget(makeFacts());
    layout->addWidget(makeButtons());
    connect(&document_, &SpaceDocument::changed, this, &SpaceDialog::refresh);
    refresh();
}

QWidget* SpaceDialog::makeHead() {
    auto* undo = document_.undo().createUndoAction(this, tr("&Undo"));
    auto* redo = document_.undo().createRedoAction(this, tr("&Redo"));
    undo->setShortcuts(QKeySequence::Undo);
    redo->setShortcuts(QKeySequence::Redo); // Ctrl+Y and Ctrl+Shift+Z, where both are usual
    undo->setIconText(tr("Undo")); // on the button, which keeps its size; what it undoes is in the tooltip
    redo->setIconText(tr("Redo"));
    addActions({undo, redo});
    about_->setObjectName(QStringLiteral("spaceAbout"));
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(about_, 1);
    layout->addWidget(actionButton(undo, "spaceUndo"));
    layout->addWidget(actionButton(redo, "spaceRedo"));
    return head;
}

QWidget* SpaceDialog::makeTabs() {
    name(*text_, "spaceJson", tr("The space as JSON"), {});
    text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setUndoRedoEnabled(false); // the document's history covers all tabs
    letUndoPass(*text_);
    connect(text_, &QPlainTextEdit::textChanged, this, &SpaceDialog::takeText);
    choicesTable_->setModel(choices_);
    setUpTable(*choicesTable_);
    name(*choicesTable_, "spaceChoices", tr("Everything that a network of the space chooses"), {});
    name(*tabs_, "spaceTabs", tr("Views of the space"), {});
    tabs_->addTab(form_, tr("&Fields"));
    tabs_->addTab(text_, tr("&JSON"));
    tabs_->addTab(choicesTable_, tr("&Choices"));
    connect(tabs_, &QTabWidget::currentChanged, this, [this] { document_.endStep(); });
    return tabs_;
}

QWidget* SpaceDialog::makeFacts() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    for (const char* each : {"spaceNetworks", "spaceSmallest", "spaceLargest"}) {
        auto* card = new FactCard;
        card->setObjectName(QString::fromUtf8(each));
        facts_.push_back(card);
        layout->addWidget(card, 1);
    }
    return row;
}

QWidget* SpaceDialog::makeButtons() {
    auto* open = button(tr("Open…"), "spaceOpen", tr("Read a space, or a study's, from a JSON file"));
    auto* save = button(tr("Save…"), "spaceSave", tr("Write the space to a JSON file"));
    auto* cancel = button(tr("Cancel"), "spaceCancel", tr("Keep the study's space as it was"));
    connect(open, &QPushButton::clicked, this, &SpaceDialog::openFile);
    connect(save, &QPushButton::clicked, this, &SpaceDialog::saveFile);
    connect(reset_, &QPushButton::clicked, this, &SpaceDialog::reset);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ok_, &QPushButton::clicked, this, &SpaceDialog::accept);
    for (QPushButton* each : {open, save, reset_, cancel})
        each->setAutoDefault(false);
    ok_->setAutoDefault(false); // Enter in a field ends its editing, not the dialog
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    for (QPushButton* each : {open, save, reset_})
        layout->addWidget(each);
    layout->addStretch();
    layout->addWidget(cancel);
    layout->addWidget(ok_);
    return row;
}

void SpaceDialog::takeText() {
    typing_ = true;
    document_.setText(text_->toPlainText());
    typing_ = false;
}

void SpaceDialog::takeKind() {
    const Json& json = document_.json();
    const std::string kind =
        json.contains("kind") && json.at("kind").is_string() ? json.at("kind").get<std::string>() : "";
    if (kind == kind_ && !proposal_.is_null())
        return;
    kind_ = kind;
    try {
        proposal_ = propose_(kind);
    } catch (const std::exception&) { // what is wrong with the kind is told by checkSpace()
        proposal_ = Json();
    }
    form_->setProposal(proposal_);
}

void SpaceDialog::refresh() {
    takeKind();
    check_ = checkSpace(document_.json(), target_);
    const auto problems =
        check_.summary ? std::map<std::string, QString>{} : fieldProblems(document_.json(), proposal_);
    form_->show(problems);
    showText();
    choices_->setRows(check_.choices);
    fitColumns(*choicesTable_, 420);
    const bool usable = check_.summary && document_.isReadable();
    const auto facts = spaceFacts(usable ? check_.summary : std::nullopt);
    for (std::size_t i = 0; i < facts_.size(); ++i)
        facts_[i]->setFact(facts.at(i).title, facts.at(i).value, facts.at(i).detail, facts.at(i).help);
    about_->setText(tr("Kind %1, for an input of %2 × %3 × %4 and %5 classes")
                        .arg(kind_.empty() ? QStringLiteral("–") : qt(kind_))
                        .arg(target_.input.channels)
                        .arg(target_.input.height)
                        .arg(target_.input.width)
                        .arg(target_.classes));
    showProblem(problems);
    reset_->setEnabled(!proposal_.is_null() && (document_.json() != proposal_ || !document_.isReadable()));
    ok_->setEnabled(usable);
}

void SpaceDialog::showText() {
    if (typing_)
        return;
    const QString text = document_.text();
    if (text == text_->toPlainText())
        return;
    const QSignalBlocker quiet(text_);
    QTextCursor cursor = text_->textCursor();
    const int place = cursor.position();
    text_->setPlainText(text);
    cursor = text_->textCursor();
    cursor.setPosition(std::min(place, static_cast<int>(text.size())));
    text_->setTextCursor(cursor);
}

void SpaceDialog::showProblem(const std::map<std::string, QString>& problems) {
    const QString text = !document_.isReadable() ? document_.textProblem()
                         : problems.empty() ? (check_.problem + QLatin1Char(' ') + check_.advice).trimmed()
                                            : problemLine(*problems.begin(), proposal_);
    problem_->setText(text.isEmpty() ? QString() : QStringLiteral("✗ ") + text);
    problem_->setVisible(!text.isEmpty());
}

void SpaceDialog::reset() {
    if (!proposal_.is_null())
        document_.replace(proposal_, tr("reset to the proposal"));
}

void SpaceDialog::openFile() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a space"), QString(), filter());
    if (path.isEmpty())
        return;
    banner_->hide();
    try {
        document_.open(readFile(toPath(path), largestFile), path);
    } catch (...) {
        banner_->report(problemOf(std::current_exception()));
    }
}

void SpaceDialog::saveFile() {
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the space"),
                                                      qt(kind_) + QStringLiteral(".json"), filter());
    if (path.isEmpty())
        return;
    banner_->hide();
    try {
        writeFile(toPath(withEnding(path, QStringLiteral(".json"))), document_.text().toStdString());
    } catch (...) {
        banner_->report(problemOf(std::current_exception()));
    }
}

void SpaceDialog::accept() {
    if (!ok_->isEnabled())
        return;
    accepted_ = arch::makeSpace(document_.json())->toJson();
    QDialog::accept();
}

} // namespace greenfront::ui
