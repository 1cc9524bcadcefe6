// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/predictions.h"

#include "core/device/profile.h"
#include "core/store/blobs.h"
#include "core/store/candidates.h"
#include "core/store/studies.h"
#include "core/study/cost.h"
#include "core/study/phases.h"
#include "core/study/search_run.h"
#include "core/study/versions.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace greenfront::study {
namespace {

bool sameMachine(const Json& a, const Json& b) {
    return std::ranges::all_of(std::array{"processor", "hardware_threads", "engine"}, [&](const char* key) {
        return a.is_object() && b.is_object() && a.value(key, Json()) == b.value(key, Json());
    });
}

/// The workloads of a workspace's studies, each computed once. A study that this version cannot read, or
/// without its data set's size, has none.
class Workloads {
public:
    explicit Workloads(store::Workspace& workspace) : workspace_(workspace) {}

    struct Known {
        Workload load;
        int threads = 0; ///< as set in the study
    };
    const std::optional<Known>& of(StudyId id) {
        const auto [place, isNew] = known_.try_emplace(id);
        if (isNew)
            place->second = compute([&] { return loadStudy(workspace_, id); });
        return place->second;
    }
    std::optional<Known> of(const Study& study) {
        return compute([&] { return study; });
    }

private:
    template <class Load>
    std::optional<Known> compute(Load load) {
        try {
            const Study study = load();
            const auto data = store::findData(workspace_, study.dataHash);
            if (!data)
                return std::nullopt;
            return Known{workloadOf(study, data->info.at("samples").get<std::array<std::size_t, 3>>()),
                         study.parameters.at("threads").get<int>()};
        } catch (const std::exception&) { // teaches nothing, and is no reason to end a run
            return std::nullopt;
        }
    }

    store::Workspace& workspace_;
    std::map<StudyId, std::optional<Known>> known_;
};

struct Done {
    double units = 0; ///< epochs or networks
    energy::Work work;
};

bool isMeasured(const std::string& device) {
    const auto& devices = device::knownDevices();
    const auto found = std::ranges::find(devices, device, &device::Profile::id);
    return found != devices.end() && found->measured;
}

/// Is it the first search of its study, so that no network was judged before?
bool isFirst(store::Workspace& workspace, const store::RunRow& run) {
    for (const store::RunRow& other : store::runsOf(workspace, run.study))
        if (other.kind == searchKind)
            return other.subject == run.subject;
    return true;
}

Done doneBy(store::Workspace& workspace, const store::RunRow& run, const Workload& load) {
    if (run.kind == trainingKind) {
        const auto losses = store::series(workspace, run.id, "loss");
        const auto epochs = static_cast<double>(store::series(workspace, run.id, "loss_epoch").size());
        return {epochs, trainingWork(load, static_cast<double>(losses.size()), epochs)};
    }
    const auto networks = static_cast<double>(store::evaluationsOf(workspace, run.id).size());
    return {networks, searchWork(load, networks, isMeasured(run.subject), isFirst(workspace, run))};
}

std::vector<energy::PastRun> pastRuns(store::Workspace& workspace, Workloads& loads, const std::string& kind,
                                      int threads) {
    const Json here = versionsNow();
    std::vector<energy::PastRun> past;
    for (const store::RunRow& run : store::allRuns(workspace)) {
        if (run.kind != kind || run.state != store::RunState::Finished || isPredicted(run) ||
            !sameMachine(run.versions, here))
            continue;
        const auto& known = loads.of(run.study);
        if (!known || known->threads != threads)
            continue;
        const Cost cost = costOf(workspace, run);
        past.push_back({doneBy(workspace, run, known->load).work, cost.joules, cost.seconds});
    }
    return past;
}

double leftOfTraining(store::Workspace& workspace, const store::RunRow& run, int epochs) {
    const auto blob = store::findBlob(workspace, run.id, checkpointName);
    return blob ? std::clamp(1.0 - blob->meta.value("epoch", 0.0) / epochs, 0.0, 1.0) : 1.0;
}

/// Joules of the first epoch times their number; 0 where there is none, as in a search.
double naiveOf(store::Workspace& workspace, const store::RunRow& run, double planned) {
    const auto joules = store::series(workspace, run.id, "joules");
    return joules.empty() ? 0.0 : joules.front().value * planned;
}

/// runs: the study's own, so far
std::vector<Expectation> expectedOf(store::Workspace& workspace, const Study& study,
                                    const std::vector<store::RunRow>& runs) {
    Workloads loads(workspace);
    const auto known = loads.of(study);
    const auto runOf = [&](const std::string& kind, const std::string& subject) {
        return std::ranges::find_if(
            runs, [&](const store::RunRow& run) { return run.kind == kind && run.subject == subject; });
    };
    std::vector<Expectation> list;
    const auto expect = [&](Expectation one, const energy::Work& guess, const energy::Work& work) {
        const auto run = runOf(one.kind, one.subject);
        if (run != runs.end()) {
            if (run->state == store::RunState::Finished)
                return;
            one.left = one.kind == trainingKind
                           ? leftOfTraining(workspace, *run, one.planned)
                           : 1.0 - static_cast<double>(store::evaluationsOf(workspace, run->id).size()) /
                                       one.planned;
        }
        if (known)
            one.cost =
                energy::forecastFromPast(pastRuns(workspace, loads, one.kind, known->threads), work, guess);
        list.push_back(std::move(one));
    };
    const int epochs = study.parameters.at("epochs").get<int>();
    const int networks = study.parameters.at("evaluations").get<int>();
    const Workload load = known ? known->load : Workload{};
    expect({.kind = trainingKind, .subject = {}, .planned = epochs, .left = 1, .cost = {}}, trainingGuess(),
           trainingWork(load, load.stepsAnEpoch * epochs, epochs));
    bool first = true;
    for (const std::string& device : devicesOf(workspace, study)) {
        expect({.kind = searchKind, .subject = device, .planned = networks, .left = 1, .cost = {}},
               searchGuess(), searchWork(load, networks, isMeasured(device), first));
        first = false;
    }
    return list;
}

} // namespace

