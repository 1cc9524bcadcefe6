// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace greenfront::ui {

/// What a series stands for; the plot gives each a colour and a shape of its own.
enum class SeriesRole { Finished, Front, Infeasible, Stopped, Failed, Running, Best };

struct PlotPoint {
    double x = 0, y = 0;  ///< NaN: a gap in a line
    std::int64_t id = -1; ///< of what can be picked
};

struct PlotSeries {
    QString title; ///< for the legend; empty for none
    SeriesRole role = SeriesRole::Finished;
    enum class Form { Points, Steps, Lines } form = Form::Points;
    std::vector<PlotPoint> points{};
};

struct PlotAxis {
    QString title{};
    bool logarithmic = false;
    bool prefixes = false;                           ///< "1.25 M"
    bool whole = false;                              ///< ticks at whole numbers only
    std::vector<std::pair<double, QString>> names{}; ///< instead of numbers
};

/// What an XyPlot draws.
struct PlotData {
    PlotAxis x{}, y{};
    std::vector<PlotSeries> series{};
};

/// One axis of a ParallelPlot, from 0 at the bottom to 1 at the top.
struct ParallelAxis {
    QString title{};
    std::vector<std::pair<double, QString>> ticks{};
};

struct ParallelLine {
    std::vector<double> places{}; ///< one an axis; NaN where it has none
    double shade = -1;            ///< 0 for the best to 1 for the worst; below 0: dimmed
    std::int64_t id = -1;
};

struct ParallelData {
    std::vector<ParallelAxis> axes{};
    std::vector<ParallelLine> lines{};
    std::size_t shaded = 0; ///< the axis that the shades are of
    bool bestAtTop = false; ///< of that axis
};

/// One bar of a BarPlot.
struct Bar {
    QString title;
    double value = 0, low = 0, high = 0;
};

} // namespace greenfront::ui
