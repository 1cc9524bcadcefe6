// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/made_up_search.h"

#include "core/search/azure_space.h"
#include "core/store/runs.h"
#include "core/store/trials.h"
#include "core/study/tuning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace greenfront::tests {
namespace {

constexpr int steps = 12;
const char* const space = R"({"parameters": [
    {"name": "lr", "type": "float", "distribution": "log", "low": 1e-5, "high": 0.1},
    {"name": "layers", "type": "integer", "low": 1, "high": 6},
    {"name": "optimiser", "type": "categorical", "values": ["adam", "adamw", "sgd"]},
    {"name": "momentum", "type": "float", "low": 0, "high": 0.99, "when": {"optimiser": "sgd"}},
    {"name": "batch", "type": "ordinal", "values": [16, 32, 64, 128]}]})";

/// Lowest at a rate of 0.003; deeper is better and dearer.
double lossOf(const Json& parameters, Rng& rng) {
    const double off = std::log10(parameters.at("lr").get<double>() / 0.003);
    const double depth = parameters.at("layers").get<double>();
    const double sgd =
        parameters.at("optimiser") == "sgd" ? 0.25 - 0.2 * parameters.at("momentum").get<double>() : 0;
    return 0.2 + 0.12 * off * off + 0.4 / depth + sgd + 0.03 * rng.uniform();
}

void addCurves(store::Workspace& workspace, RunId run, double loss, double joules, int last) {
    std::vector<store::SeriesPoint> losses;
    std::vector<store::SeriesPoint> energy;
    for (int step = 1; step <= last; ++step) {
        const double share = static_cast<double>(step) / steps;
        losses.push_back({step, loss + 1.8 * std::exp(-4 * share)});
        energy.push_back({step, joules * share});
    }
    store::putSeries(workspace, run, "loss", losses);
    store::putSeries(workspace, run, "energy_j", energy);
}

store::TrialResult resultOf(int trial, double loss, double joules) {
    using store::TrialOutcome;
    if (trial % 13 == 5)
        return {.outcome = TrialOutcome::Failed, .reason = "it ended with status 1"};
    if (trial > 12 && loss > 0.75)
        return {.outcome = TrialOutcome::Stopped,
                .violation = 0.2,
                .reason = "median: worse than half of the trials at step 5"};
    if (joules > 1500)
        return {.outcome = TrialOutcome::Infeasible,
                .objectives = {loss, joules},
                .violation = joules / 1500 - 1};
    return {.objectives = {loss, joules}};
}

} // namespace

StudyId makeUpSearch(store::Workspace& workspace) {
    study::Tuning tuning{.name = "made-up search", .space = Json::parse(space)};
    tuning.command = {"./train.sh", "{lr}", "{layers}", "{optimiser}", "{momentum}", "{batch}"};
    tuning.objectives = search::objectivesFrom(std::array<std::string, 2>{"min:loss", "min:energy_j"});
    tuning.policy = "median:evaluation_interval=1,delay_evaluation=5";
    const StudyId study = study::putTuning(workspace, tuning);
    const auto parameterSpace = search::readParameterSpace(tuning.space);
    Rng rng(11);
    for (int i = 0; i < madeUpTrials; ++i) {
        const Json parameters = parameterSpace.named(parameterSpace.sample(rng));
        const double loss = lossOf(parameters, rng);
        const double joules =
            180 * parameters.at("layers").get<double>() * (1 + 16 / parameters.at("batch").get<double>());
        const RunId run =
            store::addTrial(workspace, study, static_cast<std::uint64_t>(i), parameters, Json::object());
        const auto result = resultOf(i, loss, joules);
        const bool open = i + 1 == madeUpTrials;
        const bool stopped = result.outcome == store::TrialOutcome::Stopped;
        const int last = open ? 3 : stopped ? 5 : result.outcome == store::TrialOutcome::Failed ? 2 : steps;
        addCurves(workspace, run, loss, joules, last);
        const double spent = joules * last / steps;
        store::addEnergy(workspace, run,
                         {.phase = "trial",
                          .source = "made up",
                          .method = "made up",
                          .provenance = Provenance::Estimated,
                          .seconds = Seconds(spent / 40),
                          .joules = Joules(spent),
                          .low = Joules(spent * 0.8),
                          .high = Joules(spent * 1.2),
                          .at = {}});
        store::addRunSeconds(workspace, run, Seconds(spent / 40));
        if (!open)
            store::endTrial(workspace, run, result);
    }
    return study;
}

} // namespace greenfront::tests
