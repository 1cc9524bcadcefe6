// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/search/nsga2.h"
#include "core/store/candidates.h"
#include "core/study/candidate_evaluation.h"
#include "core/study/versions.h"

#include <algorithm>

namespace greenfront::study {
namespace {

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

store::RunRow searchRun(const PhaseContext& context, const std::string& device) {
    Json parameters{{"device", device}};
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

} // namespace

std::vector<std::string> devicesOf(const Study& study) {
    std::vector<std::string> devices;
    const auto text = study.parameters.at("devices").get<std::string>();
    for (const std::string_view part : split(text, ',')) {
        const std::string id(trimmed(part));
        if (!id.empty() && std::ranges::find(devices, id) == devices.end())
            devices.push_back(device::findDevice(id).id);
    }
    if (devices.empty())
        throw Error("search", "for no device", "the parameter 'devices' is empty",
                    "Name one, such as this-machine");
    return devices;
}

void searchPhase(const PhaseContext& context, const Trained& trained, const std::string& device,
                 double firstFraction, double lastFraction) {
    const store::RunRow run = searchRun(context, device);
    if (run.state == store::RunState::Finished)
        return;
    search::Nsga2 nsga2 = makeSearch(context.study, trained.space());
    auto told = store::evaluationsOf(context.workspace, run.id);
    for (const auto& [genotype, objectives] : told)
        nsga2.tell(genotype, objectives);

    RunLog log(context.workspace, run.id, context.recorder, context.progress);
    CandidateEvaluation evaluation(context, trained, devicesOf(context.study));
    const device::Profile& profile = device::findDevice(device);
    const auto budget = context.study.parameters.at("evaluations").get<std::size_t>();
    try {
        for (std::size_t i = told.size(); i < budget; ++i) {
            context.control.checkpoint();
            context.progress.report("search",
                                    profile.title + ", network " + std::to_string(i + 1) + " of " +
                                        std::to_string(budget),
                                    firstFraction + (lastFraction - firstFraction) * static_cast<double>(i) /
                                                        static_cast<double>(budget));
            const Genotype genotype = nsga2.ask();
            if (genotype.empty())
                break; // the space holds no network that was not tried
            store::Transaction transaction(context.workspace);
            const auto result = evaluation.evaluate(genotype, profile, log);
            const search::Point objectives{result.accuracy, result.cost};
            store::addEvaluation(context.workspace, run.id, result.candidate, objectives);
            transaction.commit();
            nsga2.tell(genotype, objectives);
        }
        log.account("search");
        log.finish();
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        log.fail(error.what());
        throw;
    }
}

} // namespace greenfront::study
