// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/question.h"
#include "ui/models/search_plots.h"
#include "ui/pages/page.h"

#include <QPointer>

#include <cstdint>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace greenfront::ui {

class EmptyState;
class NewSearchDialog;
class SearchPlotsPanel;
class TrialsPanel;

/// The searches for parameters of the workspace: what they reached, for how much energy, and what it hangs
/// on. Follows a search that runs, also in another process.
class SearchPage : public Page {
    Q_OBJECT

public:
    explicit SearchPage(QWidget* parent = nullptr);
    void setSession(Session* session) override;
    bool isSettled() const override;
    void fit();
    void clearSelection();
    /// One of SearchPlotsPanel's sheets.
    void showSheet(int sheet);
    /// Which search is shown, as soon as it is in the workspace.
    void choose(StudyId search);
    /// The dialog that begins a search; nullptr while no workspace is open.
    NewSearchDialog* showNewSearch();
    /// Of that dialog; for pictures. -1: none. What it begins is like the search that is shown.
    void showNewSearchSheet(int sheet);

protected:
    void refresh() override;

private:
    QWidget* makeContent();
    QWidget* makeEmpty();
    void askForImportances();
    void show(SearchView view);
    void draw();
    void fillChoices();
    void select(std::optional<std::int64_t> trial);
    void exportTable();
    void follow();

    Question question_, importancesQuestion_;
    SearchQuery shown_;
    std::optional<StudyId> chosen_;       ///< and not shown yet
    std::optional<std::int64_t> version_; ///< of what is shown
    SearchView view_;
    QTimer follow_;
    QStackedWidget* stack_;
    QComboBox *tunings_, *objective_;
    QLabel* about_;
    QCheckBox* logarithmic_;
    QPushButton* reset_;
    QTabBar* tabs_;
    QLineEdit* command_;
    EmptyState* empty_;
    QWidget* commandRow_;
    SearchPlotsPanel* plots_;
    TrialsPanel* trials_;
    QPointer<NewSearchDialog> newSearch_; ///< of this session; keeps what was typed while it is closed
};

} // namespace greenfront::ui
