// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/parallel_plot.h"

#include "ui/plots/series_style.h"
#include "ui/plots/styling.h"

#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::ui {
namespace {

constexpr double reach = 10; // pixels around the cursor in which a line is meant
constexpr double bottom = -0.16, top = 1.06;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

struct Path {
    QVector<double> x, y;

    void add(const ParallelLine& line) {
        for (std::size_t i = 0; i < line.places.size(); ++i) {
            x << static_cast<double>(i);
            y << line.places[i];
        }
        x << nothing;
        y << nothing;
    }
};

QString shortTitle(const QString& title, std::size_t axes) {
    const auto most = static_cast<qsizetype>(std::max<std::size_t>(8, 130 / std::max<std::size_t>(axes, 1)));
    return title.size() <= most ? title : title.left(most - 1) + QStringLiteral("…");
}

} // namespace

ParallelPlot::ParallelPlot(const char* name, const QString& title, QWidget* parent)
    : QWidget(parent), plot_(new QCustomPlot(this)) {
    setObjectName(QString::fromUtf8(name));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot_);
    plot_->setObjectName(objectName() + QStringLiteral("Canvas"));
    plot_->setAccessibleName(title);
    plot_->setMinimumSize(300, 160);
    plot_->setMouseTracking(true);
    plot_->addLayer(QStringLiteral("scales"));
    plot_->addLayer(QStringLiteral("marks"));
    plot_->layer(QStringLiteral("marks"))->setMode(QCPLayer::lmBuffered);
    dimmed_ = makeCurve(QStringLiteral("main"));
    for (auto& curve : curves_)
        curve = makeCurve(QStringLiteral("main"));
    selectedLine_ = makeCurve(QStringLiteral("marks"));
    hoveredLine_ = makeCurve(QStringLiteral("marks"));
    note_ = new QCPTextElement(plot_); // the layout owns it
    plot_->axisRect()->insetLayout()->addElement(note_, Qt::AlignCenter);
    plot_->yAxis->setVisible(false);
    plot_->yAxis->setRange(bottom, top);
    plot_->xAxis->setVisible(false);
    plot_->xAxis2->setVisible(true);
    connect(plot_, &QCustomPlot::mouseRelease, this, [this](QMouseEvent* event) {
        const ParallelLine* line = event->button() == Qt::LeftButton ? nearest(event->pos()) : nullptr;
        emit picked(line != nullptr ? line->id : -1);
    });
    connect(plot_, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) { hover(event->pos()); });
    applyTheme();
}

QCPCurve* ParallelPlot::makeCurve(const QString& layer) {
    auto* curve = new QCPCurve(plot_->xAxis, plot_->yAxis); // the plot owns it
    curve->setLayer(layer);
    curve->setSelectable(QCP::stNone);
    return curve;
}

