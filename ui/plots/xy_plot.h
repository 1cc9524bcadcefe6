// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/plot_data.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QCPAbstractPlottable;
class QCPGraph;
class QCPTextElement;
class QCustomPlot;
class QMouseEvent;

namespace greenfront::ui {

/// Points, steps and lines over two axes. Drag zooms into a rectangle, the wheel zooms about the cursor, a
/// double click shows everything, a click picks. Follows the widget's palette.
class XyPlot : public QWidget {
    Q_OBJECT

public:
    using Tips = std::function<QString(qint64 id)>;

    /// name: the object's; title: for screen readers
    XyPlot(const char* name, const QString& title, QWidget* parent = nullptr);

    /// Keeps the zoom as long as the axes stay the same and the user has zoomed. emptyText: what is said
    /// where there is nothing to draw.
    void setData(PlotData data, const QString& emptyText = {});
    /// What is told of a point under the cursor, as rich text.
    void setTips(Tips tips) { tips_ = std::move(tips); }
    void setSelected(std::optional<std::int64_t> id);
    void resetZoom();
    bool isZoomed() const { return zoomed_; }
    /// PNG, SVG or PDF by the name's ending; throws Error.
    void save(const QString& path);
    const PlotData& data() const { return data_; }
    /// Where what has this id is drawn, in this widget's coordinates.
    std::optional<QPoint> positionOf(std::int64_t id) const;

signals:
    void picked(qint64 id); ///< -1: a click beside everything
    void zoomChanged(bool zoomed);

protected:
    void changeEvent(QEvent* event) override;

private:
    void pressed(QMouseEvent* event);
    void released(QMouseEvent* event);
    void hover(const QPoint& position);
    void draw();
    void drawSeries(const PlotSeries& series);
    void drawMarks();
    void fit();
    void applyTheme();
    void setZoomed(bool zoomed);
    const PlotPoint* nearest(const QPoint& position) const;
    const PlotPoint* find(std::optional<std::int64_t> id) const;

    PlotData data_;
    Tips tips_;
    std::optional<std::int64_t> selected_, hovered_;
    bool zoomed_ = false, settingRange_ = false;
    QPoint pressedAt_;
    QCustomPlot* plot_; ///< a child; it owns what follows
    std::vector<QCPAbstractPlottable*> drawn_;
    QCPGraph *selectedMark_, *hoveredMark_;
    QCPTextElement* note_;
};

} // namespace greenfront::ui
