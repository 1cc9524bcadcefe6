// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/parsec_search.h"

#include "core/base/text.h"
#include "core/nn/runtime.h"
#include "core/store/blobs.h"
#include "core/study/open_study.h"
#include "core/study/parsec_training.h"
#include "core/study/predictions.h"
#include "core/study/versions.h"
#include "core/study/weightless_parsec.h"
#include "core/train/recipe.h"
#include "core/train/training_free.h"

namespace greenfront::study {
namespace {

constexpr const char* foundName = "found";

Json parametersOf(const Study& study, const std::string& subject, const Architectures& architectures) {
    Json parameters{{"most_macs", architectures.most()}, {"threads", nn::threads()}};
    if (subject == weightless) {
        parameters["evaluations"] = study.parameters.at("evaluations");
        for (const train::TrainingFreeScore& score : train::trainingFreeScores())
            parameters["scores"].push_back(score.name + ": " + score.source);
        return parameters;
    }
    for (const Parameter& parameter : train::supernetSchema())
        parameters[parameter.key] = study.parameters.at(parameter.key);
    return parameters;
}

class Searching {
public:
    Searching(const PhaseContext& context, const store::RunRow& run, const Architectures& architectures)
        : context_(context),
          architectures_(architectures),
          seed_(run.seed),
          log_(context.workspace, run.id, context.recorder, context.progress) {}

    void run(const std::string& subject) {
        log_.run([&] {
            subject == weightless ? withoutWeights() : alongWeights();
            log_.finish();
        });
    }

private:
    void alongWeights() {
        Json parameters = Json::object();
        for (const Parameter& parameter : train::supernetSchema())
            parameters[parameter.key] = context_.study.parameters.at(parameter.key);
        ParsecTraining training(architectures_, *context_.dataset, parameters, seed_);
        if (const auto blob = store::findBlob(context_.workspace, log_.id(), checkpointName))
            training.restore(blob->bytes);
        const auto all = static_cast<double>(training.stepsAnEpoch()) * training.epochs();
        while (training.epoch() < training.epochs()) {
            const auto before = static_cast<std::int64_t>(training.stepsAnEpoch()) * training.epoch();
            std::vector<store::SeriesPoint> losses;
            std::vector<store::SeriesPoint> uncertainties;
            std::vector<store::SeriesPoint> draws;
            training.runEpoch(context_.control, [&](const ParsecStep& step) {
                const std::int64_t at = before + static_cast<std::int64_t>(step.step);
                losses.push_back({at, step.loss});
                uncertainties.push_back({at, step.uncertainty});
                draws.push_back({at, static_cast<double>(step.draws)});
                report("epoch " + std::to_string(training.epoch() + 1) + " of " +
                           std::to_string(training.epochs()) + ", " + std::to_string(step.draws) +
                           " networks a step",
                       step.uncertainty, static_cast<double>(at) / all);
            });
            store::Transaction transaction(context_.workspace);
            log_.account("search");
            store::putSeries(context_.workspace, log_.id(), "loss", losses);
            store::putSeries(context_.workspace, log_.id(), "uncertainty", uncertainties);
            store::putSeries(context_.workspace, log_.id(), "draws", draws);
            store::putBlob(context_.workspace, log_.id(), checkpointName, training.checkpoint(),
                           {{"epoch", training.epoch()}});
            transaction.commit();
        }
        keep(training.distribution(), training.drawn(), training.drawn());
    }

    void withoutWeights() {
        std::vector<store::SeriesPoint> uncertainties;
        const auto result =
            learnWeightless(architectures_, *context_.dataset, seed_,
                            context_.study.parameters.at("evaluations").get<std::size_t>(), context_.control,
                            [&](const WeightlessGeneration& generation) {
                                uncertainties.push_back({static_cast<std::int64_t>(generation.generation),
                                                         generation.uncertainty});
                                report(std::to_string(generation.scored) + " networks scored",
                                       generation.uncertainty, 1 - generation.uncertainty);
                            });
        store::putSeries(context_.workspace, log_.id(), "uncertainty", uncertainties);
        keep(result.distribution, result.last.drawn, result.last.scored);
    }

    void report(const std::string& message, double uncertainty, double fraction) {
        context_.progress.report("search", message + ", uncertainty " + fixedText(uncertainty, 2), fraction);
    }

    void keep(const search::Categoricals& distribution, std::size_t drawn, std::size_t judged) {
        Json shares = Json::array();
        for (std::size_t gene = 0; gene < distribution.size(); ++gene)
            shares.push_back(std::vector<double>(distribution[gene].begin(), distribution[gene].end()));
        const Json found{{"genotype", architectures_.mostProbable(distribution)},
                         {"drawn", drawn},
                         {"judged", judged},
                         {"uncertainty", distribution.uncertainty()},
                         {"distribution", shares}};
        log_.account("search");
        store::putBlob(context_.workspace, log_.id(), foundName, found.dump(), Json::object());
    }

    const PhaseContext& context_;
    const Architectures& architectures_;
    std::uint64_t seed_;
    RunLog log_;
};

} // namespace

ParsecFound searchParsec(store::Workspace& workspace, StudyId id, const std::string& subject,
                         const Architectures& architectures, Control& control, const ProgressSink& sink) {
    const Study study = loadStudy(workspace, id);
    applyThreads(study);
    store::RunRow run = findOrAddRun(workspace, {.study = id,
                                                 .kind = parsecKind,
                                                 .subject = subject,
                                                 .started = {},
                                                 .parameters = parametersOf(study, subject, architectures),
                                                 .seed = study.parameters.at("seed").get<std::uint64_t>(),
                                                 .versions = versionsNow(),
                                                 .error = {}});
    if (run.state != store::RunState::Finished) {
        OpenStudy open(workspace, id, withoutBudget(study), control, sink);
        const CarbonGate gate;
        const PhaseContext context = open.context(gate);
        Searching(context, run, architectures).run(subject);
        run = *store::findRun(workspace, run.id);
    }
    const Json found = Json::parse(store::findBlob(workspace, run.id, foundName)->bytes);
    return {found.at("genotype").get<Genotype>(), found.at("drawn").get<std::size_t>(),
            found.at("judged").get<std::size_t>(), found.at("uncertainty").get<double>(),
            costOf(workspace, run)};
}

} // namespace greenfront::study
