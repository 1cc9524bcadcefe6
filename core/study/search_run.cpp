// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/search_run.h"

#include "core/study/versions.h"

namespace greenfront::study {
namespace {

constexpr const char* predictedKey = "predicted";

} // namespace

bool isPredicted(const store::RunRow& run) {
    return run.parameters.contains(predictedKey);
}

search::Nsga2 makeSearch(const Study& study, const arch::SearchSpace& space) {
    std::vector<int> choices;
    for (const arch::Gene& gene : space.genes())
        choices.push_back(static_cast<int>(gene.values.size()));
    search::Nsga2Options options{.population = study.parameters.at("population").get<int>(), .mutation = {}};
    search::Nsga2 nsga2(choices, {Direction::Maximise, Direction::Minimise}, options,
                        study.parameters.at("seed").get<std::uint64_t>(),
                        [&space](Genotype genotype) { return space.canonical(std::move(genotype)); });
    nsga2.seedWith({space.smallest(), space.largest()});
    return nsga2;
}

store::RunRow searchRun(const PhaseContext& context, const std::string& device, int predicted) {
    Json parameters{{"device", device}};
    if (predicted > 0)
        parameters[predictedKey] = predicted;
    for (const char* key : {"evaluations", "population", "cost_objective", "calibration_images",
                            "latency_precision", "latency_limit", "inference_threads"})
        parameters[key] = context.study.parameters.at(key);
    return findOrAddRun(context.workspace, {.study = context.id,
                                            .kind = searchKind,
                                            .subject = device,
                                            .started = {},
                                            .parameters = parameters,
                                            .seed = context.study.parameters.at("seed").get<std::uint64_t>(),
                                            .versions = versionsNow(),
                                            .error = {}});
}

} // namespace greenfront::study
