// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/random.h"

#include <cstddef>
#include <span>
#include <vector>

namespace greenfront::search {

/// One value a choice, by its index; idleChoice where another value leaves nothing to choose.
using Choices = std::vector<int>;
constexpr int idleChoice = -1;

struct WeightedChoices {
    Choices choices;
    double weight = 0;
};

/// A distribution over architectures: an independent categorical distribution for each choice.
class Categoricals {
public:
    /// shares: of each choice's values, in proportion to each other, above 0.
    explicit Categoricals(std::vector<std::vector<double>> shares);
    /// The same share for every value; counts: values of each choice.
    static Categoricals even(std::span<const std::size_t> counts);

    std::size_t size() const { return shares_.size(); }
    /// Probabilities of a choice's values.
    std::span<const double> operator[](std::size_t choice) const { return shares_[choice]; }
    Choices draw(Rng& rng) const;
    /// The most probable value of each choice; the first of equal ones.
    Choices mode() const;
    /// Natural logarithm; what is idle has probability 1.
    double logProbability(const Choices& choices) const;
    /// In nats, summed over the choices.
    double entropy() const;
    /// The entropy as a share of the largest possible one.
    double uncertainty() const;
    /// Probabilities move by this rate towards the weighted counts of the draws, whose weights sum to 1.
    /// Where the weights are those of a posterior, this is a step along the natural gradient of the marginal
    /// likelihood (empirical Bayes); at rate 1 it is expectation maximisation. What is idle pulls nowhere.
    void move(std::span<const WeightedChoices> draws, double rate);

private:
    std::vector<std::vector<double>> shares_;
    double largestEntropy_ = 0;
};

/// How many architectures to draw next: `most` where every value is as probable as any other, and in
/// proportion to the entropy from there (Yan et al. 2021, FP-NAS), but `least` at least.
std::size_t drawsFor(const Categoricals& distribution, std::size_t least, std::size_t most);

/// Mean 0 and deviation 1 over the finite scores, each counted as often as its mass says, so that one
/// temperature fits any unit. No masses: 1 each.
void standardise(std::span<double> scores, std::span<const double> masses = {});

/// The softmax of scores / temperature, each counted as often as its mass says: importance weights where
/// scores are log likelihoods and masses what a draw stands for. A score of minus infinity has no weight.
/// They sum to 1, or are all 0 where nothing has a weight. No masses: 1 each.
std::vector<double> importanceWeights(std::span<const double> scores, double temperature,
                                      std::span<const double> masses = {});

} // namespace greenfront::search
