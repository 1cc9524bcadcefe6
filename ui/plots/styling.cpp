// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/styling.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "ui/models/texts.h"

#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>

namespace greenfront::ui {
namespace {

void applyStyle(QCPAxis& axis, const PlotTheme& theme) {
    const QPen line(theme.axis, 1);
    axis.setBasePen(line);
    axis.setTickPen(line);
    axis.setSubTickPen(Qt::NoPen);
    axis.setLabelColor(theme.text);
    axis.setTickLabelColor(theme.text);
    axis.setSelectedLabelColor(theme.text);
    axis.setLabelPadding(6);
    axis.grid()->setPen(QPen(theme.grid, 1));
    axis.grid()->setSubGridVisible(false);
    axis.grid()->setZeroLinePen(QPen(theme.grid, 1));
}

void saveSvg(QCustomPlot& plot, const QString& path) {
    QSvgGenerator generator;
    generator.setFileName(path);
    generator.setSize(plot.size());
    generator.setViewBox(QRect(QPoint(0, 0), plot.size()));
    generator.setTitle(QStringLiteral("Greenfront"));
    QCPPainter painter;
    painter.begin(&generator);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    plot.toPainter(&painter, plot.width(), plot.height());
    painter.end();
}

bool saveAs(QCustomPlot& plot, const QString& ending, const QString& path) {
    if (ending == QStringLiteral("png"))
        return plot.savePng(path, 0, 0, 2.0);
    if (ending == QStringLiteral("pdf"))
        return plot.savePdf(path);
    saveSvg(plot, path);
    return QFileInfo(path).size() > 0;
}

} // namespace

void applyStyle(QCPAxisRect& rect, const PlotTheme& theme) {
    for (auto* axis : rect.axes())
        applyStyle(*axis, theme);
}

void applyStyle(QCustomPlot& plot, const PlotTheme& theme) {
    plot.setBackground(theme.background);
    for (auto* rect : plot.axisRects())
        applyStyle(*rect, theme);
    plot.selectionRect()->setPen(QPen(theme.selected, 1, Qt::DashLine));
    QColor fill = theme.selected;
    fill.setAlpha(36);
    plot.selectionRect()->setBrush(fill);
}

QCPRange padded(double low, double high, bool logarithmic) {
    constexpr double share = 0.06;
    if (logarithmic && low > 0) {
        const double factor = std::pow(high / low, share);
        const double least = 1.05;
        return {low / std::max(factor, least), high * std::max(factor, least)};
    }
    const double span = high - low;
    const double margin = span > 0 ? span * share : std::max(std::abs(high) * 0.05, 1e-6);
    return {low - margin, high + margin};
}

void savePlot(QCustomPlot& plot, const QString& path) {
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending != QStringLiteral("png") && ending != QStringLiteral("svg") && ending != QStringLiteral("pdf"))
        throw Error("write", path.toStdString(), "a plot is saved as PNG, SVG or PDF",
                    "Let the name end in .png, .svg or .pdf");
    writeFileWith(toPath(path), [&](const std::filesystem::path& temporary) {
        if (!saveAs(plot, ending, fromPath(temporary)))
            throw Error("write", path.toStdString(), "the file could not be written",
                        "Choose a folder that you may write to");
    });
}

} // namespace greenfront::ui
