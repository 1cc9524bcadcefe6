// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/transfer.h"

#include "core/base/text.h"
#include "core/search/nearest_tasks.h"
#include "core/search/portfolio.h"

#include <algorithm>
#include <cmath>

namespace greenfront::search {
namespace {

constexpr std::size_t fewestToJudge = 5;
constexpr std::size_t mostOwn = 200; ///< trials; with more of its own a search needs no others
constexpr std::size_t mostConfigurations = 120;
constexpr std::size_t nearestStarts = 5;
constexpr std::uint64_t matrixStream = 0x7261706964ULL; ///< of the seed; trials have the small numbers

/// The last ones of the history where nothing is known of the data sets.
void keepNearest(CarriedHistory& carried, const MetaFeatures& features, std::size_t most) {
    if (carried.tasks.size() <= most)
        return;
    std::ranges::reverse(carried.tasks);
    const auto order = nearestTasks(carried.tasks, features);
    std::vector<CarriedTask> kept;
    for (std::size_t i = 0; i < order.size(); ++i) {
        CarriedTask& task = carried.tasks[order[i]];
        if (i < most)
            kept.push_back(std::move(task));
        else
            carried.leftOut.push_back({task.name, std::to_string(most) + " others are nearer or newer"});
    }
    carried.tasks = std::move(kept);
}

bool contains(const ShrunkRange& range, const ParameterSpace& space, const Assignment& assignment) {
    for (std::size_t i = 0; i < space.size(); ++i) {
        const double value = assignment.values[i];
        if (std::isnan(value))
            continue;
        const double unit = space.unitOf(i, value);
        const auto& values = range.values[i];
        if (values.empty() ? unit < range.low[i] || unit > range.high[i]
                           : std::ranges::find(values, value) == values.end())
            return false;
    }
    return true;
}

/// What is best so far lies in the ranges, or too little is known. It is what the ranges claim, and a task
/// that orders fairly may still have its optimum elsewhere.
bool holds(const ShrunkRange& range, const ParameterSpace& space, const Observations& observed) {
    if (observed.minimised.size() < fewestToJudge)
        return true;
    const std::vector<Direction> directions(observed.minimised.front().size(), Direction::Minimise);
    const auto front = paretoFront(observed.minimised, directions);
    return std::ranges::any_of(
        front, [&](std::size_t i) { return contains(range, space, observed.assignments[i]); });
}

} // namespace

TransferOptimiser::TransferOptimiser(std::unique_ptr<Optimiser> method, std::string name,
                                     const SearchSetup& setup, TransferKind kind, TransferSettings settings,
                                     const History& history)
    : Optimiser(setup),
      method_(std::move(method)),
      name_(std::move(name)),
      seed_(setup.seed),
      kind_(kind),
      settings_(settings) {
    requireSound(history);
    CarriedHistory carried = carriedOver(history, space(), directions());
    keepNearest(carried, history.metaFeatures, settings.tasks);
    tasks_ = std::move(carried.tasks);
    leftOut_ = std::move(carried.leftOut);
    related_.assign(tasks_.size(), true);
    concordances_.assign(tasks_.size(), 0.0);
    pastMeans_.assign(tasks_.size(), std::vector<std::vector<double>>(directions().size()));
    if (tasks_.empty())
        return;
    surrogates_.reserve(tasks_.size());
    for (const CarriedTask& task : tasks_)
        surrogates_.emplace_back(space(), task);
    range_ = shrunkRange(space(), tasks_);
    prepareStarts(history.metaFeatures);
}

void TransferOptimiser::prepareStarts(const MetaFeatures& features) {
    Rng rng(seed_, matrixStream);
    const auto matrix = performanceMatrix(space(), tasks_, surrogates_, mostConfigurations, rng);
    if (kind_ == TransferKind::Factorised && tasks_.size() >= 2 && matrix.configurations.size() >= 2)
        factorised_.emplace(matrix);
    nearest_ = factorised_ && areComparable(tasks_, features);
    if (!nearest_) {
        for (const std::size_t index : greedyPortfolio(matrix, settings_.portfolio))
            starts_.push_back(matrix.configurations[index]);
        return;
    }
    // The best of each of the nearest data sets (Fusi et al. 2018, section 4).
    for (const std::size_t task : nearestTasks(tasks_, features)) {
        const CarriedTask& near = tasks_[task];
        Assignment best = near.assignments[representativeTrials(near, 1).front()];
        space().settle(best, rng);
        if (starts_.size() < nearestStarts && std::ranges::find(starts_, best) == starts_.end())
            starts_.push_back(std::move(best));
    }
}

void TransferOptimiser::learn(const Trial& trial, const Point& minimised) {
    follow();
    if (!method_->inFlight().contains(trial.id))
        method_->restore(trial.id, trial.assignment);
    method_->tell(trial.id, trial.outcome);
    if (tasks_.empty())
        return;
    if (minimised.empty()) {
        observed_.barred.push_back(trial.assignment);
        return;
    }
    observed_.assignments.push_back(trial.assignment);
    observed_.minimised.push_back(minimised);
    if (observed_.minimised.size() > mostOwn)
        return;
    for (std::size_t task = 0; task < tasks_.size(); ++task) {
        const auto predicted = surrogates_[task].predict(space(), std::span(&trial.assignment, 1));
        for (std::size_t k = 0; k < predicted.size(); ++k)
            pastMeans_[task][k].push_back(predicted[k].front().mean);
    }
    judge();
}

/// A task that was dropped may come back: every judgement is one of all that was observed.
void TransferOptimiser::judge() {
    const std::size_t count = observed_.minimised.size();
    if (count < fewestToJudge)
        return;
    std::vector<CarriedTask> left;
    for (std::size_t task = 0; task < tasks_.size(); ++task) {
        double sum = 0;
        for (std::size_t k = 0; k < pastMeans_[task].size(); ++k)
            sum += concordance(pastMeans_[task][k], observed_.objective(k));
        concordances_[task] = sum / static_cast<double>(pastMeans_[task].size());
        related_[task] = betterThanChance(concordances_[task], count);
        if (related_[task])
            left.push_back(tasks_[task]);
    }
    range_ = shrunkRange(space(), left);
}

/// The method that stands behind knows what is in flight here.
void TransferOptimiser::follow() {
    for (const auto& [id, assignment] : inFlight())
        if (!method_->inFlight().contains(id))
            method_->restore(id, assignment);
}

Observations TransferOptimiser::observations() const {
    Observations all = observed_;
    for (const auto& [id, assignment] : inFlight())
        all.inFlight.push_back(assignment);
    return all;
}

bool TransferOptimiser::isUseful() const {
    return observed_.minimised.size() <= mostOwn && std::ranges::find(related_, true) != related_.end();
}

std::optional<Assignment> TransferOptimiser::start() const {
    for (const Assignment& assignment : starts_)
        if (isNew(assignment))
            return assignment;
    return std::nullopt;
}

std::optional<RankedEnsemble> TransferOptimiser::ensemble() const {
    if (kind_ != TransferKind::Ranked || observed_.minimised.size() < fewestToJudge || !isUseful())
        return std::nullopt;
    return RankedEnsemble(space(), surrogates_, pastMeans_, observed_, seed_);
}

std::optional<Assignment> TransferOptimiser::transferred(std::uint64_t id, Rng& rng) const {
    const bool starting = id < settings_.start;
    if (!isUseful() || (starting && id % 2 == 1))
        return std::nullopt;
    if (auto first = starting ? start() : std::nullopt)
        return first;
    const auto fresh = [this](const Assignment& assignment) { return isNew(assignment); };
    if (factorised_)
        return factorised_->suggested(observations(), fresh, rng);
    if (const auto mixed = ensemble())
        return mixed->isOwnAlone() ? std::nullopt : suggested(*mixed, space(), observations(), fresh, rng);
    if ((starting || kind_ == TransferKind::Range) && holds(range_, space(), observed_))
        return range_.sample(space(), settings_.escape, rng);
    return std::nullopt;
}

std::optional<Assignment> TransferOptimiser::propose(std::uint64_t id, Rng& rng) {
    follow();
    const Rng before = rng;
    if (auto assignment = transferred(id, rng))
        return assignment;
    rng = before; // what was tried in vain leaves no trace
    return proposalOf(*method_, id, rng);
}

TransferRecord::Source TransferOptimiser::sourceOf(std::size_t task) const {
    const std::size_t count = observed_.minimised.size();
    TransferRecord::Source source{tasks_[task].name, related_[task]};
    if (!source.used)
        source.reason = "it orders the own trials no better than chance (Kendall's tau " +
                        fixedText(concordances_[task], 2) + " over " +
                        std::to_string(std::min(count, mostOwn)) + ")";
    return source;
}

TransferRecord TransferOptimiser::record() const {
    TransferRecord record{name_, {}, {}};
    for (std::size_t task = 0; task < tasks_.size(); ++task)
        record.sources.push_back(sourceOf(task));
    for (const LeftOut& task : leftOut_)
        record.sources.push_back({task.task, false, task.reason});
    if (!starts_.empty())
        record.means.push_back((nearest_ ? "the best of the nearest data sets, " : "a portfolio of ") +
                               std::to_string(starts_.size()));
    const bool ranged = kind_ == TransferKind::Range || settings_.start > 2 * starts_.size();
    if (ranged && !factorised_ && isUseful() && holds(range_, space(), observed_))
        record.means.push_back("ranges shrunk to " + shortText(100 * range_.share(space())) +
                               " % of the space");
    if (factorised_)
        record.means.push_back("a factorisation with " + std::to_string(factorised_->factors()) + " factors");
    if (const auto mixed = ensemble()) {
        record.weighted = true;
        record.own = 0;
        const auto& weights = mixed->weights();
        for (const RankWeights& objective : weights) {
            record.own += objective.own / static_cast<double>(weights.size());
            for (std::size_t task = 0; task < tasks_.size(); ++task)
                record.sources[task].weight += objective.past[task] / static_cast<double>(weights.size());
        }
    }
    return record;
}

} // namespace greenfront::search
