// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/factorised_search.h"
#include "core/search/history.h"
#include "core/search/ranked_ensemble.h"
#include "core/search/shrunk_range.h"
#include "core/search/transfer_record.h"

namespace greenfront::search {

struct TransferSettings {
    std::size_t start = 10;    ///< trials; every second is the method's own, to compare the past with
    std::size_t portfolio = 5; ///< the most of these from the greedy portfolio; then from shrunk ranges
    double escape = 0.2;       ///< probability that such a draw is one of the whole space
    std::size_t tasks = 20;    ///< the nearest that are used, by meta-features, else the last of the history
};

/// How a search goes on after its start.
enum class TransferKind {
    Start,     ///< any method
    Range,     ///< drawn from the shrunk ranges; without a useful past at random
    Ranked,    ///< the ensemble of surrogates weighted by rank; else a Gaussian process
    Factorised ///< starts from the nearest tasks' best; matrix factorisation, else a Gaussian process
};

/// A search that starts from past tasks, as ask/tell. A past task is dropped as soon as its surrogate orders
/// the first 5 or more feasible trials no better than chance; without any left, and beyond 200 trials of its
/// own, the search is the method that it falls back to, told everything. What it asks for follows from its
/// arguments and what Optimiser says, so a study that keeps its History is taken up as any other.
class TransferOptimiser : public Optimiser {
public:
    /// method: of the setup; what the search falls back to. Throws Error for a history that is not sound.
    TransferOptimiser(std::unique_ptr<Optimiser> method, std::string name, const SearchSetup& setup,
                      TransferKind kind, TransferSettings settings, const History& history);

    /// As of the trials told so far.
    TransferRecord record() const;

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;
    void learn(const Trial& trial, const Point& minimised) override;

private:
    void prepareStarts(const MetaFeatures& features);
    void follow();
    void judge();
    Observations observations() const;
    std::optional<Assignment> start() const;
    std::optional<Assignment> transferred(std::uint64_t id, Rng& rng) const;
    std::optional<RankedEnsemble> ensemble() const;
    bool isUseful() const;
    TransferRecord::Source sourceOf(std::size_t task) const;

    std::unique_ptr<Optimiser> method_;
    std::string name_;
    std::uint64_t seed_;
    TransferKind kind_;
    TransferSettings settings_;
    std::vector<LeftOut> leftOut_;
    std::vector<CarriedTask> tasks_;
    std::vector<PastSurrogate> surrogates_;
    std::vector<Assignment> starts_;
    std::optional<FactorisedSearch> factorised_;
    bool nearest_ = false; ///< are the starts those of the nearest data sets?

    Observations observed_;                                   ///< without what is in flight
    std::vector<std::vector<std::vector<double>>> pastMeans_; ///< [task][objective][observation]
    std::vector<double> concordances_;                        ///< by task, mean over objectives
    std::vector<bool> related_;
    ShrunkRange range_; ///< of the related tasks
};

/// "rgpe", "pmf", "box" and every method of optimiserNames().
const std::vector<std::string>& transferNames();
/// The method of optimiserNames() that one of transferNames() goes back to, and whose options it takes.
std::string methodBehind(const std::string& name);
/// start, portfolio, escape and tasks of TransferSettings.
const Schema& transferSchema();
/// A search by one of transferNames(): a method of optimiserNames() after a portfolio and shrunk ranges, or
/// what TransferKind says for "rgpe" (Ranked), "pmf" (Factorised) and "box" (Range). options: of the method,
/// for "rgpe" and "pmf" those of "gp". transfer: of transferSchema(). With an empty history, or one of which
/// nothing fits, it asks for exactly what the method alone would ("gp", or "random" for "box"). Throws Error.
std::unique_ptr<TransferOptimiser> makeTransferred(const std::string& method, const SearchSetup& setup,
                                                   const Json& options, const History& history,
                                                   const Json& transfer = Json::object());

} // namespace greenfront::search
