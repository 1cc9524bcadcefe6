// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/candidates.h"
#include "core/study/candidate_evaluation.h"
#include "core/study/devices.h"
#include "core/study/predictions.h"
#include "core/study/search_run.h"

#include <algorithm>
#include <cmath>

namespace greenfront::study {
namespace {

/// So many times as many networks as asked for may turn out not to fit before a search gives up.
constexpr std::size_t mostTooLarge = 20;

/// One device's search: asks, evaluates, tells, and stops in time.
class Search {
public:
    Search(const PhaseContext& context, const Trained& trained, const device::Profile& device,
           const store::RunRow& run, std::size_t devicesLeft)
        : context_(context),
          space_(trained.space()),
          device_(device),
          run_(run),
          planned_(context.study.parameters.at("evaluations").get<std::size_t>()),
          load_(workloadOf(context.study, context.dataset->info().samples)),
          nsga2_(makeSearch(context.study, trained.space())),
          gain_(context.study),
          log_(context.workspace, run.id, context.recorder, context.progress),
          evaluation_(context, trained, devicesOf(context.workspace, context.study)) {
        const double used = context.budget.shareOf(log_.spent());
        budgetShare_ = used + std::max(0.0, 1.0 - used) / static_cast<double>(devicesLeft);
        for (const auto& [genotype, objectives] : store::evaluationsOf(context.workspace, run.id)) {
            nsga2_.tell(genotype, objectives);
            if (std::isnan(objectives.front())) {
                ++tooLarge_;
                continue;
            }
            gain_.know(objectives);
            ++told_;
        }
    }

    void run(double firstFraction, double lastFraction) {
        log_.run([&] {
            requireRoom(space_, device_);
            search(firstFraction, lastFraction);
        });
    }

private:
    void search(double firstFraction, double lastFraction) {
        std::string note;
        while (told_ < planned_ && note.empty()) {
            context_.control.checkpoint();
            standStill();
            context_.progress.report(
                "search",
                device_.title + ", network " + std::to_string(told_ + 1) + " of " + std::to_string(planned_),
                firstFraction + (lastFraction - firstFraction) * static_cast<double>(told_) /
                                    static_cast<double>(planned_));
            if (const auto reason = reasonToStop()) {
                note = "stopped after " + std::to_string(told_) + " of " + std::to_string(planned_) +
                       " networks: " + *reason;
                break;
            }
            if (tooLarge_ >= mostTooLarge * planned_) {
                note = "stopped after " + std::to_string(told_) + " of " + std::to_string(planned_) +
                       " networks: " + std::to_string(tooLarge_) + " others do not fit into the device";
                break;
            }
            const Genotype genotype = nsga2_.ask();
            if (genotype.empty())
                break; // the space holds no network that was not tried
            evaluate(genotype);
        }
        log_.account("search");
        log_.finish(note);
    }

    void evaluate(const Genotype& genotype) {
        const Cost before = log_.spent();
        store::Transaction transaction(context_.workspace);
        const auto result = evaluation_.evaluate(genotype, device_, log_);
        const search::Point objectives{result.accuracy, result.cost};
        store::addEvaluation(context_.workspace, run_.id, result.candidate, objectives);
        transaction.commit();
        nsga2_.tell(genotype, objectives);
        if (!result.fits) {
            ++tooLarge_;
            return;
        }
        ++told_;
        const Cost spent = log_.spent();
        gain_.add(objectives, spent);
        dearest_ = {std::max(dearest_.joules, (spent - before).joules),
                    std::max(dearest_.seconds, (spent - before).seconds)};
        if (result.judged) // one that another search has judged costs next to nothing
            profile(genotype, spent - before);
    }

    /// The first networks of a search that nobody has begun before, at most 2 % of it.
    void profile(const Genotype& genotype, const Cost& took) {
        const auto last =
            std::max<std::size_t>(1, static_cast<std::size_t>(profileShare * static_cast<double>(planned_)));
        if (!run_.started.empty() || told_ > last)
            return;
        const auto work = [&](const NetworkWork& network) {
            return guessedEvaluation(load_, network, device_.measured);
        };
        steps_.push_back({work(workOf(space_.decode(genotype))), took.joules, took.seconds});
        if (steps_.size() < last)
            return;
        const auto past = pastErrors(context_.workspace, searchKind, profileKind);
        const auto forecast =
            energy::forecastFromProfile(steps_, work(load_.mean) * static_cast<double>(planned_), past);
        if (!forecast)
            return;
        Seconds seen;
        for (const energy::ProfiledStep& step : steps_)
            seen += step.seconds;
        if (const double share = seen.value / forecast->seconds.value; share <= profileShare)
            context_.progress.foretell(
                "search for " + device_.title,
                keepProfile(context_.workspace, run_.id, share, static_cast<int>(planned_), *forecast));
    }

    std::optional<std::string> reasonToStop() {
        constexpr double caution = 1.2; // one may be dearer than those so far, and ending it costs too
        const Cost next = log_.spent() + dearest_ * caution;
        if (context_.budget.limited() && context_.budget.shareOf(next) > budgetShare_)
            return "another would not fit into " + context_.budget.nameOf(next);
        return gain_.reasonToStop();
    }

    void standStill() {
        if (context_.gate.isOpen())
            return;
        log_.account("search");
        waitForGate(context_, &log_);
    }

    const PhaseContext& context_;
    const arch::SearchSpace& space_;
    const device::Profile& device_;
    store::RunRow run_;
    std::size_t planned_;
    Workload load_;
    search::Nsga2 nsga2_;
    GainWatch gain_;
    RunLog log_;
    CandidateEvaluation evaluation_;
    std::size_t told_ = 0, tooLarge_ = 0; ///< networks that fit into the device, and that do not
    double budgetShare_ = 1; ///< of the whole budget, that the study may have spent behind this search
    Cost dearest_;           ///< network so far
    std::vector<energy::ProfiledStep> steps_;
};

} // namespace

std::vector<std::string> devicesOf(store::Workspace& workspace, const Study& study) {
    std::vector<std::string> devices;
    const auto text = study.parameters.at("devices").get<std::string>();
    for (const std::string_view part : split(text, ',')) {
        const std::string id(trimmed(part));
        if (!id.empty() && std::ranges::find(devices, id) == devices.end())
            devices.push_back(findDevice(workspace, id).id);
    }
    if (devices.empty())
        throw Error("search", "for no device", "the parameter 'devices' is empty",
                    "Name one, such as this-machine");
    return devices;
}

void searchPhase(const PhaseContext& context, const Trained& trained, const std::string& device,
                 double firstFraction, double lastFraction, std::size_t devicesLeft) {
    const store::RunRow run = searchRun(context, device);
    if (run.state == store::RunState::Finished)
        return;
    keepExpectation(context.workspace, run);
    const device::Profile profile = findDevice(context.workspace, device);
    Search search(context, trained, profile, run, devicesLeft);
    search.run(firstFraction, lastFraction);
}

} // namespace greenfront::study
