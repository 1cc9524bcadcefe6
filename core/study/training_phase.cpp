// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/resize.h"
#include "core/nn/model.h"
#include "core/nn/runtime.h"
#include "core/store/blobs.h"
#include "core/store/candidates.h"
#include "core/study/phases.h"
#include "core/study/predictions.h"
#include "core/study/training_profile.h"
#include "core/study/versions.h"
#include "core/train/batches.h"
#include "core/train/evaluate.h"
#include "core/train/supernet_trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace greenfront::study {
namespace {

Json trainingParameters(const Study& study) {
    Json parameters = Json::object();
    for (const Parameter& parameter : train::supernetSchema())
        parameters[parameter.key] = study.parameters.at(parameter.key);
    return parameters;
}

/// Of a candidate of the workspace, whatever its study.
arch::Weights weightsOf(store::Workspace& workspace, CandidateId id, Control& control) {
    const auto candidate = store::findCandidate(workspace, id);
    if (!candidate)
        throw Error("start from", "candidate " + std::to_string(id.value), "the workspace has no such one",
                    "Take one that 'greenfront-cli front' lists");
    return Trained(workspace, candidate->study, control).unfolded(candidate->genotype).weights;
}

class Training {
public:
    Training(const PhaseContext& context, const store::RunRow& run, double budgetShare)
        : context_(context),
          budgetShare_(budgetShare),
          space_(arch::makeSpace(context.study.space)),
          trainer_(*space_, *context.dataset, trainingParameters(context.study),
                   context.study.parameters.at("seed").get<std::uint64_t>()),
          calibration_(
              train::normalisedImages(*context.dataset, data::Part::Train,
                                      context.study.parameters.at("calibration_images").get<std::size_t>())),
          log_(context.workspace, run.id, context.recorder, context.progress),
          wanted_(trainer_.epochs()),
          load_(workloadOf(context.study, context.dataset->info().samples)),
          profile_(
              load_, [this] { return log_.spent(); }, run.started.empty()) {
        if (const auto blob = store::findBlob(context.workspace, run.id, checkpointName)) {
            trainer_.restore(blob->bytes);
            joules_ = Joules(blob->meta.at("joules").get<double>());
            trainer_.setEpochs(blob->meta.value("epochs", wanted_));
        } else if (const auto start = context.study.parameters.at("start_from").get<std::int64_t>()) {
            trainer_.startFrom(weightsOf(context.workspace, CandidateId{start}, context.control));
        }
    }