std::vector<Expectation> expectationsOf(store::Workspace& workspace, StudyId id) {
    return expectedOf(workspace, loadStudy(workspace, id), store::runsOf(workspace, id));
}

std::vector<Expectation> expectationsOf(store::Workspace& workspace, const Study& study) {
    return expectedOf(workspace, study, {});
}

std::optional<energy::CostForecast> leftOf(const std::vector<Expectation>& expectations) {
    energy::CostForecast sum;
    const auto add = [](energy::Forecast& to, const energy::Forecast& more, double share) {
        to.value += more.value * share;
        to.low += more.low * share;
        to.high += more.high * share;
    };
    for (const Expectation& one : expectations) {
        if (!one.cost)
            return std::nullopt;
        add(sum.joules, one.cost->joules, one.left);
        add(sum.seconds, one.cost->seconds, one.left);
        sum.method = one.cost->method;
    }
    return sum;
}

std::optional<std::chrono::seconds> plannedDuration(const std::optional<energy::CostForecast>& left,
                                                    const Study& study) {
    double seconds = study.parameters.at("budget_seconds").get<double>();
    if (left)
        seconds = seconds > 0 ? std::min(seconds, left->seconds.value) : left->seconds.value;
    if (!(seconds > 0))
        return std::nullopt;
    return std::chrono::seconds(static_cast<std::int64_t>(std::ceil(seconds)));
}

Cost costOf(store::Workspace& workspace, const store::RunRow& run) {
    Cost cost{{}, run.seconds};
    for (const store::EnergyRow& row : store::energyTotals(workspace, run.id))
        cost.joules += row.joules;
    return cost;
}

void keepPrediction(store::Workspace& workspace, RunId run, const std::string& kind, double share,
                    int planned, const energy::CostForecast& forecast) {
    store::putPrediction(workspace, {.run = run,
                                     .kind = kind,
                                     .share = share,
                                     .planned = planned,
                                     .joules = Joules(forecast.joules.value),
                                     .joulesLow = Joules(forecast.joules.low),
                                     .joulesHigh = Joules(forecast.joules.high),
                                     .seconds = Seconds(forecast.seconds.value),
                                     .secondsLow = Seconds(forecast.seconds.low),
                                     .secondsHigh = Seconds(forecast.seconds.high),
                                     .correction = forecast.correction,
                                     .method = forecast.method,
                                     .at = {}});
}

