// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/gaussian_process.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace greenfront::search {
namespace {

using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr double root5 = 2.2360679774997896964;

/// Normal priors of the parameters' logarithms.
struct Prior {
    double mean, deviation;
    double slope(double value) const { return (mean - value) / (deviation * deviation); }
};
constexpr Prior amplitudePrior{0, 1};
constexpr Prior noisePrior{-7, 2};

Prior lengthPrior(std::size_t dimensions) {
    return {std::log(0.3) + 0.5 * std::log(static_cast<double>(dimensions)), 1};
}

MatrixXd scaled(std::span<const double> places, const std::vector<double>& logLengths) {
    const auto dimensions = static_cast<Index>(logLengths.size());
    const auto rows = static_cast<Index>(places.size()) / dimensions;
    MatrixXd matrix = Eigen::Map<const RowMajor>(places.data(), rows, dimensions);
    for (Index i = 0; i < dimensions; ++i)
        matrix.col(i) *= std::exp(-logLengths[static_cast<std::size_t>(i)]);
    return matrix;
}

/// Distances between the rows.
ArrayXXd distances(const MatrixXd& a, const MatrixXd& b) {
    MatrixXd squares = -2 * a * b.transpose();
    squares.colwise() += a.rowwise().squaredNorm();
    squares.rowwise() += b.rowwise().squaredNorm().transpose();
    return squares.array().max(0).sqrt();
}

MatrixXd matern(const ArrayXXd& distance, double amplitude) {
    return (amplitude * (1 + root5 * distance + 5.0 / 3 * distance.square()) * (-root5 * distance).exp())
        .matrix();
}

/// Steps of one parameter: longer while the slope keeps its sign (Riedmiller and Braun 1993).
struct Stride {
    double length = 0.1, last = 0;

    double next(double slope) {
        if (slope * last < 0) {
            length = std::max(length * 0.5, 1e-4);
            last = 0;
            return 0;
        }
        if (slope * last > 0)
            length = std::min(length * 1.2, 0.5);
        last = slope;
        return slope > 0 ? length : slope < 0 ? -length : 0;
    }
};

} // namespace

GaussianProcess::GaussianProcess(std::size_t dimensions)
    : dimensions_(dimensions), logLengths_(dimensions, lengthPrior(dimensions).mean) {}

void GaussianProcess::fit(std::vector<double> places, std::span<const double> values, int steps) {
    places_ = std::move(places);
    values_.assign(values.begin(), values.end());
    const auto count = static_cast<double>(values_.size());
    mean_ = std::accumulate(values_.begin(), values_.end(), 0.0) / count;
    double squares = 0;
    for (const double value : values_)
        squares += (value - mean_) * (value - mean_);
    unit_ = squares > 0 ? std::sqrt(squares / count) : 1;
    for (double& value : values_)
        value = (value - mean_) / unit_;
    Stride amplitude;
    Stride noise;
    std::vector<Stride> lengths(dimensions_);
    const Prior lengthsPrior = lengthPrior(dimensions_);
    for (int step = 0; step < steps && factor(); ++step) {
        const Gradient slope = gradient();
        logAmplitude_ += amplitude.next(slope.amplitude + amplitudePrior.slope(logAmplitude_));
        logNoise_ = std::clamp(logNoise_ + noise.next(slope.noise + noisePrior.slope(logNoise_)), -14.0, 2.0);
        for (std::size_t i = 0; i < dimensions_; ++i)
            logLengths_[i] += lengths[i].next(slope.lengths[i] + lengthsPrior.slope(logLengths_[i]));
    }
    while (!factor() && logNoise_ < 2)
        logNoise_ += 1;
}

