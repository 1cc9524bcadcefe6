// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/search/pareto.h"
#include "core/store/candidates.h"
#include "core/study/carbon.h"
#include "core/study/devices.h"
#include "core/study/results.h"

#include <algorithm>
#include <array>
#include <set>

namespace greenfront::study {
namespace {

std::string listOf(const std::vector<std::string>& names) {
    return names.empty() ? "none yet" : join(names, ", ");
}

using MetricsByCandidate = std::map<CandidateId, std::map<std::string, Metric>>;

/// What is stored, and what follows from it under the study's assumptions.
MetricsByCandidate allMetrics(store::Workspace& workspace, StudyId study, const std::string& device) {
    MetricsByCandidate metrics = store::metricsFor(workspace, study, device);
    addLifecycle(workspace, study, device, metrics);
    return metrics;
}

std::vector<std::string> namesIn(const MetricsByCandidate& metrics) {
    std::set<std::string> names;
    for (const auto& [candidate, own] : metrics)
        for (const auto& [name, metric] : own)
            names.insert(name);
    return {names.begin(), names.end()};
}

void requireKnown(const MetricsByCandidate& metrics, const std::string& metric, const std::string& device) {
    const auto names = namesIn(metrics);
    if (std::ranges::find(names, metric) == names.end())
        throw Error("show", "the front", "no candidate has a metric '" + metric + "' for " + device,
                    "Known are " + listOf(names));
}

void markFront(Front& front) {
    std::vector<search::Point> points;
    for (const FrontPoint& point : front.points)
        points.push_back({point.metrics.at(front.x).value, point.metrics.at(front.y).value});
    const std::array directions{front.xMetric.direction, front.yMetric.direction};
    for (const std::size_t index : search::paretoFront(points, directions))
        front.points[index].onFront = true;
}

} // namespace

std::vector<std::string> metricNames(store::Workspace& workspace, StudyId study, const std::string& device) {
    return namesIn(allMetrics(workspace, study, device));
}

Front frontOf(store::Workspace& workspace, StudyId study, const std::string& x, const std::string& y,
              const std::string& device) {
    const auto devices = store::devicesOf(workspace, study);
    if (std::ranges::find(devices, device) == devices.end())
        throw Error("show", "the front", "no candidate has metrics for the device '" + device + "'",
                    "Known are " + listOf(devices));
    auto metrics = allMetrics(workspace, study, device);
    requireKnown(metrics, x, device);
    requireKnown(metrics, y, device);
    const DeviceTitles titles = deviceTitles(workspace);
    Front front{.x = x,
                .y = y,
                .device = device,
                .deviceTitle = titles.contains(device) ? titles.at(device) : device,
                .xMetric = {},
                .yMetric = {},
                .points = {}};
    for (const store::CandidateRow& row : store::candidatesOf(workspace, study)) {
        auto& own = metrics[row.id];
        if (!own.contains(x) || !own.contains(y))
            continue;
        front.xMetric = own.at(x);
        front.yMetric = own.at(y);
        front.points.push_back({row.id, row.genotype, false, std::move(own)});
    }
    std::ranges::stable_sort(front.points, {},
                             [&](const FrontPoint& point) { return point.metrics.at(x).value; });
    markFront(front);
    return front;
}

Json toJson(const Front& front) {
    Json points = Json::array();
    for (const FrontPoint& point : front.points) {
        Json metrics = Json::object();
        for (const auto& [name, metric] : point.metrics) {
            metrics[name] = {{"value", metric.value},
                             {"unit", metric.unit},
                             {"provenance", toText(metric.provenance)},
                             {"low", metric.low ? Json(*metric.low) : Json()},
                             {"high", metric.high ? Json(*metric.high) : Json()},
                             {"method", metric.method}};
        }
        points.push_back({{"candidate", point.candidate.value},
                          {"genotype", point.genotype},
                          {"on_front", point.onFront},
                          {"metrics", metrics}});
    }
    return {{"x", front.x}, {"y", front.y}, {"device", front.device}, {"points", points}};
}

} // namespace greenfront::study
