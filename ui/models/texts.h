// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/base/units.h"

#include <QString>

#include <filesystem>
#include <map>
#include <string>

namespace greenfront::ui {

QString qt(const std::string& text);
std::filesystem::path toPath(const QString& path);
QString fromPath(const std::filesystem::path& path);

/// "latency_ms" reads "Latency"; a name that is not known is made readable.
QString metricTitle(const std::string& name);
/// "Latency (ms)"
QString axisTitle(const Metric& metric);
/// The value with its unit, at the precision that its interval or its kind deserves: "97.31 %", "1.24 ms".
QString valueText(const Metric& metric);
/// "1.20 to 1.28 ms (95 %)"; empty where there is no interval.
QString intervalText(const Metric& metric);
/// What people call it, or its id made readable: "old-phone" reads "Old phone".
QString deviceTitle(const std::string& id, const std::map<std::string, std::string>& titles);
/// Without what its title says in parentheses.
QString shortDeviceTitle(const std::string& id, const std::map<std::string, std::string>& titles);
/// "largest network" and the like for a series: "accuracy_largest" reads "Accuracy, largest network".
QString seriesTitle(const std::string& name);
/// A count: whole below a thousand, then with a prefix: "144", "2.30 k".
std::string shortCount(double count);
/// The first letter in upper case.
QString capitalised(QString text);

} // namespace greenfront::ui
