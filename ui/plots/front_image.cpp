// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/front_image.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "ui/models/no_display.h"
#include "ui/models/texts.h"
#include "ui/plots/front_layers.h"
#include "ui/plots/front_plot.h"
#include "ui/plots/styling.h"
#include "ui/plots/tickers.h"

#include <QBuffer>
#include <QByteArray>

#include <array>
#include <memory>
#include <string>

namespace greenfront::ui {
namespace {

constexpr double scale = 1.5; // larger text than on a screen: the picture ends up in documents

/// Lives until the program ends would leave Qt's globals in disorder, so it lives as long as the picture.
std::unique_ptr<QApplication> applicationIfNone() {
    if (QCoreApplication::instance() != nullptr)
        return nullptr;
    useNoDisplay();
    static int count = 1;
    static std::string name = "greenfront";
    static std::array<char*, 2> arguments{name.data(), nullptr};
    return std::make_unique<QApplication>(count, arguments.data());
}

void addTitle(QCustomPlot& plot, const study::Front& front, const PlotTheme& theme) {
    const QString text = QStringLiteral("Pareto front on %1: %2 candidates")
                             .arg(qt(front.deviceTitle), QString::number(front.points.size()));
    QFont font = plot.font();
    font.setBold(true);
    plot.plotLayout()->insertRow(0);
    auto* title = new QCPTextElement(&plot, text, font); // the layout owns it
    title->setTextColor(theme.text);
    plot.plotLayout()->addElement(0, 0, title);
}

} // namespace

void renderFrontPng(const study::Front& front, const std::filesystem::path& path, int width, int height) {
    const auto application = applicationIfNone();
    QPalette paper;
    paper.setColor(QPalette::Base, Qt::white);
    paper.setColor(QPalette::Text, Qt::black);
    const PlotTheme theme = plotTheme(paper);

    QCustomPlot plot;
    FrontLayers layers(plot);
    applyStyle(plot, theme);
    showLegend(plot);
    styleLegend(*plot.legend, theme);
    layers.setTheme(theme);
    addTitle(plot, front, theme);
    layers.setFront(front);
    setUpAxis(*plot.xAxis, front.xMetric, false);
    setUpAxis(*plot.yAxis, front.yMetric, false);
    fitAxes(plot, front, false, false);

    // Drawn in memory, for the system's own reason if the file cannot be written.
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!plot.toPixmap(static_cast<int>(width / scale), static_cast<int>(height / scale), scale)
             .save(&buffer, "PNG"))
        throw Error("draw", path.string(), "the picture does not fit into memory", "Close other programs");
    writeFile(path, {png.constData(), static_cast<std::size_t>(png.size())});
}

} // namespace greenfront::ui