    void run() {
        log_.run([this] {
            if (trainer_.epoch() > 0 && context_.budget.shareOf(log_.spent()) >= budgetShare_)
                trainer_.setEpochs(trainer_.epoch());
            while (trainer_.epoch() < trainer_.epochs())
                runEpoch();
            log_.finish(note());
        });
    }

private:
    void runEpoch() {
        std::vector<store::SeriesPoint> losses;
        const auto steps = static_cast<std::int64_t>(trainer_.stepsAnEpoch());
        const std::int64_t before = trainer_.epoch() * steps;
        epochStart_ = log_.spent();
        standing_ = {};
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
            if (before == 0 && profile_.wants(step))
                profileStep(step);
            keepBudget(step);
            standStill();
        });
        const Cost judging = log_.spent();
        const double largest = accuracyOf(space_->largest());
        const double smallest = accuracyOf(space_->smallest());
        epochEnd_ = log_.spent() - judging;
        save(report, losses, largest, smallest);
        if (const Cost now = log_.spent(); context_.budget.limited() && !cutShort_)
            plan(now, now - epochStart_);
    }

    void profileStep(std::size_t step) {
        const train::PassWork work = trainer_.stepWork();
        if (!profile_.addStep(step, {work.macs, work.activations.value}))
            return;
        if (const std::size_t images = profile_.probeImages(); images > 0) {
            judge(1); // warms up
            const auto [calibrating, classifying] = judge(images);
            profile_.addProbe(images, calibrating, classifying);
        }
        epochEnd_ = profile_.epochEnd();
        if (context_.budget.limited())
            plan(log_.spent(), profile_.epoch());
        const auto past = pastErrors(context_.workspace, trainingKind, profileKind);
        if (const auto forecast = profile_.forecast(trainer_.epochs(), past))
            if (const double share = (log_.spent() - epochStart_).seconds.value / forecast->seconds.value;
                share <= profileShare)
                context_.progress.foretell("training", keepProfile(context_.workspace, log_.id(), share,
                                                                   trainer_.epochs(), *forecast));
    }

    /// As at the end of an epoch, on a few images; what the two halves of it took.
    std::pair<Cost, Cost> judge(std::size_t images) {
        const std::size_t size = context_.dataset->info().shape.size();
        const auto some = std::span(calibration_).first(std::min(images * size, calibration_.size()));
        std::pair<Cost, Cost> took;
        for (const Genotype& genotype : {space_->largest(), space_->smallest()}) {
            const Cost start = log_.spent();
            const nn::Model model(
                arch::foldBatchNorm(trainer_.supernet().specialise(space_->decode(genotype), some)));
            const Cost middle = log_.spent();
            model.logits(data::resized(some, context_.dataset->info().shape, model.network().input()));
            took.first += middle - start;
            took.second += log_.spent() - middle;
        }
        return took;
    }

    /// As many epochs as fit, never more than planned before: the learning rate ends where training does.
    void plan(const Cost& spent, const Cost& epoch) {
        const Cost since = spent - epochStart_;
        const bool within = since.seconds < epoch.seconds; // in the middle of one, which counts in full
        const double fit = context_.budget.times(within ? epochStart_ : spent, epoch, budgetShare_);
        const double epochs = trainer_.epoch() + std::floor(fit);
        if (epochs < trainer_.epochs())
            trainer_.setEpochs(
                std::max(trainer_.epoch() + (trainer_.epoch() == 0 ? 1 : 0), static_cast<int>(epochs)));
    }

    /// Ends the epoch where another step and judging would not fit any more.
    void keepBudget(std::size_t step) {
        const auto now = std::chrono::steady_clock::now();
        constexpr auto seldom = std::chrono::milliseconds(100);
        if (!context_.budget.limited() || cutShort_ || (step > 2 && now - lastLook_ < seldom))
            return;
        lastLook_ = now;
        const Cost spent = log_.spent();
        const Cost each = (spent - epochStart_) * (1.0 / static_cast<double>(step));
        const double stepWork = guessedStep(load_, load_.step);
        constexpr double caution = 1.1;
        constexpr double moreCaution = 1.5; // where it is only guessed
        const Cost end =
            epochEnd_ ? *epochEnd_ * caution : each * (moreCaution * guessedEpochEnd(load_) / stepWork);
        const Cost ahead = each + Cost{{}, Seconds(std::chrono::duration<double>(seldom).count())};
        const Cost least = epochEnd_.value_or(Cost{}); // a guess is no reason to refuse
        if (trainer_.epoch() == 0 && context_.budget.shareOf(spent + least) > 1)
            throw Error("train", "within " + context_.budget.nameOf(spent + least),
                        "no epoch of it can be ended and judged",
                        "Allow more than " + greenfront::toText((spent + end).joules) + " and " +
                            greenfront::toText((spent + end).seconds));
        if (step < trainer_.stepsAnEpoch() && context_.budget.shareOf(spent + ahead + end) > budgetShare_) {
            cutShort_ = true;
            trainer_.endEpoch();
            trainer_.setEpochs(trainer_.epoch() + 1);
        }
    }

    /// In a pause of the plan: what was spent until then is the epoch's, what passes meanwhile is not.
    void standStill() {
        if (context_.gate.isOpen())
            return;
        standing_ += log_.account("training");
        waitForGate(context_, &log_);
    }

    std::string note() {
        if (trainer_.epochs() == wanted_ && !cutShort_)
            return {};
        const std::string epochs =
            std::to_string(trainer_.epochs()) + " of " + std::to_string(wanted_) + " epochs";
        return context_.budget.nameOf(log_.spent()) + " allowed for " + epochs +
               (cutShort_ ? ", the last of them cut short" : "");
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
        const Joules spent = log_.account("training") + standing_;
        const Seconds took = log_.spent().seconds - epochStart_.seconds;
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
                       {{"epoch", report.epoch}, {"epochs", trainer_.epochs()}, {"joules", joules_.value}});
        transaction.commit();
    }

    const PhaseContext& context_;
    double budgetShare_; ///< of the whole budget, that the study may have spent behind training
    std::shared_ptr<const arch::SearchSpace> space_;
    train::SupernetTrainer trainer_;
    std::vector<float> calibration_;
    RunLog log_;
    std::chrono::steady_clock::time_point lastWrite_;
    Joules joules_; ///< of all completed epochs
    int wanted_;    ///< epochs, without a budget
    Workload load_;
    TrainingProfile profile_;
    Cost epochStart_; ///< what the study had spent
    Joules standing_; ///< of this epoch, accounted before a pause
    std::optional<Cost> epochEnd_;
    bool cutShort_ = false;
    std::chrono::steady_clock::time_point lastLook_;
};

} // namespace

void trainPhase(const PhaseContext& context, double budgetShare) {
    Json parameters = trainingParameters(context.study);
    parameters["threads"] = nn::threads();
    parameters["steps_an_epoch"] = workloadOf(context.study, context.dataset->info().samples).stepsAnEpoch;
    const store::RunRow run =
        findOrAddRun(context.workspace, {.study = context.id,
                                         .kind = trainingKind,
                                         .subject = {},
                                         .started = {},
                                         .parameters = parameters,
                                         .seed = context.study.parameters.at("seed").get<std::uint64_t>(),
                                         .versions = versionsNow(),
                                         .error = {}});
    if (run.state == store::RunState::Finished)
        return;
    keepExpectation(context.workspace, run);
    Training(context, run, budgetShare).run();
}

} // namespace greenfront::study
