// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/nn/model.h"
#include "core/nn/runtime.h"
#include "core/store/blobs.h"
#include "core/study/phases.h"
#include "core/study/versions.h"
#include "core/train/batches.h"
#include "core/train/evaluate.h"
#include "core/train/supernet_trainer.h"

#include <chrono>

namespace greenfront::study {
namespace {

Json trainingParameters(const Study& study) {
    Json parameters = Json::object();
    for (const Parameter& parameter : train::supernetSchema())
        parameters[parameter.key] = study.parameters.at(parameter.key);
    return parameters;
}

class Training {
public:
    Training(const PhaseContext& context, const store::RunRow& run)
        : context_(context),
          space_(arch::makeSpace(context.study.space)),
          trainer_(*space_, *context.dataset, trainingParameters(context.study),
                   context.study.parameters.at("seed").get<std::uint64_t>()),
          calibration_(
              train::normalisedImages(*context.dataset, data::Part::Train,
                                      context.study.parameters.at("calibration_images").get<std::size_t>())),
          log_(context.workspace, run.id, context.recorder, context.progress) {
        if (const auto blob = store::findBlob(context.workspace, run.id, checkpointName)) {
            trainer_.restore(blob->bytes);
            joules_ = Joules(blob->meta.at("joules").get<double>());
        }
    }

    void run() {
        try {
            while (trainer_.epoch() < trainer_.epochs())
                runEpoch();
            log_.finish();
        } catch (const Cancelled&) {
            throw;
        } catch (const std::exception& error) {
            log_.fail(error.what());
            throw;
        }
    }

private:
    void runEpoch() {
        std::vector<store::SeriesPoint> losses;
        const auto steps = static_cast<std::int64_t>(trainer_.stepsAnEpoch());
        const std::int64_t before = trainer_.epoch() * steps;
        const auto report = trainer_.runEpoch(context_.control, [&](std::size_t step, double loss) {
            losses.push_back({before + static_cast<std::int64_t>(step), loss});
            if (const auto now = std::chrono::steady_clock::now();
                now - lastWrite_ > std::chrono::seconds(1)) {
                // The curve moves while an epoch runs; a step that is repeated after a kill replaces its
                // point.
                store::putSeries(context_.workspace, log_.id(), "loss", losses);
                losses.clear();
                lastWrite_ = now;
            }
            showProgress(before + static_cast<std::int64_t>(step), loss);
        });
        const double largest = accuracyOf(space_->largest());
        const double smallest = accuracyOf(space_->smallest());
        save(report, losses, largest, smallest);
    }

    double accuracyOf(const Genotype& genotype) {
        const nn::Model model(
            arch::foldBatchNorm(trainer_.supernet().specialise(space_->decode(genotype), calibration_)));
        return train::evaluate(model, *context_.dataset, data::Part::Validation, true, context_.control)
            .percent();
    }

    void showProgress(std::int64_t step, double loss) {
        const auto all = static_cast<double>(trainer_.stepsAnEpoch()) * trainer_.epochs();
        context_.progress.report("training",
                                 "epoch " + std::to_string(trainer_.epoch() + 1) + " of " +
                                     std::to_string(trainer_.epochs()) + ", loss " + fixedText(loss, 3),
                                 trainingShare * static_cast<double>(step) / all);
    }

    /// One transaction an epoch: a kill loses this epoch or nothing.
    void save(const train::EpochReport& report, const std::vector<store::SeriesPoint>& losses, double largest,
              double smallest) {
        store::Workspace& workspace = context_.workspace;
        store::Transaction transaction(workspace);
        const Seconds secondsBefore = store::findRun(workspace, log_.id())->seconds;
        const Joules spent = log_.account("training");
        const Seconds took = store::findRun(workspace, log_.id())->seconds - secondsBefore;
        joules_ += spent;
        store::putSeries(workspace, log_.id(), "loss", losses);
        const auto put = [&](const char* name, double value) {
            const store::SeriesPoint point{report.epoch, value};
            store::putSeries(workspace, log_.id(), name, std::span(&point, 1));
        };
        put("loss_epoch", report.loss);
        put("learning_rate", report.learningRate);
        put("accuracy_largest", largest);
        put("accuracy_smallest", smallest);
        put("joules", joules_.value);
        put("watts", (spent / took).value);
        store::putBlob(workspace, log_.id(), checkpointName, trainer_.checkpoint(),
                       {{"epoch", report.epoch}, {"joules", joules_.value}});
        transaction.commit();
    }

    const PhaseContext& context_;
    std::shared_ptr<const arch::SearchSpace> space_;
    train::SupernetTrainer trainer_;
    std::vector<float> calibration_;
    RunLog log_;
    std::chrono::steady_clock::time_point lastWrite_;
    Joules joules_; ///< of all completed epochs
};

} // namespace

void trainPhase(const PhaseContext& context) {
    Json parameters = trainingParameters(context.study);
    parameters["threads"] = nn::threads();
    const store::RunRow run =
        findOrAddRun(context.workspace, {.study = context.id,
                                         .kind = trainingKind,
                                         .subject = {},
                                         .started = {},
                                         .parameters = parameters,
                                         .seed = context.study.parameters.at("seed").get<std::uint64_t>(),
                                         .versions = versionsNow(),
                                         .error = {}});
    if (run.state != store::RunState::Finished)
        Training(context, run).run();
}

} // namespace greenfront::study
