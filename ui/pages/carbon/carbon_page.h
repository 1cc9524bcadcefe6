// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/carbon_query.h"
#include "ui/models/question.h"
#include "ui/pages/page.h"

#include <cstdint>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QTableView;

namespace greenfront::ui {

class EmptyState;
class FactCard;
class ModelsPanel;
class HeadlinesPanel;
class PredictionsPanel;
class TableModel;
class WhatIfPanel;

/// What the study's runs and its models emit, and what they would under other assumptions.
class CarbonPage : public Page {
    Q_OBJECT

public:
    explicit CarbonPage(QWidget* parent = nullptr);
    void setSession(Session* session) override;
    bool isSettled() const override;
    void exportReport();
    /// Its second part: how far what was predicted came true.
    void showPredictions(bool shown = true);

protected:
    void refresh() override;

private:
    QWidget* makeHead();
    QWidget* makeRuns();
    QWidget* makeParts();
    CarbonQuery query() const;
    void takeStudy(const study::Study& study);
    void askForRuns();
    void askForPredictions();
    void askForHeadlines();
    bool predictionsWanted() const;
    void show(CarbonView view);
    void showSheet();
    void showWhatIf();

    Question question_, predictionsQuestion_, headlinesQuestion_;
    CarbonQuery shown_;
    std::optional<std::int64_t> version_, predictionsVersion_; ///< of what is shown
    CarbonView view_;
    TableModel* parts_;
    QWidget* head_;
    QTabBar* tabs_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    PredictionsPanel* predictions_;
    HeadlinesPanel* headlines_;
    QLabel* about_;
    QPushButton* report_;
    std::vector<FactCard*> facts_;
    QTableView* partsTable_;
    ModelsPanel* models_;
    WhatIfPanel* whatIf_;
};

} // namespace greenfront::ui
