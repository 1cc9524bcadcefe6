// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/tickers.h"

#include "ui/models/texts.h"
#include "ui/plots/tick_text.h"

#include <algorithm>
#include <cmath>

namespace greenfront::ui {
namespace {

constexpr double widthForDecades = 30; // upper over lower, from where powers of ten make enough ticks

bool isWide(const QCPRange& range) {
    return range.lower > 0 && range.upper / range.lower >= widthForDecades;
}

/// 1, 2 and 5 times the powers of ten; only the powers where the range spans many of them.
QVector<double> decades(const QCPRange& range) {
    QVector<double> ticks;
    const int first = static_cast<int>(std::floor(std::log10(range.lower)));
    const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
    for (int exponent = first; exponent <= last; ++exponent) {
        const double power = std::pow(10.0, exponent);
        ticks << power;
        if (last - first <= 4)
            ticks << 2 * power << 5 * power;
    }
    return ticks;
}

} // namespace

MetricTicker::MetricTicker(bool prefixes, bool logarithmic, bool whole)
    : prefixes_(prefixes), logarithmic_(logarithmic), whole_(whole) {}

double MetricTicker::getTickStep(const QCPRange& range) {
    step_ = QCPAxisTicker::getTickStep(range);
    if (whole_)
        step_ = std::max(1.0, std::ceil(step_));
    return step_;
}

QVector<double> MetricTicker::createTickVector(double step, const QCPRange& range) {
    return logarithmic_ && isWide(range) ? decades(range) : QCPAxisTicker::createTickVector(step, range);
}

QString MetricTicker::getTickLabel(double tick, const QLocale& /*locale*/, QChar /*format*/,
                                   int /*precision*/) {
    return tickText(tick, logarithmic_ ? std::min(step_, std::abs(tick)) : step_, prefixes_);
}

void setUpAxis(QCPAxis& axis, const Metric& metric, bool logarithmic) {
    const bool prefixes = metric.unit.empty() || metric.unit == "B" || metric.unit == "J";
    axis.setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis.setTicker(QSharedPointer<QCPAxisTicker>(new MetricTicker(prefixes, logarithmic)));
    axis.setLabel(axisTitle(metric));
}

} // namespace greenfront::ui