void ParallelPlot::setData(ParallelData data, const QString& emptyText) {
    data_ = std::move(data);
    note_->setText(emptyText);
    note_->setVisible(data_.lines.empty());
    const double last = static_cast<double>(data_.axes.size()) - 1;
    plot_->xAxis->setRange(-0.12, std::max(last, 0.0) + 0.45);
    plot_->xAxis2->setRange(plot_->xAxis->range());
    drawLines();
    drawAxes();
    drawMarks();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ParallelPlot::drawLines() {
    Path dimmed;
    std::array<Path, shades> paths;
    for (const ParallelLine& line : data_.lines) {
        if (line.shade < 0) {
            dimmed.add(line);
            continue;
        }
        const auto worst =
            static_cast<std::size_t>(std::lround(std::clamp(line.shade, 0.0, 1.0) * (shades - 1)));
        paths.at(shades - 1 - worst).add(line);
    }
    dimmed_->setData(dimmed.x, dimmed.y);
    for (std::size_t i = 0; i < shades; ++i)
        curves_.at(i)->setData(paths.at(i).x, paths.at(i).y);
}

void ParallelPlot::drawAxes() {
    const PlotTheme theme = plotTheme(palette());
    for (auto* item : items_)
        plot_->removeItem(item);
    items_.clear();
    const auto segment = [&](double x, double from, double to, const QPen& pen) {
        auto* item = new QCPItemLine(plot_); // the plot owns it
        item->start->setCoords(x, from);
        item->end->setCoords(x, to);
        item->setPen(pen);
        item->setSelectable(false);
        item->setLayer(QStringLiteral("scales"));
        items_.push_back(item);
    };
    QColor ground = theme.background;
    ground.setAlpha(205);
    const QSharedPointer<QCPAxisTickerText> titles(new QCPAxisTickerText);
    for (std::size_t i = 0; i < data_.axes.size(); ++i) {
        const auto x = static_cast<double>(i);
        titles->addTick(x, shortTitle(data_.axes[i].title, data_.axes.size()));
        segment(x, 0, 1, QPen(theme.axis, 1.2));
        for (const auto& [place, text] : data_.axes[i].ticks) {
            auto* label = new QCPItemText(plot_); // the plot owns it
            label->setText(QStringLiteral(" %1 ").arg(text));
            label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
            label->position->setCoords(x, place);
            label->setColor(theme.text);
            label->setBrush(ground);
            label->setPen(Qt::NoPen);
            label->setSelectable(false);
            label->setClipToAxisRect(false);
            label->setLayer(QStringLiteral("scales"));
            items_.push_back(label);
        }
    }
    if (data_.shaded < data_.axes.size())
        for (std::size_t i = 0; i < 2 * shades; ++i) { // the scale of the colours
            const double from = static_cast<double>(i) / (2 * shades);
            const double shade = data_.bestAtTop ? 1 - from : from;
            QPen pen(shadeOf(shade, theme), 7);
            pen.setCapStyle(Qt::FlatCap);
            segment(static_cast<double>(data_.shaded), from, from + 0.5 / shades, pen);
        }
    plot_->xAxis2->setTicker(titles);
    plot_->xAxis2->setTickLabelRotation(data_.axes.size() > 12 ? -20 : 0);
}

void ParallelPlot::setSelected(std::optional<std::int64_t> id) {
    if (selected_ == id)
        return;
    selected_ = id;
    drawMarks();
}

void ParallelPlot::drawMarks() {
    const auto set = [](QCPCurve& curve, const ParallelLine* line) {
        Path path;
        if (line != nullptr)
            path.add(*line);
        curve.setData(path.x, path.y);
    };
    set(*selectedLine_, find(selected_));
    set(*hoveredLine_, find(hovered_));
    plot_->layer(QStringLiteral("marks"))->replot();
}

const ParallelLine* ParallelPlot::find(std::optional<std::int64_t> id) const {
    const auto found = std::ranges::find_if(data_.lines, [&](const auto& line) { return id == line.id; });
    return found == data_.lines.end() ? nullptr : &*found;
}

const ParallelLine* ParallelPlot::nearest(const QPoint& position) const {
    if (data_.axes.size() < 2)
        return nullptr;
    const double x =
        std::clamp(plot_->xAxis->pixelToCoord(position.x()), 0.0, static_cast<double>(data_.axes.size()) - 1);
    const auto first = std::min(static_cast<std::size_t>(x), data_.axes.size() - 2);
    const double part = x - static_cast<double>(first);
    const ParallelLine* best = nullptr;
    double bestDistance = reach;
    for (const ParallelLine& line : data_.lines) {
        const double y = line.places[first] * (1 - part) + line.places[first + 1] * part;
        const double distance = std::abs(plot_->yAxis->coordToPixel(y) - position.y());
        if (distance < bestDistance) { // never so where there is a gap
            best = &line;
            bestDistance = distance;
        }
    }
    return best;
}

std::optional<QPoint> ParallelPlot::positionOf(std::int64_t id, std::size_t axis) const {
    const ParallelLine* line = find(id);
    if (line == nullptr || !std::isfinite(line->places.at(axis)))
        return std::nullopt;
    const QPointF pixel(plot_->xAxis->coordToPixel(static_cast<double>(axis)),
                        plot_->yAxis->coordToPixel(line->places[axis]));
    return plot_->mapTo(this, pixel.toPoint());
}

void ParallelPlot::hover(const QPoint& position) {
    const ParallelLine* line = nearest(position);
    const auto now = line != nullptr ? std::optional(line->id) : std::nullopt;
    if (now == hovered_)
        return;
    hovered_ = now;
    drawMarks();
    if (line != nullptr && tips_)
        QToolTip::showText(plot_->mapToGlobal(position), tips_(line->id), plot_);
    else
        QToolTip::hideText();
}

void ParallelPlot::applyTheme() {
    const PlotTheme theme = plotTheme(palette());
    applyStyle(*plot_, theme);
    for (auto* axis : {plot_->xAxis, plot_->yAxis, plot_->xAxis2})
        axis->grid()->setVisible(false);
    plot_->xAxis2->setBasePen(Qt::NoPen);
    plot_->xAxis2->setTickPen(Qt::NoPen);
    plot_->xAxis2->setTickLabelColor(theme.text);
    QFont bold = plot_->font();
    bold.setBold(true);
    plot_->xAxis2->setTickLabelFont(bold);
    QColor dim = theme.dominated;
    dim.setAlpha(90);
    dimmed_->setPen(QPen(dim, 1, Qt::DashLine));
    for (std::size_t i = 0; i < shades; ++i) {
        const double shade = static_cast<double>(shades - 1 - i) / (shades - 1);
        curves_.at(i)->setPen(QPen(shadeOf(shade, theme), shade < 0.1 ? 2.2 : 1.3));
    }
    selectedLine_->setPen(QPen(theme.selected, 3.2));
    hoveredLine_->setPen(QPen(theme.text, 2));
    note_->setTextColor(theme.axis);
    drawAxes();
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void ParallelPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void ParallelPlot::save(const QString& path) {
    savePlot(*plot_, path);
}

} // namespace greenfront::ui
