// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/made_up_workspace.h"

#include "core/arch/search_space.h"
#include "core/base/random.h"
#include "core/store/candidates.h"
#include "core/store/runs.h"
#include "core/store/studies.h"
#include "core/study/study.h"

#include <cmath>
#include <vector>

namespace greenfront::tests {
namespace {

constexpr const char* hash = "5eed5eed5eed5eed";
const Shape shape{1, 16, 16};

Metric metric(const std::string& name, double value, const std::string& unit, Direction direction,
              Provenance provenance, double spread, const std::string& method) {
    Metric made{.name = name,
                .value = value,
                .unit = unit,
                .direction = direction,
                .provenance = provenance,
                .low = {},
                .high = {},
                .method = method};
    if (spread > 0) {
        made.low = value * (1 - spread);
        made.high = value * (1 + spread);
    }
    return made;
}

StudyId addStudy(store::Workspace& workspace) {
    const Json samples{6198, 1093, 2007};
    store::putData(workspace, {.hash = hash,
                               .name = "made-up digits",
                               .kind = "builtin",
                               .info = {{"classes", {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}},
                                        {"shape", {shape.channels, shape.height, shape.width}},
                                        {"samples", samples}},
                               .source = "builtin"});
    const study::Study study{.name = "made-up digits",
                             .data = "builtin",
                             .dataHash = hash,
                             .space = arch::defaultSpace(shape, 10),
                             .parameters = defaultsOf(study::studyParameters())};
    return store::addStudy(workspace, study.name, hash, study::toJson(study));
}

RunId addRun(store::Workspace& workspace, StudyId study, const std::string& kind, const std::string& subject,
             double seconds, const Json& parameters = Json::object()) {
    const RunId run = store::addRun(workspace, {.id = {},
                                                .study = study,
                                                .kind = kind,
                                                .subject = subject,
                                                .state = store::RunState::Queued,
                                                .started = {},
                                                .seconds = {},
                                                .parameters = parameters,
                                                .seed = 1,
                                                .versions = Json::object(),
                                                .error = {}});
    store::setRunState(workspace, run, store::RunState::Running);
    store::addRunSeconds(workspace, run, Seconds(seconds));
    store::setRunState(workspace, run, store::RunState::Finished);
    return run;
}

void addCurves(store::Workspace& workspace, RunId run, int epochs, int steps) {
    Rng rng(7);
    std::vector<store::SeriesPoint> loss, mean, largest, smallest, joules;
    for (int step = 1; step <= epochs * steps; ++step)
        loss.push_back({step, 0.08 + 2.1 * std::exp(-3.0 * step / (epochs * steps)) + 0.09 * rng.uniform()});
    for (int epoch = 1; epoch <= epochs; ++epoch) {
        const double share = static_cast<double>(epoch) / epochs;
        mean.push_back({epoch, 0.12 + 2.1 * std::exp(-3.0 * (share - 0.5 / epochs))});
        largest.push_back({epoch, 97.6 - 30 * std::exp(-4.2 * share)});
        smallest.push_back({epoch, 96.2 - 42 * std::exp(-3.6 * share)});
        joules.push_back({epoch, 310.0 * epoch});
    }
    store::putSeries(workspace, run, "loss", loss);
    store::putSeries(workspace, run, "loss_epoch", mean);
    store::putSeries(workspace, run, "accuracy_largest", largest);
    store::putSeries(workspace, run, "accuracy_smallest", smallest);
    store::putSeries(workspace, run, "joules", joules);
    store::addEnergy(workspace, run,
                     {.phase = "training",
                      .source = "processor model",
                      .method = "load times rated power",
                      .provenance = Provenance::Estimated,
                      .seconds = Seconds(60),
                      .joules = Joules(310.0 * epochs),
                      .low = Joules(250.0 * epochs),
                      .high = Joules(380.0 * epochs),
                      .at = {}});
}

void addCandidates(store::Workspace& workspace, StudyId study, int count) {
    const auto space = arch::makeSpace(arch::defaultSpace(shape, 10));
    Rng rng(11);
    for (int i = 0; i < count; ++i) {
        const Genotype genotype = i == 0   ? space->smallest()
                                  : i == 1 ? space->largest()
                                           : space->canonical(space->random(rng));
        const CandidateId id = store::putCandidate(workspace, study, genotype);
        const arch::Costs costs = arch::networkCosts(space->decode(genotype));
        const double size = std::log(costs.macs);
        const double accuracy = 97.9 - 8.5 * std::exp(-1.3 * (size - 13.4)) - 0.7 * rng.uniform();
        const double latency = costs.macs / 9.0e6 * rng.uniform(0.85, 1.15) + 0.11;
        const auto put = [&](const std::string& device, const Metric& made) {
            store::putMetric(workspace, id, device, made);
        };
        put("", metric("accuracy", accuracy, "%", Direction::Maximise, Provenance::Measured, 0.004,
                       "shared weights on 1,093 validation samples"));
        put("", metric("parameters", costs.parameters, "", Direction::Minimise, Provenance::Measured, 0,
                       "counted in the network's layers"));
        put("", metric("macs", costs.macs, "", Direction::Minimise, Provenance::Measured, 0,
                       "counted in the network's layers"));
        put("this-machine", metric("latency_ms", latency, "ms", Direction::Minimise, Provenance::Measured,
                                   0.02, "median of 87 runs on 1 thread"));
        put("raspberry-pi-4", metric("latency_ms", latency * 7.4, "ms", Direction::Minimise,
                                     Provenance::Estimated, 0.4, "roofline of the device's rated numbers"));
    }
}

} // namespace

MadeUp makeUpWorkspace(const std::filesystem::path& path, int candidates, int epochs, int steps) {
    auto workspace = store::Workspace::create(path);
    const StudyId study = addStudy(workspace);
    const RunId training = addRun(workspace, study, "training", "", 61, {{"steps_an_epoch", steps}});
    addCurves(workspace, training, epochs, steps);
    if (candidates > 0) {
        addRun(workspace, study, "search", "this-machine", 34);
        addRun(workspace, study, "search", "raspberry-pi-4", 3);
        addCandidates(workspace, study, candidates);
    }
    return {.study = study, .training = training};
}

study::Front fourPoints() {
    study::Front front{.x = "latency_ms",
                       .y = "accuracy",
                       .device = "this-machine",
                       .deviceTitle = "this-machine",
                       .xMetric = {},
                       .yMetric = {},
                       .points = {}};
    const double accuracies[] = {90, 95, 93, 97};
    for (int i = 0; i < 4; ++i) {
        const Metric latency =
            metric("latency_ms", i + 1, "ms", Direction::Minimise, Provenance::Measured, 0.02, "timed");
        const Metric accuracy = metric("accuracy", accuracies[i], "%", Direction::Maximise,
                                       Provenance::Measured, 0.01, "counted");
        front.points.push_back({.candidate = CandidateId{i + 1},
                                .genotype = {i},
                                .onFront = i != 2,
                                .metrics = {{"latency_ms", latency}, {"accuracy", accuracy}}});
        front.xMetric = latency;
        front.yMetric = accuracy;
    }
    return front;
}

} // namespace greenfront::tests
