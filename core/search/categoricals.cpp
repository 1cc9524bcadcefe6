// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/categoricals.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace greenfront::search {

Categoricals::Categoricals(std::vector<std::vector<double>> shares) : shares_(std::move(shares)) {
    for (std::vector<double>& each : shares_) {
        const double sum = std::accumulate(each.begin(), each.end(), 0.0);
        if (std::abs(sum - 1) > 1e-9) // else what was stored stays as it was, to the last digit
            for (double& share : each)
                share /= sum;
        largestEntropy_ += std::log(static_cast<double>(each.size()));
    }
}

Categoricals Categoricals::even(std::span<const std::size_t> counts) {
    std::vector<std::vector<double>> shares;
    shares.reserve(counts.size());
    for (const std::size_t count : counts)
        shares.emplace_back(count, 1.0);
    return Categoricals(std::move(shares));
}

Choices Categoricals::draw(Rng& rng) const {
    Choices choices;
    choices.reserve(size());
    for (const std::vector<double>& each : shares_) {
        double left = rng.uniform();
        std::size_t value = 0;
        while (value + 1 < each.size() && (left -= each[value]) >= 0)
            ++value;
        choices.push_back(static_cast<int>(value));
    }
    return choices;
}

Choices Categoricals::mode() const {
    Choices choices;
    choices.reserve(size());
    for (const std::vector<double>& each : shares_)
        choices.push_back(static_cast<int>(std::ranges::max_element(each) - each.begin()));
    return choices;
}

double Categoricals::logProbability(const Choices& choices) const {
    double sum = 0;
    for (std::size_t i = 0; i < size(); ++i)
        if (choices[i] != idleChoice)
            sum += std::log(shares_[i][static_cast<std::size_t>(choices[i])]);
    return sum;
}

double Categoricals::entropy() const {
    double sum = 0;
    for (const std::vector<double>& each : shares_)
        for (const double share : each)
            if (share > 0)
                sum -= share * std::log(share);
    return sum;
}

double Categoricals::uncertainty() const {
    return largestEntropy_ > 0 ? entropy() / largestEntropy_ : 0;
}

void Categoricals::move(std::span<const WeightedChoices> draws, double rate) {
    for (std::size_t i = 0; i < size(); ++i) {
        std::vector<double> counts(shares_[i].size(), 0.0);
        double total = 0;
        for (const auto& [choices, weight] : draws)
            if (choices[i] != idleChoice) {
                counts[static_cast<std::size_t>(choices[i])] += weight;
                total += weight;
            }
        for (std::size_t value = 0; value < counts.size(); ++value)
            shares_[i][value] =
                std::max(0.0, shares_[i][value] + rate * (counts[value] - total * shares_[i][value]));
    }
}

std::size_t drawsFor(const Categoricals& distribution, std::size_t least, std::size_t most) {
    const double draws = std::ceil(static_cast<double>(most) * distribution.uncertainty());
    return std::max(least, std::min(most, static_cast<std::size_t>(draws)));
}

void standardise(std::span<double> scores, std::span<const double> masses) {
    double total = 0;
    double mean = 0;
    double squares = 0;
    const auto forEach = [&](const auto& body) {
        for (std::size_t i = 0; i < scores.size(); ++i)
            if (std::isfinite(scores[i]))
                body(scores[i], masses.empty() ? 1.0 : masses[i]);
    };
    forEach([&](double score, double mass) {
        total += mass;
        mean += mass * score;
    });
    mean /= total;
    forEach([&](double score, double mass) { squares += mass * (score - mean) * (score - mean); });
    const double deviation = std::sqrt(squares / total);
    forEach([&](double& score, double) { score = deviation > 0 ? (score - mean) / deviation : 0; });
}

std::vector<double> importanceWeights(std::span<const double> scores, double temperature,
                                      std::span<const double> masses) {
    std::vector<double> weights(scores.size(), 0.0);
    const double best = scores.empty() ? -std::numeric_limits<double>::infinity() : std::ranges::max(scores);
    if (!std::isfinite(best))
        return weights;
    for (std::size_t i = 0; i < scores.size(); ++i)
        weights[i] = (masses.empty() ? 1.0 : masses[i]) * std::exp((scores[i] - best) / temperature);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight = sum > 0 ? weight / sum : 0;
    return weights;
}

} // namespace greenfront::search
