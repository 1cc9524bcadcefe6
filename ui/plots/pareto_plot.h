// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/results.h"
#include "ui/plots/intervals.h"

#include <QWidget>

#include <memory>
#include <optional>

class QCustomPlot;
class QMouseEvent;

namespace greenfront::ui {

class FrontLayers;

/// Two metrics of all candidates. Drag zooms into a rectangle, the wheel zooms about the cursor, a double
/// click shows everything, a click selects. Follows the widget's palette.
class ParetoPlot : public QWidget {
    Q_OBJECT

public:
    explicit ParetoPlot(QWidget* parent = nullptr);
    ~ParetoPlot() override;

    /// Keeps the zoom as long as axes and device stay the same and the user has zoomed.
    void setFront(study::Front front);
    const study::Front& front() const { return front_; }
    void setSelected(std::optional<CandidateId> candidate);
    std::optional<CandidateId> selected() const { return selected_; }
    void setIntervals(Intervals intervals);
    void setLogarithmic(bool x, bool y);
    void resetZoom();
    bool isZoomed() const { return zoomed_; }
    /// PNG, SVG or PDF by the name's ending; throws Error.
    void save(const QString& path);
    /// Where the candidate is drawn, in this widget's coordinates; nothing if the front lacks it.
    std::optional<QPoint> positionOf(CandidateId candidate) const;

signals:
    void picked(qint64 candidate); ///< 0: a click beside all points
    void zoomChanged(bool zoomed);

protected:
    void changeEvent(QEvent* event) override;

private:
    void pressed(QMouseEvent* event);
    void released(QMouseEvent* event);
    void hover(const QPoint& position);
    void applyTheme();
    void setUpAxes();
    void refreshMarks(bool all);
    void setZoomed(bool zoomed);
    const study::FrontPoint* nearest(const QPoint& position) const;
    const study::FrontPoint* find(std::optional<CandidateId> candidate) const;
    std::optional<QPointF> coordinates(const study::FrontPoint* point) const;

    study::Front front_;
    std::optional<CandidateId> selected_, hovered_;
    bool logX_ = false, logY_ = false, zoomed_ = false, settingRange_ = false;
    Intervals intervals_ = Intervals::Selected;
    QPoint pressedAt_;
    QCustomPlot* plot_; ///< a child
    std::unique_ptr<FrontLayers> layers_;
};

} // namespace greenfront::ui
