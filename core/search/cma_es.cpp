// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/cma_es.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

namespace greenfront::search {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double smallestWidth = 1e-9;
constexpr double categoryRate = 0.3;
constexpr double leastShare = 0.2; ///< of a category, spread over all of a parameter's

/// Into [0, 1] as by mirrors at 0 and 1.
double reflected(double value) {
    value = std::abs(std::fmod(value, 2.0));
    return value > 1 ? 2 - value : value;
}

/// Weights of the better half of a generation, and what follows from them (Hansen 2016, table 1).
struct Constants {
    VectorXd weights;
    double effective = 1, stepRate = 0, stepDamping = 1, pathRate = 0, rankOne = 0, rankMany = 0, normal = 1;

    Constants(std::size_t population, double dimensions) {
        const auto parents = static_cast<Index>(population / 2);
        weights.resize(parents);
        for (Index i = 0; i < parents; ++i)
            weights[i] =
                std::log(static_cast<double>(population) / 2 + 0.5) - std::log(static_cast<double>(i) + 1);
        weights /= weights.sum();
        effective = 1 / weights.squaredNorm();
        stepRate = (effective + 2) / (dimensions + effective + 5);
        stepDamping = 1 + 2 * std::max(0.0, std::sqrt((effective - 1) / (dimensions + 1)) - 1) + stepRate;
        pathRate = (4 + effective / dimensions) / (dimensions + 4 + 2 * effective / dimensions);
        rankOne = 2 / ((dimensions + 1.3) * (dimensions + 1.3) + effective);
        rankMany = std::min(1 - rankOne, 2 * (effective - 2 + 1 / effective) /
                                             ((dimensions + 2) * (dimensions + 2) + effective));
        normal = std::sqrt(dimensions) * (1 - 1 / (4 * dimensions) + 1 / (21 * dimensions * dimensions));
    }
};

/// The normal distribution that moves.
class MovingNormal {
public:
    MovingNormal(std::size_t population, VectorXd mean, double width)
        : constants_(population, static_cast<double>(std::max<Index>(1, mean.size()))),
          mean_(std::move(mean)),
          width_(width),
          covariance_(MatrixXd::Identity(mean_.size(), mean_.size())),
          axes_(covariance_),
          lengths_(VectorXd::Ones(mean_.size())),
          stepPath_(VectorXd::Zero(mean_.size())),
          path_(stepPath_) {}

    const VectorXd& mean() const { return mean_; }
    double deviation(Index i) const { return width_ * std::sqrt(covariance_(i, i)); }
    VectorXd draw(Rng& rng) const {
        VectorXd normal(mean_.size());
        for (Index i = 0; i < normal.size(); ++i)
            normal[i] = lengths_[i] * rng.normal();
        return mean_ + width_ * (axes_ * normal);
    }
    bool exhausted() const { return mean_.size() > 0 && width_ * lengths_.maxCoeff() < smallestWidth; }

    /// The better half of a generation, the best first.
    void move(const std::vector<VectorXd>& best) {
        if (mean_.size() == 0)
            return;
        ++generation_;
        const auto count = static_cast<Index>(best.size());
        MatrixXd steps(mean_.size(), count);
        for (Index i = 0; i < count; ++i)
            steps.col(i) = shortened((best[static_cast<std::size_t>(i)] - mean_) / width_);
        const VectorXd shift = steps * constants_.weights;
        mean_ = (mean_ + width_ * shift).cwiseMax(0.0).cwiseMin(1.0);
        movePaths(shift);
        const auto& c = constants_;
        covariance_ = (1 - c.rankOne - c.rankMany) * covariance_ + c.rankOne * path_ * path_.transpose() +
                      c.rankMany * steps * c.weights.asDiagonal() * steps.transpose();
        width_ *= std::exp(std::min(1.0, c.stepRate / c.stepDamping * (stepPath_.norm() / c.normal - 1)));
        width_ = std::min(width_, 1.0);
        const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(covariance_);
        axes_ = solver.eigenvectors();
        lengths_ = solver.eigenvalues().cwiseMax(1e-20).cwiseSqrt();
    }

private:
    VectorXd whitened(const VectorXd& step) const {
        return axes_ * (axes_.transpose() * step).cwiseQuotient(lengths_);
    }
    VectorXd shortened(const VectorXd& step) const {
        const auto dimensions = static_cast<double>(step.size());
        const double longest = std::sqrt(dimensions) + 2 * dimensions / (dimensions + 2);
        const double length = whitened(step).norm();
        return length > longest ? VectorXd(step * (longest / length)) : step;
    }
    void movePaths(const VectorXd& shift) {
        const auto& c = constants_;
        stepPath_ = (1 - c.stepRate) * stepPath_ +
                    std::sqrt(c.stepRate * (2 - c.stepRate) * c.effective) * whitened(shift);
        const double settled = std::sqrt(1 - std::pow(1 - c.stepRate, 2.0 * generation_));
        const bool slow =
            stepPath_.norm() / settled < (1.4 + 2 / (static_cast<double>(shift.size()) + 1)) * c.normal;
        path_ *= 1 - c.pathRate;
        if (slow)
            path_ += std::sqrt(c.pathRate * (2 - c.pathRate) * c.effective) * shift;
    }

