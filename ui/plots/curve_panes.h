// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/curves.h"
#include "ui/plots/plot_theme.h"

#include <qcustomplot.h>

#include <string>
#include <vector>

namespace greenfront::ui {

/// The three panes of the curve plot and the graphs in them.
class CurvePanes {
public:
    explicit CurvePanes(QCustomPlot& plot);

    void setCurves(const Curves& curves);
    void setTheme(const PlotTheme& theme);
    void setLogarithmicLoss(bool logarithmic);
    /// All values of the epochs in view; all epochs, or the newest ones.
    void fit(bool newest);
    QCPGraph* graph(const std::string& name) const;
    QCPAxis* epochs() const;

private:
    struct Pane {
        QCPAxisRect* rect;
        QCPLegend* legend;
        std::vector<std::pair<std::string, QCPGraph*>> graphs;
    };
    Pane makePane(int row, const QString& label, const std::vector<std::string>& series);
    void fitPane(Pane& pane, const QCPRange& epochs) const;
    void tieEpochs();

    QCustomPlot& plot_;
    std::vector<Pane> panes_;
    bool logarithmicLoss_ = false;
};

} // namespace greenfront::ui
