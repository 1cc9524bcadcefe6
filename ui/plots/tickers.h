// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"

#include <qcustomplot.h>

namespace greenfront::ui {

/// Ticks that suit the metric's unit (1.2 M rather than 1200000) and the scale of the axis. A logarithmic
/// axis over less than a decade and a half gets evenly spaced round numbers, as powers of ten would leave
/// it bare. whole: ticks at whole numbers only.
class MetricTicker : public QCPAxisTicker {
public:
    MetricTicker(bool prefixes, bool logarithmic, bool whole = false);

protected:
    QString getTickLabel(double tick, const QLocale& locale, QChar format, int precision) override;
    double getTickStep(const QCPRange& range) override;
    QVector<double> createTickVector(double step, const QCPRange& range) override;

private:
    bool prefixes_, logarithmic_, whole_;
    double step_ = 1;
};

/// Sets scale, ticker and label.
void setUpAxis(QCPAxis& axis, const Metric& metric, bool logarithmic);

} // namespace greenfront::ui