    Constants constants_;
    VectorXd mean_;
    double width_;
    MatrixXd covariance_, axes_;
    VectorXd lengths_, stepPath_, path_;
    int generation_ = 0;
};

} // namespace

struct CmaEsOptimiser::State {
    CmaEsSettings settings;
    std::vector<std::size_t> numbers;
    std::vector<std::vector<double>> shares; ///< of each category, by parameter
    MovingNormal normal;
    std::size_t population;
    std::vector<Trial> generation;
    std::vector<Standing> standings;
    int restarts = 0;
};

CmaEsOptimiser::CmaEsOptimiser(SearchSetup setup, CmaEsSettings settings) : Optimiser(std::move(setup)) {
    std::vector<std::size_t> numbers;
    std::vector<std::vector<double>> shares(space().size());
    for (std::size_t i = 0; i < space().size(); ++i)
        if (space().isCategorical(i))
            shares[i].assign(space().cells(i), 1 / static_cast<double>(space().cells(i)));
        else
            numbers.push_back(i);
    const auto count = static_cast<double>(std::max<std::size_t>(1, numbers.size()));
    const std::size_t population = settings.population > 0
                                       ? std::max<std::size_t>(4, settings.population)
                                       : 4 + static_cast<std::size_t>(3 * std::log(count));
    MovingNormal normal(population, VectorXd::Constant(static_cast<Index>(numbers.size()), 0.5),
                        settings.width);
    state_ = std::make_unique<State>(
        State{settings, std::move(numbers), std::move(shares), std::move(normal), population, {}, {}});
}

CmaEsOptimiser::~CmaEsOptimiser() = default;

std::optional<Assignment> CmaEsOptimiser::propose(std::uint64_t /*id*/, Rng& rng) {
    const VectorXd drawn = state_->normal.draw(rng);
    std::vector<double> unit(space().size(), 0.5);
    for (std::size_t i = 0; i < state_->numbers.size(); ++i) {
        const std::size_t parameter = state_->numbers[i];
        const auto place = static_cast<Index>(i);
        double at = reflected(drawn[place]);
        const double least = 0.4 * space().widthOf(parameter, space().valueAt(parameter, at));
        const double deviation = state_->normal.deviation(place);
        if (deviation < least)
            at = reflected(at + std::sqrt(least * least - deviation * deviation) * rng.normal());
        unit[parameter] = at;
    }
    for (std::size_t i = 0; i < space().size(); ++i) {
        const std::vector<double>& shares = state_->shares[i];
        if (shares.empty())
            continue;
        double left = rng.uniform();
        std::size_t category = 0;
        while (category + 1 < shares.size() && (left -= shares[category]) >= 0)
            ++category;
        unit[i] = space().unitOf(i, static_cast<double>(category));
    }
    return space().fromUnit(unit);
}

void CmaEsOptimiser::learn(const Trial& trial, const Point& minimised) {
    State& state = *state_;
    state.generation.push_back(trial);
    state.standings.push_back(standingOf(trial, minimised));
    if (state.generation.size() < state.population)
        return;
    std::vector<const Standing*> standings;
    for (const Standing& standing : state.standings)
        standings.push_back(&standing);
    auto ranked = bestFirst(standings);
    ranked.resize(state.population / 2);
    std::vector<VectorXd> best;
    for (const Ranked& one : ranked) {
        const Assignment& assignment = state.generation[one.index].assignment;
        VectorXd place = state.normal.mean(); // what is inactive pulls nowhere
        for (std::size_t i = 0; i < state.numbers.size(); ++i)
            if (const double value = assignment.values[state.numbers[i]]; !std::isnan(value))
                place[static_cast<Index>(i)] = space().unitOf(state.numbers[i], value);
        best.push_back(std::move(place));
    }
    for (std::size_t i = 0; i < space().size(); ++i) {
        std::vector<double>& shares = state.shares[i];
        const auto choices = static_cast<double>(shares.size());
        std::vector<double> seen(shares.size(), leastShare / std::max(1.0, choices));
        double total = leastShare;
        for (const Ranked& one : ranked)
            if (const double value = state.generation[one.index].assignment.values[i];
                !shares.empty() && !std::isnan(value)) {
                seen[static_cast<std::size_t>(value)] += 1;
                total += 1;
            }
        for (std::size_t category = 0; category < shares.size(); ++category)
            shares[category] += categoryRate * (seen[category] / total - shares[category]);
    }
    state.normal.move(best);
    state.generation.clear();
    state.standings.clear();
    if (!state.normal.exhausted())
        return;
    state.population *= 2;
    Rng rng(static_cast<std::uint64_t>(++state.restarts), trial.id);
    VectorXd mean(static_cast<Index>(state.numbers.size()));
    for (Index i = 0; i < mean.size(); ++i)
        mean[i] = rng.uniform();
    state.normal = MovingNormal(state.population, std::move(mean), state.settings.width);
}

} // namespace greenfront::search
