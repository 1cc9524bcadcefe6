// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/plot_data.h"

#include <QWidget>

#include <array>
#include <functional>
#include <optional>
#include <vector>

class QCPAbstractItem;
class QCPCurve;
class QCPTextElement;
class QCustomPlot;

namespace greenfront::ui {

/// Lines across upright axes, one a thing with many numbers: the better, the stronger its colour. A click
/// picks the nearest line. Follows the widget's palette.
class ParallelPlot : public QWidget {
    Q_OBJECT

public:
    using Tips = std::function<QString(qint64 id)>;

    ParallelPlot(const char* name, const QString& title, QWidget* parent = nullptr);

    void setData(ParallelData data, const QString& emptyText);
    void setTips(Tips tips) { tips_ = std::move(tips); }
    void setSelected(std::optional<std::int64_t> id);
    const ParallelData& data() const { return data_; }
    /// PNG, SVG or PDF by the name's ending; throws Error.
    void save(const QString& path);
    /// Where a line crosses an axis, in this widget's coordinates.
    std::optional<QPoint> positionOf(std::int64_t id, std::size_t axis) const;

signals:
    void picked(qint64 id); ///< -1: a click beside all lines

protected:
    void changeEvent(QEvent* event) override;

private:
    static constexpr std::size_t shades = 12;

    QCPCurve* makeCurve(const QString& layer);
    void drawLines();
    void drawAxes();
    void drawMarks();
    void hover(const QPoint& position);
    void applyTheme();
    const ParallelLine* nearest(const QPoint& position) const;
    const ParallelLine* find(std::optional<std::int64_t> id) const;

    ParallelData data_;
    Tips tips_;
    std::optional<std::int64_t> selected_, hovered_;
    QCustomPlot* plot_; ///< a child; it owns what follows
    QCPCurve* dimmed_;
    std::array<QCPCurve*, shades> curves_{}; ///< the worst first, so that the best are drawn over them
    QCPCurve *selectedLine_, *hoveredLine_;
    std::vector<QCPAbstractItem*> items_;
    QCPTextElement* note_;
};

} // namespace greenfront::ui
