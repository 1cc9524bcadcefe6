// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <Eigen/Core>

namespace greenfront::search {

/// A squared exponential kernel with a length for each dimension, as logarithms that are learnt.
struct LatentKernel {
    double logAmplitude = 0, logNoise = -3; ///< of the variances
    Eigen::VectorXd logLengths;

    /// Without the noise.
    Eigen::MatrixXd between(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) const;
    Eigen::MatrixXd withNoise(const Eigen::MatrixXd& places) const;
};

/// The log of the marginal likelihood of columns that are known at the same places, and its gradient.
struct LatentSlope {
    double likelihood = 0, amplitude = 0, noise = 0;
    Eigen::VectorXd lengths;
    Eigen::MatrixXd places;
};

/// values: one row a place, one column a data set. Likelihood is not a number where the covariance cannot be
/// factored.
LatentSlope slopeOf(const LatentKernel& kernel, const Eigen::MatrixXd& places, const Eigen::MatrixXd& values);

} // namespace greenfront::search
