// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/latent_factors.h"
#include "core/search/latent_kernel.h"

#include <Eigen/Cholesky>
#include <cmath>

namespace greenfront::search {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

double deviationOf(std::span<const double> values) {
    double sum = 0;
    double count = 0;
    for (const double value : values)
        if (!std::isnan(value)) {
            sum += value;
            ++count;
        }
    if (count < 2)
        return 0;
    double squares = 0;
    for (const double value : values)
        if (!std::isnan(value))
            squares += (value - sum / count) * (value - sum / count);
    return std::sqrt(squares / count);
}

} // namespace

/// A new data set as far as it is known: value = origin + unit * (the row's mean + a deviation).
struct LatentFactors::Column {
    LatentKernel kernel;
    MatrixXd places, known;
    double origin = 0, unit = 1;
    VectorXd deviations;
    Eigen::LLT<MatrixXd> factored;
};

/// The known configurations vary by this much here and by that much in the past data sets.
double LatentFactors::unitOf(std::span<const std::size_t> known, std::span<const double> values) const {
    double past = 0;
    double count = 0;
    for (const auto& column : columns_) {
        std::vector<double> same;
        same.reserve(known.size());
        for (const std::size_t row : known)
            same.push_back(column[row] + means_[row]);
        const double deviation = deviationOf(same);
        past += deviation;
        count += deviation > 0 ? 1 : 0;
    }
    const double here = deviationOf(values);
    return here > 0 && past > 0 ? here * count / past : 1;
}

LatentFactors::Column LatentFactors::column(std::span<const std::size_t> known,
                                            std::span<const double> values) const {
    Column column;
    column.kernel = {logAmplitude_, logNoise_,
                     Eigen::Map<const VectorXd>(logLengths_.data(), static_cast<Index>(factors()))};
    column.places =
        Eigen::Map<const MatrixXd>(places_.data(), static_cast<Index>(rows()), static_cast<Index>(factors()));
    column.unit = unitOf(known, values);
    const auto count = std::ssize(known);
    column.known.resize(count, column.places.cols());
    column.deviations.resize(count);
    for (Index i = 0; i < count; ++i) {
        const std::size_t row = known[static_cast<std::size_t>(i)];
        column.known.row(i) = column.places.row(static_cast<Index>(row));
        column.deviations[i] = values[static_cast<std::size_t>(i)] / column.unit - means_[row];
    }
    const double origin = column.deviations.mean();
    column.origin = origin * column.unit;
    column.deviations.array() -= origin;
    column.factored.compute(column.kernel.withNoise(column.known));
    return column;
}

std::vector<Gaussian> LatentFactors::predict(std::span<const std::size_t> known,
                                             std::span<const double> values) const {
    const Column now = column(known, values);
    const MatrixXd shared = now.kernel.between(now.known, now.places);
    const VectorXd means = shared.transpose() * now.factored.solve(now.deviations);
    const VectorXd explained = now.factored.matrixL().solve(shared).colwise().squaredNorm();
    const double amplitude = std::exp(logAmplitude_);
    std::vector<Gaussian> result;
    result.reserve(rows());
    for (std::size_t row = 0; row < rows(); ++row) {
        const auto i = static_cast<Index>(row);
        result.push_back({now.origin + now.unit * (means_[row] + means[i]),
                          now.unit * std::sqrt(std::max(amplitude - explained[i], 1e-12))});
    }
    return result;
}

std::vector<double> LatentFactors::leaveOneOut(std::span<const std::size_t> known,
                                               std::span<const double> values) const {
    const Column now = column(known, values);
    const auto count = std::ssize(known);
    const MatrixXd inverse = now.factored.solve(MatrixXd::Identity(count, count));
    const VectorXd weights = now.factored.solve(now.deviations);
    std::vector<double> result;
    result.reserve(known.size());
    for (Index i = 0; i < count; ++i)
        result.push_back(values[static_cast<std::size_t>(i)] - now.unit * weights[i] / inverse(i, i));
    return result;
}

} // namespace greenfront::search
