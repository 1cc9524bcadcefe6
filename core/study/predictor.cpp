// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/predictor.h"

#include "core/base/error.h"
#include "core/store/blobs.h"
#include "core/store/candidates.h"
#include "core/study/candidate_evaluation.h"
#include "core/study/open_study.h"
#include "core/study/versions.h"

#include <algorithm>
#include <set>

namespace greenfront::study {
namespace {

constexpr const char* blobName = "predictor";

Json toJson(const train::PredictorQuality& quality) {
    return {{"samples", quality.samples},
            {"rmse", quality.rmse},
            {"rank_correlation", quality.rankCorrelation},
            {"interval", quality.interval}};
}

train::PredictorQuality qualityFrom(const Json& json) {
    return {json.at("samples").get<std::size_t>(), json.at("rmse").get<double>(),
            json.at("rank_correlation").get<double>(), json.at("interval").get<double>()};
}

/// Everything that the study's searches have judged, too.
std::vector<train::JudgedNetwork> judgedNetworks(store::Workspace& workspace, StudyId study) {
    std::vector<train::JudgedNetwork> judged;
    const auto metrics = store::metricsFor(workspace, study, "");
    for (const store::CandidateRow& candidate : store::candidatesOf(workspace, study))
        if (const auto found = metrics.find(candidate.id); found != metrics.end())
            if (const auto accuracy = found->second.find("accuracy"); accuracy != found->second.end())
                judged.push_back({candidate.genotype, accuracy->second.value});
    return judged;
}

class Fitting {
public:
    Fitting(const PhaseContext& context, const Trained& trained, const store::RunRow& run,
            const PredictorWish& wish)
        : context_(context),
          trained_(trained),
          wish_(wish),
          seed_(run.seed),
          log_(context.workspace, run.id, context.recorder, context.progress),
          evaluation_(context, trained, devicesOf(context.workspace, context.study)),
          networks_(judgedNetworks(context.workspace, context.id)) {
        for (const train::JudgedNetwork& network : networks_)
            known_.insert(network.genotype);
    }

    PredictorReport run() {
        return log_.run([this] {
            const Cost before = log_.spent();
            PredictorReport report = fit();
            log_.account("search");
            report.cost = log_.spent() - before;
            log_.finish();
            return report;
        });
    }

private:
    PredictorReport fit() {
        constexpr std::size_t fewest = 20;
        constexpr std::size_t rounds = 4;
        PredictorReport report;
        std::optional<train::FittedPredictor> fitted;
        const std::size_t wanted = std::max(wish_.samples, fewest);
        const std::size_t round = std::max(fewest, wanted / rounds);
        if (networks_.size() >= fewest)
            fitted = train::fitPredictor(trained_.space(), networks_, seed_);
        while (networks_.size() < wanted && !(fitted && fitted->quality.rmse <= wish_.rmse)) {
            const std::size_t before = networks_.size();
            for (const Genotype& genotype : nextRound(std::min(round, wanted - before), fitted))
                judge(genotype, wanted);
            report.judged += networks_.size() - before;
            if (networks_.size() == before)
                break; // the space holds no other network
            fitted = train::fitPredictor(trained_.space(), networks_, seed_);
        }
        if (!fitted)
            fitted = train::fitPredictor(trained_.space(), networks_, seed_);
        report.quality = fitted->quality;
        store::putBlob(context_.workspace, log_.id(), blobName, arch::encodeSafetensors(fitted->weights, {}),
                       toJson(report.quality));
        return report;
    }

    std::vector<Genotype> nextRound(std::size_t count, const std::optional<train::FittedPredictor>& fitted) {
        Rng rng(seed_, networks_.size());
        constexpr std::size_t fewCandidates = 500;
        std::vector<Genotype> candidates = newNetworks(fitted ? fewCandidates + count : count, rng);
        if (!fitted || candidates.size() <= count)
            return candidates;
        // The first half stays as it was drawn; behind it come those that the members agree on least.
        const train::PredictorEnsemble ensemble(fitted->weights, trained_.space(), "the predictor");
        const auto predictions = ensemble.predict(candidates);
        std::vector<std::size_t> order(candidates.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::stable_sort(
            order.begin() + static_cast<std::ptrdiff_t>(count / 2), order.end(),
            [&](std::size_t a, std::size_t b) { return predictions[a].spread > predictions[b].spread; });
        std::vector<Genotype> chosen;
        chosen.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            chosen.push_back(candidates[order[i]]);
        return chosen;
    }

    /// Fewer where the space has not so many.
    std::vector<Genotype> newNetworks(std::size_t count, Rng& rng) {
        constexpr std::size_t trialsEach = 50;
        std::set<Genotype> drawn;
        std::vector<Genotype> networks;
        for (std::size_t trial = 0; trial < trialsEach * count && networks.size() < count; ++trial) {
            Genotype genotype = trained_.space().canonical(trained_.space().random(rng));
            if (!known_.contains(genotype) && drawn.insert(genotype).second)
                networks.push_back(std::move(genotype));
        }
        return networks;
    }

    void judge(const Genotype& genotype, std::size_t wanted) {
        context_.control.checkpoint();
        context_.progress.report(
            "predictor", "network " + std::to_string(networks_.size() + 1) + " of " + std::to_string(wanted),
            static_cast<double>(networks_.size()) / static_cast<double>(wanted));
        networks_.push_back({genotype, evaluation_.judge(genotype, log_)});
        known_.insert(genotype);
    }

    const PhaseContext& context_;
    const Trained& trained_;
    PredictorWish wish_;
    std::uint64_t seed_;
    RunLog log_;
    CandidateEvaluation evaluation_;
    std::vector<train::JudgedNetwork> networks_;
    std::set<Genotype> known_;
};

} // namespace

PredictorReport fitStudyPredictor(store::Workspace& workspace, StudyId id, const PredictorWish& wish,
                                  Control& control, const ProgressSink& sink) {
    OpenStudy open(workspace, id, withoutBudget(loadStudy(workspace, id)), control, sink);
    const Trained trained = open.trained();
    const CarbonGate gate;
    const PhaseContext context = open.context(gate);
    const store::RunRow run =
        findOrAddRun(workspace, {.study = id,
                                 .kind = predictorKind,
                                 .subject = {},
                                 .started = {},
                                 .parameters = {{"samples", wish.samples}, {"rmse", wish.rmse}},
                                 .seed = open.study().parameters.at("seed").get<std::uint64_t>(),
                                 .versions = versionsNow(),
                                 .error = {}});
    const PredictorReport report = Fitting(context, trained, run, wish).run();
    open.progress().report("finished", "accuracies can be predicted", 1.0);
    return report;
}

std::optional<StudyPredictor> findPredictor(store::Workspace& workspace, StudyId study,
                                            const arch::SearchSpace& space) {
    for (const store::RunRow& run : store::runsOf(workspace, study))
        if (run.kind == predictorKind)
            if (const auto blob = store::findBlob(workspace, run.id, blobName)) {
                constexpr const char* subject = "the study's accuracy predictor";
                return StudyPredictor{{arch::decodeSafetensors(blob->bytes, subject), space, subject},
                                      qualityFrom(blob->meta)};
            }
    return std::nullopt;
}

} // namespace greenfront::study
