// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/carbon_query.h"
#include "ui/models/question.h"
#include "ui/pages/page.h"

#include <cstdint>
#include <optional>
#include <vector>

class QLabel;
class QStackedWidget;
class QTableView;

namespace greenfront::ui {

class EmptyState;
class FactCard;
class ModelsPanel;
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

protected:
    void refresh() override;

private:
    QWidget* makeContent();
    QWidget* makeHead();
    QWidget* makeParts();
    CarbonQuery query() const;
    void takeStudy(const study::Study& study);
    void show(CarbonView view);
    void showWhatIf();

    Question question_;
    CarbonQuery shown_;
    std::optional<std::int64_t> version_; ///< of what is shown
    CarbonView view_;
    TableModel* parts_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    QLabel* about_;
    std::vector<FactCard*> facts_;
    QTableView* partsTable_;
    ModelsPanel* models_;
    WhatIfPanel* whatIf_;
};

} // namespace greenfront::ui
