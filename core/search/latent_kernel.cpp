// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/latent_kernel.h"

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>
#include <numbers>

namespace greenfront::search {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd LatentKernel::between(const MatrixXd& a, const MatrixXd& b) const {
    const VectorXd scale = (-logLengths).array().exp();
    const MatrixXd left = a * scale.asDiagonal();
    const MatrixXd right = b * scale.asDiagonal();
    MatrixXd squares = -2 * left * right.transpose();
    squares.colwise() += left.rowwise().squaredNorm();
    squares.rowwise() += right.rowwise().squaredNorm().transpose();
    return std::exp(logAmplitude) * (-0.5 * squares.array().max(0)).exp().matrix();
}

MatrixXd LatentKernel::withNoise(const MatrixXd& places) const {
    MatrixXd covariance = between(places, places);
    covariance.diagonal().array() += std::exp(logNoise) + 1e-8;
    return covariance;
}

/// Half of (weights weights' - columns covariance^-1), against each derivative of the covariance (Lawrence
/// 2005).
LatentSlope slopeOf(const LatentKernel& kernel, const MatrixXd& places, const MatrixXd& values) {
    const Index rows = places.rows();
    const auto columns = static_cast<double>(values.cols());
    const MatrixXd smooth = kernel.between(places, places);
    const Eigen::LLT<MatrixXd> factored(kernel.withNoise(places));
    LatentSlope slope;
    if (factored.info() != Eigen::Success) {
        slope.likelihood = std::numeric_limits<double>::quiet_NaN();
        return slope;
    }
    const MatrixXd weights = factored.solve(values);
    const MatrixXd inverse = factored.solve(MatrixXd::Identity(rows, rows));
    slope.likelihood = -0.5 * values.cwiseProduct(weights).sum() -
                       columns * (factored.matrixLLT().diagonal().array().log().sum() +
                                  0.5 * static_cast<double>(rows) * std::log(2 * std::numbers::pi));
    const MatrixXd pull = 0.5 * (weights * weights.transpose() - columns * inverse);
    const MatrixXd common = pull.cwiseProduct(smooth);
    slope.amplitude = common.sum();
    slope.noise = std::exp(kernel.logNoise) * pull.trace();
    slope.lengths.resize(places.cols());
    slope.places.resize(rows, places.cols());
    const VectorXd sums = common.rowwise().sum();
    for (Index q = 0; q < places.cols(); ++q) {
        const double precision = std::exp(-2 * kernel.logLengths[q]);
        const VectorXd x = places.col(q);
        const VectorXd drawn = common * x;
        slope.places.col(q) = 2 * precision * (drawn - sums.cwiseProduct(x));
        slope.lengths[q] = 2 * precision * (sums.dot(x.cwiseAbs2()) - x.dot(drawn));
    }
    return slope;
}

} // namespace greenfront::search