bool GaussianProcess::factor() {
    const MatrixXd at = scaled(places_, logLengths_);
    MatrixXd covariance = matern(distances(at, at), std::exp(logAmplitude_));
    covariance.diagonal().array() += std::exp(logNoise_) + 1e-10;
    const Eigen::LLT<MatrixXd> factored(covariance);
    if (factored.info() != Eigen::Success)
        return false;
    const MatrixXd triangle = factored.matrixL();
    const auto rows = static_cast<Index>(count());
    const Eigen::Map<const VectorXd> values(values_.data(), rows);
    const VectorXd weights = factored.solve(values);
    triangle_.assign(triangle.data(), triangle.data() + triangle.size());
    weights_.assign(weights.data(), weights.data() + rows);
    likelihood_ = -0.5 * values.dot(weights) - triangle.diagonal().array().log().sum() -
                  0.5 * static_cast<double>(rows) * std::log(2 * std::numbers::pi);
    return true;
}

/// Half the trace of (weights weights' - covariance^-1) times the covariance's derivative (Rasmussen and
/// Williams 2006, equation 5.9).
GaussianProcess::Gradient GaussianProcess::gradient() const {
    const auto rows = static_cast<Index>(count());
    const Eigen::Map<const MatrixXd> triangle(triangle_.data(), rows, rows);
    const Eigen::Map<const VectorXd> weights(weights_.data(), rows);
    MatrixXd inverse = triangle.triangularView<Eigen::Lower>().solve(MatrixXd::Identity(rows, rows));
    inverse = inverse.transpose() * inverse;
    const ArrayXXd pull = (weights * weights.transpose() - inverse).array();
    const MatrixXd at = scaled(places_, logLengths_);
    const ArrayXXd distance = distances(at, at);
    const double amplitude = std::exp(logAmplitude_);
    Gradient slope;
    slope.amplitude = 0.5 * (pull * matern(distance, amplitude).array()).sum();
    slope.noise = 0.5 * std::exp(logNoise_) * pull.matrix().trace();
    const MatrixXd common =
        (pull * (amplitude * 5.0 / 3 * (1 + root5 * distance) * (-root5 * distance).exp())).matrix();
    // The sum of common_ij (x_i - x_j)^2, where common is symmetric, without a matrix for each dimension.
    const VectorXd sums = common.rowwise().sum();
    const MatrixXd products = common * at;
    for (Index i = 0; i < at.cols(); ++i)
        slope.lengths.push_back(at.col(i).cwiseAbs2().dot(sums) - at.col(i).dot(products.col(i)));
    return slope;
}

std::vector<Gaussian> GaussianProcess::predict(std::span<const double> places) const {
    const auto rows = static_cast<Index>(count());
    const double amplitude = std::exp(logAmplitude_);
    const MatrixXd shared =
        matern(distances(scaled(places_, logLengths_), scaled(places, logLengths_)), amplitude);
    const Eigen::Map<const MatrixXd> triangle(triangle_.data(), rows, rows);
    const Eigen::Map<const VectorXd> weights(weights_.data(), rows);
    const VectorXd means = shared.transpose() * weights;
    const VectorXd known = triangle.triangularView<Eigen::Lower>().solve(shared).colwise().squaredNorm();
    std::vector<Gaussian> result;
    for (Index i = 0; i < means.size(); ++i)
        result.push_back(
            {mean_ + unit_ * means[i], unit_ * std::sqrt(std::max(amplitude - known[i], 1e-12))});
    return result;
}

std::vector<Gaussian> GaussianProcess::leaveOneOut() const {
    const auto rows = static_cast<Index>(count());
    const Eigen::Map<const MatrixXd> triangle(triangle_.data(), rows, rows);
    const MatrixXd inverse = triangle.triangularView<Eigen::Lower>().solve(MatrixXd::Identity(rows, rows));
    const VectorXd precisions = inverse.colwise().squaredNorm();
    std::vector<Gaussian> result;
    result.reserve(count());
    for (std::size_t i = 0; i < count(); ++i) {
        const double precision = precisions[static_cast<Index>(i)];
        result.push_back(
            {mean_ + unit_ * (values_[i] - weights_[i] / precision), unit_ / std::sqrt(precision)});
    }
    return result;
}

} // namespace greenfront::search
