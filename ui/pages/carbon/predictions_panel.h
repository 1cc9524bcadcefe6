// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/prediction_rows.h"

#include <QWidget>

#include <vector>

class QSortFilterProxyModel;
class QStackedWidget;

namespace greenfront::ui {

class CalibrationPlot;
class FactCard;
class TableModel;

/// What every run of the workspace was expected to cost beside what it did, and how far that can be trusted.
class PredictionsPanel : public QWidget {
    Q_OBJECT

public:
    explicit PredictionsPanel(QWidget* parent = nullptr);
    void setView(const PredictionsView& view);

private:
    QWidget* makeContent();
    QWidget* makeTable();
    QWidget* makePlot();

    TableModel* rows_;
    QSortFilterProxyModel* sorted_;
    CalibrationPlot* plot_;
    std::vector<FactCard*> facts_;
    QStackedWidget* stack_;
};

} // namespace greenfront::ui
