// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/candidate_evaluation.h"

#include "core/base/error.h"
#include "core/device/latency.h"
#include "core/nn/model.h"
#include "core/nn/runtime.h"
#include "core/store/candidates.h"
#include "core/train/evaluate.h"

#include <algorithm>
#include <limits>

namespace greenfront::study {
namespace {

Metric countMetric(const std::string& name, double value, const std::string& unit) {
    return {.name = name,
            .value = value,
            .unit = unit,
            .direction = Direction::Minimise,
            .provenance = Provenance::Measured,
            .low = {},
            .high = {},
            .method = "counted in the network's layers"};
}

std::vector<Metric> costMetrics(const arch::Network& network) {
    const arch::Costs costs = arch::networkCosts(network);
    return {countMetric("parameters", costs.parameters, ""), countMetric("macs", costs.macs, ""),
            countMetric("weights_kb", costs.weights.value / 1000.0, "kB"),
            countMetric("peak_memory_kb", costs.peakMemory.value / 1000.0, "kB")};
}

/// Joules of one inference: the device's rated power for the time it takes; at least what it draws when idle,
/// or a quarter of the rated power where that is not known.
Metric energyMetric(const Metric& latency, const device::Profile& device) {
    const double watts = device.power.value;
    const double least = device.idlePower ? std::min(device.idlePower->value, watts) : watts / 4;
    return {.name = "energy_mj",
            .value = latency.value * watts,
            .unit = "mJ",
            .direction = Direction::Minimise,
            .provenance = Provenance::Estimated,
            .low = latency.low.value_or(latency.value) * least,
            .high = latency.high.value_or(latency.value) * watts,
            .method =
                "latency times the rated power of " + toText(device.power) + "; at least of " +
                toText(Watts(least)) +
                (device.idlePower ? ", which it draws when idle" : ", a quarter of it, as an assumption")};
}

/// Says why a network has no latency on a device: it does not fit.
Metric excessMetric(const device::Excess& excess) {
    Metric metric = countMetric("excess_memory_kb", excess.bytes.value / 1000.0, "kB");
    metric.method = excess.reason;
    return metric;
}

const Metric* findMetric(const std::vector<std::pair<std::string, Metric>>& metrics,
                         const std::string& device, const std::string& name) {
    const auto found = std::ranges::find_if(
        metrics, [&](const auto& entry) { return entry.first == device && entry.second.name == name; });
    return found == metrics.end() ? nullptr : &found->second;
}

} // namespace

CandidateEvaluation::CandidateEvaluation(const PhaseContext& context, const Trained& trained,
                                         const std::vector<std::string>& devices)
    : context_(context),
      trained_(trained),
      costName_(context.study.parameters.at("cost_objective").get<std::string>()),
      carbon_(carbonSettings(context.study)),
      training_(accountOf(context.workspace, context.id).only([](const store::RunRow& run) {
          return run.kind == trainingKind;
      })) {
    for (const std::string& id : devices)
        if (device::Profile profile = findDevice(context.workspace, id); !profile.measured) {
            auto model = latencyModelOf(context.workspace, profile);
            described_.push_back({std::move(profile), std::move(model)});
        }
}

double CandidateEvaluation::costOf(const Metrics& known, const device::Profile& device) const {
    std::map<std::string, Metric> metrics;
    for (const auto& [id, metric] : known)
        if (id.empty() || id == device.id)
            metrics[metric.name] = metric;
    if (const auto stored = metrics.find(costName_); stored != metrics.end())
        return stored->second.value;
    const auto life = lifecycleInput(carbon_, training_, device, metrics);
    if (!life)
        throw Error("search", "for less " + costName_ + " on " + device.title,
                    "the energy of an inference there is not known", "Search for less latency_ms instead");
    constexpr double millijoulesPerJoule = 1000.0;
    if (costName_ == "energy_mj")
        return life->perInference.value.value * millijoulesPerJoule;
    return energy::lifecycleOf(*life).total().value.value;
}

CandidateEvaluation::Metrics CandidateEvaluation::judgement(const arch::Model& model,
                                                            const Genotype& genotype) const {
    const train::Accuracy accuracy =
        train::evaluate(nn::Model(model), *context_.dataset, data::Part::Validation, false, context_.control);
    Metrics metrics{{"", train::accuracyMetric(accuracy, data::Part::Validation)}};
    for (const Metric& cost : costMetrics(trained_.space().decode(genotype)))
        metrics.emplace_back("", cost);
    return metrics;
}

Metric CandidateEvaluation::measured(const arch::Model& model) const {
    const Json& parameters = context_.study.parameters;
    const nn::Model runnable(model);
    const int threads = parameters.at("inference_threads").get<int>();
    const nn::OperatorThreads operatorThreads(threads);
    const device::MeasureOptions options{.precision = parameters.at("latency_precision").get<double>(),
                                         .limit = Seconds(parameters.at("latency_limit").get<double>()),
                                         .threads = threads};
    Metric latency = device::latencyMetric(
        device::measureLatency([&] { runnable.inferOnce(); }, options, context_.control));
    latency.method += ", " + nn::libraryVersion();
    return latency;
}

CandidateEvaluation::Metrics CandidateEvaluation::latencies(const arch::Model& model,
                                                            const arch::Network& network,
                                                            const device::Profile& device) const {
    Metrics metrics;
    const auto add = [&](const device::Profile& profile, const Metric& latency) {
        metrics.emplace_back(profile.id, latency);
        if (profile.power.value > 0)
            metrics.emplace_back(profile.id, energyMetric(latency, profile));
    };
    if (device.measured)
        add(device, measured(model));
    // What is not measured costs nothing, so every candidate gets it for every described device of the study.
    for (const auto& [profile, latency] : described_) {
        if (const auto excess = device::excessOf(network, profile))
            metrics.emplace_back(profile.id, excessMetric(*excess));
        else
            add(profile, device::latencyMetric(latency->of(model.network)));
    }
    return metrics;
}

CandidateEvaluation::Result CandidateEvaluation::evaluate(const Genotype& genotype,
                                                          const device::Profile& device, RunLog& log) {
    store::Workspace& workspace = context_.workspace;
    const CandidateId candidate = store::putCandidate(workspace, context_.id, genotype);
    const arch::Network network = trained_.space().decode(genotype);
    if (const auto excess = device::excessOf(network, device)) {
        store::putMetric(workspace, candidate, device.id, excessMetric(*excess));
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        return {.candidate = candidate, .accuracy = none, .cost = none, .fits = false};
    }
    auto known = store::metricsOf(workspace, candidate);
    const bool needsAccuracy = !findMetric(known, "", "accuracy");
    const bool needsLatency = !findMetric(known, device.id, "latency_ms");
    if (needsAccuracy || needsLatency) {
        const arch::Model model = trained_.model(genotype);
        Metrics found;
        if (needsAccuracy)
            found = judgement(model, genotype);
        log.account("search");
        if (needsLatency)
            std::ranges::copy(latencies(model, network, device), std::back_inserter(found));
        if (device.measured)
            log.account("measuring");
        for (const auto& [id, metric] : found)
            store::putMetric(workspace, candidate, id, metric);
        known.insert(known.end(), found.begin(), found.end());
    }
    return {candidate, findMetric(known, "", "accuracy")->value, costOf(known, device), needsAccuracy};
}

double CandidateEvaluation::judge(const Genotype& genotype, RunLog& log) {
    store::Workspace& workspace = context_.workspace;
    const CandidateId candidate = store::putCandidate(workspace, context_.id, genotype);
    const auto known = store::metricsOf(workspace, candidate);
    if (const Metric* accuracy = findMetric(known, "", "accuracy"))
        return accuracy->value;
    const Metrics found = judgement(trained_.model(genotype), genotype);
    log.account("search");
    for (const auto& [device, metric] : found)
        store::putMetric(workspace, candidate, device, metric);
    return findMetric(found, "", "accuracy")->value;
}

} // namespace greenfront::study
