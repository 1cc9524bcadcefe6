// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/predictions.h"

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QCPErrorBars;
class QCPGraph;
class QCustomPlot;

namespace greenfront::ui {

/// Predicted against measured joules, both logarithmic: what is on the diagonal was predicted exactly, and an
/// error bar that meets the diagonal is an interval that held. Follows the widget's palette.
class CalibrationPlot : public QWidget {
    Q_OBJECT

public:
    explicit CalibrationPlot(QWidget* parent = nullptr);

    /// Those of runs that did not do what was planned are left out.
    void setChecks(const std::vector<study::PredictionCheck>& checks);
    int points() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    /// Of one kind of prediction; a missed one is hollow.
    struct Series {
        const char* kind;
        QCPGraph *held, *missed, *all;
        QCPErrorBars* bars;
    };
    Series makeSeries(const char* kind);
    void fit(const std::vector<study::PredictionCheck>& checks);
    void applyTheme();

    QCustomPlot* plot_; ///< a child
    QCPGraph* diagonal_;
    std::array<Series, 2> series_;
};

} // namespace greenfront::ui
