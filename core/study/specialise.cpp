// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/specialise.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/devices.h"
#include "core/study/open_study.h"
#include "core/study/predicted_search.h"

#include <algorithm>
#include <charconv>

namespace greenfront::study {
namespace {

constexpr const char* memoryName = "memory_mb";

/// Weights and the largest activations together: what a device has to hold.
void addMemory(std::map<std::string, Metric>& metrics) {
    const auto weights = metrics.find("weights_kb");
    const auto peak = metrics.find("peak_memory_kb");
    if (weights == metrics.end() || peak == metrics.end())
        return;
    constexpr double kilobytes = 1000;
    Metric memory = weights->second;
    memory.name = memoryName;
    memory.value = (weights->second.value + peak->second.value) / kilobytes;
    memory.unit = "MB";
    memory.method = "weights and the largest activations, fp32";
    metrics[memoryName] = memory;
}

const Metric& metricOf(const FrontPoint& point, const std::string& name, const std::string& device) {
    const auto found = point.metrics.find(name);
    if (found != point.metrics.end())
        return found->second;
    std::vector<std::string> names;
    for (const auto& [known, metric] : point.metrics)
        names.push_back(known);
    throw Error("choose", "a network for " + device, "there is no metric '" + name + "'",
                "Known are " + join(names, ", "));
}

bool keeps(const FrontPoint& point, const Limit& limit, const std::string& device) {
    return metricOf(point, limit.metric, device).value <= limit.most;
}

/// Why nothing fits: of each limit the least that there is.
std::string whyNothingFits(const std::vector<FrontPoint>& points, const std::vector<Limit>& limits,
                           const std::string& device) {
    std::string text;
    for (const Limit& limit : limits) {
        const auto least = std::ranges::min(
            points, {}, [&](const FrontPoint& point) { return metricOf(point, limit.metric, device).value; });
        const Metric& metric = metricOf(least, limit.metric, device);
        text += (text.empty() ? "" : ", ") + std::string("the least ") + limit.metric + " is " +
                shortText(metric.value) + (metric.unit.empty() ? "" : " " + metric.unit);
    }
    return text;
}

} // namespace

Limit limitFrom(const std::string& text) {
    const auto parts = split(text, '=');
    Limit limit;
    if (parts.size() == 2) {
        limit.metric = parts[0];
        const auto [end, problem] =
            std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), limit.most);
        if (problem == std::errc() && end == parts[1].data() + parts[1].size() && limit.most > 0 &&
            !limit.metric.empty())
            return limit;
    }
    throw Error("use", "limit " + text, "it is not METRIC=NUMBER above 0", "Give one such as latency_ms=25");
}

Objective objectiveFrom(const std::string& text) {
    const auto parts = split(text, ':');
    if (parts.size() == 2 && !parts[1].empty() && (parts[0] == "max" || parts[0] == "min"))
        return {std::string(parts[1]), parts[0] == "max" ? Direction::Maximise : Direction::Minimise};
    throw Error("use", "objective " + text, "it is not max:METRIC or min:METRIC",
                "Give one such as max:accuracy");
}

void searchDevices(store::Workspace& workspace, StudyId id, const SearchWish& wish, Control& control,
                   const ProgressSink& sink) {
    Study study = withoutBudget(loadStudy(workspace, id));
    std::vector<std::string> ids;
    ids.reserve(wish.devices.size());
    for (const std::string& device : wish.devices)
        ids.push_back(findDevice(workspace, device).id);
    study.parameters["devices"] = join(ids, ",");
    if (wish.evaluations > 0)
        study.parameters["evaluations"] = wish.evaluations;
    OpenStudy open(workspace, id, std::move(study), control, sink);
    const Trained trained = open.trained();
    const CarbonGate gate;
    const PhaseContext context = open.context(gate);
    const auto predictor = wish.predicted ? findPredictor(workspace, id, trained.space()) : std::nullopt;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (predictor && !findDevice(workspace, ids[i]).measured) {
            searchByPredictor(context, trained, *predictor, ids[i], {});
            continue;
        }
        const auto count = static_cast<double>(ids.size());
        searchPhase(context, trained, ids[i], static_cast<double>(i) / count,
                    static_cast<double>(i + 1) / count, ids.size() - i);
    }
    open.progress().report("finished", "every device has its front", 1.0);
}

Choice chooseFor(store::Workspace& workspace, StudyId study, const std::string& device,
                 const std::vector<Limit>& limits, const Objective& objective) {
    Front front = frontOf(workspace, study, "latency_ms", "accuracy", findDevice(workspace, device).id);
    for (FrontPoint& point : front.points)
        addMemory(point.metrics);
    const double sign = objective.direction == Direction::Maximise ? 1 : -1;
    Choice choice{front.device, {}, 0, front.points.size()};
    double best = 0;
    for (const FrontPoint& point : front.points) {
        const bool fits = std::ranges::all_of(
            limits, [&](const Limit& limit) { return keeps(point, limit, front.device); });
        const double score = sign * metricOf(point, objective.metric, front.device).value;
        if (!fits)
            continue;
        if (choice.feasible++ == 0 || score > best) {
            best = score;
            choice.point = point;
        }
    }
    if (choice.feasible == 0)
        throw Error("choose", "a network for " + front.device,
                    "none of " + std::to_string(choice.considered) +
                        " keeps all limits: " + whyNothingFits(front.points, limits, front.device),
                    "Allow more, search more networks with --evaluations, or take another device");
    return choice;
}

} // namespace greenfront::study
