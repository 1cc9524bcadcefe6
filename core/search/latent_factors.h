// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/gaussian_process.h"

namespace greenfront::search {

/// Probabilistic matrix factorisation with a Gaussian process latent variable model (Lawrence 2005; Fusi,
/// Sheth and Elibol 2018): every configuration is a place of few dimensions, and every data set a Gaussian
/// process over these places with one shared squared exponential kernel. Learnt are the places, a length for
/// each dimension, amplitude and noise, by the marginal likelihood of all columns together.
/// What all data sets have in common is their mean, which the processes are deviations from.
class LatentFactors {
public:
    /// columns: one a data set, of as many rows each, one a configuration; not a number where that was not
    /// tried. At most so many factors, fewer where there are few rows or columns. Takes rows^3 operations for
    /// each pattern of missing values and each of 150 steps. Throws Error for fewer than 2 rows or columns,
    /// columns of different lengths, or values that are infinite.
    explicit LatentFactors(std::vector<std::vector<double>> columns, std::size_t factors = 20);

    std::size_t rows() const { return means_.size(); }
    std::size_t factors() const { return logLengths_.size(); }
    /// Of every row of a new data set, in its unit, of which these rows are known (at least one).
    std::vector<Gaussian> predict(std::span<const std::size_t> known, std::span<const double> values) const;
    /// Of each known value as if it alone were not.
    std::vector<double> leaveOneOut(std::span<const std::size_t> known, std::span<const double> values) const;
    /// One deviation of a past data set's values, in the unit of a new one that is known so far.
    double unitOf(std::span<const std::size_t> known, std::span<const double> values) const;

private:
    struct Column;

    Column column(std::span<const std::size_t> known, std::span<const double> values) const;
    void standardise();
    void place(std::size_t factors);
    void learn();

    std::vector<std::vector<double>> columns_; ///< standardised, less means_
    std::vector<double> means_;                ///< of the standardised columns, by row
    std::vector<double> places_;               ///< rows x factors
    std::vector<double> logLengths_;
    double logAmplitude_ = 0, logNoise_ = -3; ///< of the variances
};

} // namespace greenfront::search
