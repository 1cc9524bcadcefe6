// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/candidate_details.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace greenfront::ui {

/// One candidate: its network in words and layer by layer, its metrics and where each came from.
class CandidatePanel : public QWidget {
    Q_OBJECT

public:
    explicit CandidatePanel(QWidget* parent = nullptr);

    void setCandidate(const CandidateDetails& details, const std::string& device, bool onFront);
    void clear();

signals:
    void exportWanted();

private:
    QWidget* makeMetrics();
    QWidget* makeContent();

    QStackedWidget* stack_;
    QLabel *title_, *front_, *words_;
    QPushButton* export_;
    TableModel *metrics_, *layers_;
    QTableView* metricsTable_;
    QLabel* how_;
};

} // namespace greenfront::ui
