// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/texts.h"

#include "core/base/text.h"

#include <array>
#include <cmath>
#include <utility>

namespace greenfront::ui {
namespace {

using Title = std::pair<const char*, const char*>;

constexpr std::array<Title, 7> metricTitles{{{"accuracy", "Accuracy"},
                                             {"latency_ms", "Latency"},
                                             {"parameters", "Parameters"},
                                             {"macs", "Multiply-accumulates"},
                                             {"weights_kb", "Weights"},
                                             {"peak_memory_kb", "Peak memory"},
                                             {"energy_mj", "Energy an inference"}}};

constexpr std::array<Title, 9> seriesTitles{{{"loss", "Loss, every step"},
                                             {"loss_epoch", "Loss, mean of the epoch"},
                                             {"accuracy_largest", "Accuracy, largest network"},
                                             {"accuracy_smallest", "Accuracy, smallest network"},
                                             {"learning_rate", "Learning rate"},
                                             {"joules", "Energy so far"},
                                             {"watts", "Power"},
                                             {"hypervolume", "Hypervolume"},
                                             {"front_size", "Points on the front"}}};

template <std::size_t N>
QString titleFrom(const std::array<Title, N>& titles, const std::string& name) {
    for (const auto& [known, title] : titles)
        if (name == known)
            return QString::fromUtf8(title);
    return capitalised(qt(name).replace(QLatin1Char('_'), QLatin1Char(' ')));
}

std::string threeDigits(double value) {
    const double magnitude = std::abs(value);
    return fixedText(value, magnitude >= 99.95    ? 0
                            : magnitude >= 9.995  ? 1
                            : magnitude >= 0.9995 ? 2
                            : magnitude >= 0.0995 ? 3
                                                  : 4);
}

/// Without the unit where the number carries a prefix of its own, as in "1.24 M".
std::string numberOf(double value, const std::string& unit) {
    if (unit == "%")
        return fixedText(value, 2) + " %";
    if (unit == "B")
        return toText(Bytes(value));
    if (unit == "J")
        return toText(Joules(value));
    if (unit == "s")
        return toText(Seconds(value));
    if (unit.empty())
        return shortCount(value);
    return threeDigits(value) + " " + unit;
}

} // namespace

QString qt(const std::string& text) {
    return QString::fromStdString(text);
}
std::filesystem::path toPath(const QString& path) {
    return {path.toStdU16String()};
}
QString fromPath(const std::filesystem::path& path) {
    return QString::fromStdU16String(path.u16string());
}

std::string shortCount(double count) {
    return std::abs(count) < 1000 && count == std::floor(count) ? fixedText(count, 0) : countText(count);
}

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QString metricTitle(const std::string& name) {
    return titleFrom(metricTitles, name);
}
QString seriesTitle(const std::string& name) {
    return titleFrom(seriesTitles, name);
}

QString axisTitle(const Metric& metric) {
    const QString title = metricTitle(metric.name);
    const QString unit = metric.unit.empty() ? QString() : QStringLiteral(" (%1)").arg(qt(metric.unit));
    const QString better = metric.direction == Direction::Minimise ? QStringLiteral("lower is better")
                                                                   : QStringLiteral("higher is better");
    return title + unit + QStringLiteral(" – ") + better;
}

QString valueText(const Metric& metric) {
    return qt(numberOf(metric.value, metric.unit));
}

QString intervalText(const Metric& metric) {
    if (!metric.low || !metric.high)
        return {};
    return QStringLiteral("%1 to %2")
        .arg(qt(numberOf(*metric.low, metric.unit)), qt(numberOf(*metric.high, metric.unit)));
}

QString deviceTitle(const std::string& id, const std::map<std::string, std::string>& titles) {
    if (id.empty())
        return QStringLiteral("any device");
    const auto found = titles.find(id);
    if (found != titles.end() && !found->second.empty())
        return qt(found->second);
    return capitalised(qt(id).replace(QLatin1Char('-'), QLatin1Char(' ')));
}

QString shortDeviceTitle(const std::string& id, const std::map<std::string, std::string>& titles) {
    return deviceTitle(id, titles).section(QStringLiteral(" ("), 0, 0);
}

} // namespace greenfront::ui
