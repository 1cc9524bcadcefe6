// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/predicted_search.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/device/runnable.h"
#include "core/store/candidates.h"
#include "core/study/candidate_evaluation.h"
#include "core/study/devices.h"
#include "core/study/search_run.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::study {
namespace {

/// What is found by predictions: accuracy and latency of each network that was asked for.
search::Nsga2 searchPredictions(const PhaseContext& context, const arch::SearchSpace& space,
                                const StudyPredictor& predictor, const device::Profile& device,
                                int evaluations) {
    constexpr std::size_t batch = 100; // the products of a batch are efficient
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    const auto latencies = latencyModelOf(context.workspace, device);
    search::Nsga2 nsga2 = makeSearch(context.study, space);
    const auto wanted = static_cast<std::size_t>(evaluations);
    while (nsga2.told().size() < wanted) {
        context.control.checkpoint();
        std::vector<Genotype> asked;
        while (asked.size() < std::min(batch, wanted - nsga2.told().size())) {
            Genotype genotype = nsga2.ask();
            if (genotype.empty())
                break; // the space holds no network that was not tried
            asked.push_back(std::move(genotype));
        }
        if (asked.empty())
            break;
        const auto predictions = predictor.ensemble.predict(asked);
        for (std::size_t i = 0; i < asked.size(); ++i) {
            const arch::Network network = space.decode(asked[i]);
            if (device::excessOf(network, device))
                nsga2.tell(asked[i], {none, none});
            else
                nsga2.tell(asked[i],
                           {predictions[i].accuracy, latencies->of(device::asRun(network)).median.value});
        }
    }
    return nsga2;
}

/// Of the front that was found, ascending in accuracy and latency.
std::vector<Genotype> frontWithin(const search::Nsga2& nsga2, const std::optional<Seconds>& most) {
    std::vector<search::Point> points;
    std::vector<Genotype> fitting;
    for (const auto& [genotype, objectives] : nsga2.told())
        if (!std::isnan(objectives.front())) {
            points.push_back(objectives);
            fitting.push_back(genotype);
        }
    const std::vector<Direction> directions{Direction::Maximise, Direction::Minimise};
    std::vector<Genotype> front;
    for (const std::size_t i : search::paretoFront(points, directions))
        if (!most || points[i][1] <= most->value)
            front.push_back(fitting[i]);
    return front;
}

std::vector<Genotype> chosenOf(const std::vector<Genotype>& front, const PredictedSearch& wish) {
    const std::size_t count = std::min(front.size(), static_cast<std::size_t>(wish.judged));
    if (wish.most || count == front.size())
        return {front.end() - static_cast<std::ptrdiff_t>(count), front.end()};
    std::vector<Genotype> chosen;
    chosen.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        chosen.push_back(front[count == 1 ? front.size() - 1 : i * (front.size() - 1) / (count - 1)]);
    return chosen;
}

} // namespace

void searchByPredictor(const PhaseContext& context, const Trained& trained, const StudyPredictor& predictor,
                       const std::string& id, const PredictedSearch& wish) {
    const device::Profile device = findDevice(context.workspace, id);
    requireRoom(trained.space(), device);
    if (device.measured)
        throw Error("search", "for " + device.title + " by predictions", "its latency has to be measured",
                    "Search it by the shared weights");
    const store::RunRow run = searchRun(context, id, wish.evaluations);
    if (run.state == store::RunState::Finished)
        return;
    RunLog log(context.workspace, run.id, context.recorder, context.progress);
    const search::Nsga2 nsga2 =
        searchPredictions(context, trained.space(), predictor, device, wish.evaluations);
    log.account("search");
    CandidateEvaluation evaluation(context, trained, {id});
    const std::vector<Genotype> chosen = chosenOf(frontWithin(nsga2, wish.most), wish);
    if (chosen.empty())
        throw Error("search", "for " + device.title,
                    "no network takes less than " + shortText(wish.most->value * 1e3) + " ms there",
                    "Allow more");
    for (const Genotype& genotype : chosen) {
        context.control.checkpoint();
        store::Transaction transaction(context.workspace);
        const auto result = evaluation.evaluate(genotype, device, log);
        store::addEvaluation(context.workspace, run.id, result.candidate,
                             search::Point{result.accuracy, result.cost});
        transaction.commit();
    }
    log.account("search");
    log.finish(std::to_string(nsga2.told().size()) + " networks by predicted accuracy, " +
               std::to_string(chosen.size()) + " of them judged");
}

} // namespace greenfront::study
