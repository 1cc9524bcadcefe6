// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/predicted_search.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/device/runnable.h"
#include "core/store/blobs.h"
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

/// A network with what is predicted of it.
struct Predicted {
    Genotype genotype;
    double accuracy = 0;
    Seconds latency{};
};

/// What was found that nothing dominates, ascending in accuracy and latency.
std::vector<Predicted> frontOf(const search::Nsga2& nsga2) {
    std::vector<search::Point> points;
    std::vector<Genotype> fitting;
    for (const auto& [genotype, objectives] : nsga2.told())
        if (!std::isnan(objectives.front())) {
            points.push_back(objectives);
            fitting.push_back(genotype);
        }
    const std::vector<Direction> directions{Direction::Maximise, Direction::Minimise};
    const auto indices = search::paretoFront(points, directions);
    std::vector<Predicted> front;
    front.reserve(indices.size());
    for (const std::size_t i : indices)
        front.push_back({fitting[i], points[i][0], Seconds(points[i][1])});
    return front;
}

std::vector<Genotype> spreadOver(const std::vector<Predicted>& front, std::size_t most) {
    const std::size_t count = std::min(front.size(), most);
    std::vector<Genotype> chosen;
    chosen.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        chosen.push_back(
            front[count == 1 ? front.size() - 1 : i * (front.size() - 1) / (count - 1)].genotype);
    return chosen;
}

/// Throws Error for a device that is measured.
device::Profile estimatedDevice(const PhaseContext& context, const Trained& trained, const std::string& id) {
    device::Profile device = findDevice(context.workspace, id);
    requireRoom(trained.space(), device);
    if (device.measured)
        throw Error("search", "for " + device.title + " by predictions", "its latency has to be measured",
                    "Search it by the shared weights");
    return device;
}

} // namespace

void searchByPredictor(const PhaseContext& context, const Trained& trained, const StudyPredictor& predictor,
                       const std::string& id, const PredictedSearch& wish) {
    const device::Profile device = estimatedDevice(context, trained, id);
    const store::RunRow run = searchRun(context, id, wish.evaluations);
    if (run.state == store::RunState::Finished)
        return;
    RunLog log(context.workspace, run.id, context.recorder, context.progress);
    const search::Nsga2 nsga2 =
        searchPredictions(context, trained.space(), predictor, device, wish.evaluations);
    log.account("search");
    CandidateEvaluation evaluation(context, trained, {id});
    const auto chosen = spreadOver(frontOf(nsga2), static_cast<std::size_t>(wish.judged));
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

Genotype specialiseByPredictor(const PhaseContext& context, const Trained& trained,
                               const StudyPredictor& predictor, const std::string& id, Seconds most) {
    constexpr const char* blobName = "genotype";
    const device::Profile device = estimatedDevice(context, trained, id);
    const PredictedSearch wish;
    const store::RunRow run = searchRun(context, id, wish.evaluations);
    if (run.state == store::RunState::Finished)
        return Json::parse(store::findBlob(context.workspace, run.id, blobName).value().bytes)
            .get<Genotype>();
    RunLog log(context.workspace, run.id, context.recorder, context.progress);
    const auto front =
        frontOf(searchPredictions(context, trained.space(), predictor, device, wish.evaluations));
    const auto within = std::ranges::find_if(front.rbegin(), front.rend(),
                                             [&](const Predicted& one) { return one.latency <= most; });
    if (within == front.rend())
        throw Error("search", "for " + device.title,
                    "no network takes less than " + shortText(most.value * 1e3) + " ms there", "Allow more");
    trained.model(within->genotype);
    log.account("search");
    store::putBlob(context.workspace, run.id, blobName, Json(within->genotype).dump(), Json::object());
    log.finish(std::to_string(wish.evaluations) + " networks by predicted accuracy, none judged");
    return within->genotype;
}

} // namespace greenfront::study