energy::CostForecast keepProfile(store::Workspace& workspace, RunId run, double share, int planned,
                                 const energy::CostForecast& forecast) {
    for (const store::PredictionRow& row : store::predictionsOf(workspace, run))
        if (row.kind == beforeKind && row.planned == planned) {
            const energy::CostForecast before{
                .joules = {row.joules.value, row.joulesLow.value, row.joulesHigh.value},
                .seconds = {row.seconds.value, row.secondsLow.value, row.secondsHigh.value},
                .method = row.method};
            energy::CostForecast both = energy::combined(forecast, before);
            keepPrediction(workspace, run, profileKind, share, planned, both);
            return both;
        }
    keepPrediction(workspace, run, profileKind, share, planned, forecast);
    return forecast;
}

void keepExpectation(store::Workspace& workspace, const store::RunRow& run) {
    if (!run.started.empty()) // too late to be before
        return;
    for (const Expectation& one : expectationsOf(workspace, run.study))
        if (one.kind == run.kind && one.subject == run.subject && one.cost)
            keepPrediction(workspace, run.id, beforeKind, 0, one.planned, *one.cost);
}

std::vector<PredictionCheck> predictionChecks(store::Workspace& workspace) {
    Workloads loads(workspace);
    std::vector<PredictionCheck> checks;
    for (const store::PredictionRow& row : store::allPredictions(workspace)) {
        PredictionCheck check{*store::findRun(workspace, row.run), row, {}, {}, {}};
        const auto& known = loads.of(check.run.study);
        const Done done = doneBy(workspace, check.run, known ? known->load : Workload{});
        const Cost cost = costOf(workspace, check.run);
        if (check.run.state == store::RunState::Finished && cost.joules.value > 0 &&
            done.units == static_cast<double>(row.planned)) {
            check.joules = {{row.joules.value, row.joulesLow.value, row.joulesHigh.value}, cost.joules.value};
            check.seconds = {{row.seconds.value, row.secondsLow.value, row.secondsHigh.value},
                             cost.seconds.value};
            if (const double naive = naiveOf(workspace, check.run, done.units); naive > 0)
                check.naiveErrorPercent = 100.0 * (naive - cost.joules.value) / cost.joules.value;
        }
        checks.push_back(std::move(check));
    }
    return checks;
}

std::vector<PredictionSummary> summariesOf(const std::vector<PredictionCheck>& checks) {
    std::vector<PredictionSummary> summaries;
    for (const char* kind : {beforeKind, profileKind}) {
        std::vector<energy::Outcome> joules;
        std::vector<energy::Outcome> seconds;
        std::vector<double> naive;
        for (const PredictionCheck& check : checks) {
            if (check.prediction.kind != kind || !check.joules || !check.seconds)
                continue;
            joules.push_back(*check.joules);
            seconds.push_back(*check.seconds);
            if (check.naiveErrorPercent)
                naive.push_back(*check.naiveErrorPercent);
        }
        if (const auto calibration = energy::calibrationOf(joules))
            summaries.push_back({kind, *calibration, energy::calibrationOf(seconds).value(),
                                 energy::medianMagnitude(std::move(naive))});
    }
    return summaries;
}

std::vector<double> pastErrors(store::Workspace& workspace, const std::string& runKind,
                               const std::string& predictionKind) {
    const Json here = versionsNow();
    std::vector<double> errors;
    for (const PredictionCheck& check : predictionChecks(workspace))
        if (check.run.kind == runKind && check.prediction.kind == predictionKind && check.joules &&
            check.joules->forecast.value > 0 && sameMachine(check.run.versions, here))
            errors.push_back(
                std::log(check.joules->actual * check.prediction.correction / check.joules->forecast.value));
    return errors;
}

} // namespace greenfront::study
