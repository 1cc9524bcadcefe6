// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/curves.h"

#include <QWidget>

#include <memory>

class QCustomPlot;

namespace greenfront::ui {

class CurvePanes;

/// Loss, accuracy and joules of a training, one under the other on the same axis of epochs. All points are
/// drawn, and a zoom of the user's stays when new ones arrive.
class CurvePlot : public QWidget {
    Q_OBJECT

public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    void setCurves(const Curves& curves);
    /// Shows the newest epochs instead of all of them.
    void setFollowing(bool following);
    void setLogarithmicLoss(bool logarithmic);
    void resetZoom();
    bool isZoomed() const { return zoomed_; }
    /// Points that a series is drawn with.
    int pointsOf(const std::string& name) const;
    void save(const QString& path);

signals:
    void zoomChanged(bool zoomed);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();
    void setZoomed(bool zoomed);
    void fit();

    bool zoomed_ = false, following_ = false, settingRange_ = false;
    QCustomPlot* plot_; ///< a child
    std::unique_ptr<CurvePanes> panes_;
};

} // namespace greenfront::ui
