// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/question.h"
#include "ui/models/recipe_search.h"

#include <QDialog>

#include <vector>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QTabWidget;

namespace greenfront::ui {

class Banner;
class BudgetPanel;
class MethodPanel;
class MetricRows;
class ParameterRows;
class Session;

/// Begins a search of a program's parameters. What the core would refuse is told while it is typed; what was
/// typed stays when the dialog is closed, until the search has begun.
class NewSearchDialog : public QDialog {
    Q_OBJECT

public:
    explicit NewSearchDialog(Session& session, QWidget* parent = nullptr);

    void setDraft(const SearchDraft& draft);
    /// What is searched, how, and the budget.
    void showSheet(int sheet);
    /// Like an earlier search.
    void fillFrom(StudyId search);
    bool isSettled() const { return !fillQuestion_.isWaiting(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    static QString commandHelp();
    static QString assignmentsText(std::optional<double> assignments);
    QWidget* makeHead();
    QWidget* makeTabs();
    QWidget* makeWhat();
    QWidget* makeParameterButtons();
    QWidget* makeBottom();
    void connectFields();
    SearchDraft draft() const;
    void edited();
    void check();
    void showCheck();
    void showState();
    void fillMenu();
    void fillFromRecipe(StudyId study);
    void addNamed();
    void importSpace();
    void chooseProgram();
    void start();
    void clear();

    Session& session_;
    Question fillQuestion_;
    DraftCheck check_;
    std::vector<RecipeSearch> recipes_; ///< that were filled in
    search::MetaFeatures metaFeatures_;
    bool filling_ = false, starting_ = false;
    bool begun_ = false; ///< what was typed; another one begins with an empty form
    QString failure_;    ///< of the last start
    Banner* banner_;
    QLineEdit *name_, *command_;
    QMenu* fillMenu_;
    QTabWidget* tabs_;
    ParameterRows* parameters_;
    MetricRows *objectives_, *constraints_;
    MethodPanel* method_;
    BudgetPanel* budget_;
    QPushButton *fill_, *addNamed_, *start_;
    QLabel *count_, *state_;
};

} // namespace greenfront::ui
