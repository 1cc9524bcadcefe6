// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/front_query.h"
#include "ui/models/question.h"
#include "ui/pages/page.h"

#include <cstdint>
#include <optional>

class QCheckBox;
class QLabel;
class QStackedWidget;
class QTableView;

namespace greenfront::ui {

class CandidatePanel;
class EmptyState;
class ExplorerControls;
class FrontFilter;
class FrontModel;
class ParetoPlot;
struct CandidateDetails;

/// The Pareto plot, the table of its points and the panel of the selected one; the selection is one for all.
class ExplorerPage : public Page {
    Q_OBJECT

public:
    explicit ExplorerPage(QWidget* parent = nullptr);
    void setSession(Session* session) override;
    bool isSettled() const override;
    void select(std::optional<CandidateId> candidate);
    std::optional<CandidateId> selected() const { return selected_; }
    /// Of the front's points the middle one; for a picture of the page.
    void selectSomething();
    void fit();
    void exportSelected();

protected:
    void refresh() override;

private:
    QWidget* makeContent();
    QWidget* makeTable();
    void connectParts();
    void show(FrontView view);
    void askDetails();
    void showDetails(const CandidateDetails& details);
    void selectRow();
    void scrollToSelected();

    Question frontQuestion_, detailsQuestion_;
    std::optional<CandidateId> selected_;
    StudyId study_;
    FrontQuery shown_;
    std::optional<std::int64_t> version_; ///< of what is shown
    FrontModel* model_;
    FrontFilter* filter_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    ExplorerControls* controls_;
    ParetoPlot* plot_;
    QTableView* table_;
    QCheckBox* frontOnly_;
    QLabel* count_;
    CandidatePanel* panel_;
    bool selecting_ = false;
};

} // namespace greenfront::ui
