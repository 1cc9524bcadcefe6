// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/gaussian.h"

#include <cstddef>
#include <span>
#include <vector>

namespace greenfront::search {

/// A Gaussian process (Rasmussen and Williams 2006) on [0, 1]^d with a Matern 5/2 kernel that has a length
/// for each dimension. Values are standardised inside. n^3 operations a fit.
class GaussianProcess {
public:
    explicit GaussianProcess(std::size_t dimensions);

    /// Places: n rows of d numbers, at least one. Moves amplitude, noise and lengths by so many steps up the
    /// gradient of the marginal likelihood, under weak log-normal priors, from where the last fit left them.
    void fit(std::vector<double> places, std::span<const double> values, int steps);
    /// For m rows of d numbers, in the values' own unit. Of the function, without the noise.
    std::vector<Gaussian> predict(std::span<const double> places) const;
    /// What it would predict of each of its own values, noise included, had it not seen that one (Rasmussen
    /// and Williams 2006, equation 5.12).
    std::vector<Gaussian> leaveOneOut() const;
    /// log of the marginal likelihood of the standardised values.
    double likelihood() const { return likelihood_; }
    const std::vector<double>& logLengths() const { return logLengths_; }

private:
    struct Gradient {
        double amplitude = 0, noise = 0;
        std::vector<double> lengths;
    };

    std::size_t count() const { return values_.size(); }
    /// Factors the covariance; false where it cannot be.
    bool factor();
    Gradient gradient() const;

    std::size_t dimensions_;
    double logAmplitude_ = 0, logNoise_ = -7; ///< of the variances
    std::vector<double> logLengths_;
    std::vector<double> places_, values_; ///< values standardised
    double mean_ = 0, unit_ = 1;
    std::vector<double> triangle_, weights_; ///< Cholesky factor by column; covariance^-1 values
    double likelihood_ = 0;
};

} // namespace greenfront::search
