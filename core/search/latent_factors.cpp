// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/latent_factors.h"

#include "core/base/error.h"
#include "core/search/latent_kernel.h"

#include <Eigen/Cholesky>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <map>

namespace greenfront::search {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int steps = 150;
constexpr double stepLength = 0.05;

[[noreturn]] void refuse(const std::string& reason) {
    throw Error("learn from", "the matrix of past results", reason, "Give results of more studies");
}

double meanOf(std::span<const double> values) {
    double sum = 0;
    double count = 0;
    for (const double value : values)
        if (!std::isnan(value)) {
            sum += value;
            ++count;
        }
    return count > 0 ? sum / count : 0;
}

double deviationOf(std::span<const double> values, double mean) {
    double squares = 0;
    double count = 0;
    for (const double value : values)
        if (!std::isnan(value)) {
            squares += (value - mean) * (value - mean);
            ++count;
        }
    return squares > 0 ? std::sqrt(squares / count) : 0;
}

/// Steps of Adam (Kingma and Ba 2015), uphill.
class Climber {
public:
    explicit Climber(Index size) : mean_(VectorXd::Zero(size)), square_(VectorXd::Zero(size)) {}

    VectorXd step(const VectorXd& slope) {
        ++count_;
        mean_ = 0.9 * mean_ + 0.1 * slope;
        square_ = 0.99 * square_ + 0.01 * slope.cwiseAbs2();
        const VectorXd mean = mean_ / (1 - std::pow(0.9, count_));
        const VectorXd square = square_ / (1 - std::pow(0.99, count_));
        return stepLength * mean.cwiseQuotient((square.cwiseSqrt().array() + 1e-8).matrix());
    }

private:
    VectorXd mean_, square_;
    int count_ = 0;
};

/// Columns that are known at the same rows share a covariance.
struct Group {
    std::vector<Index> rows;
    MatrixXd values; ///< rows x columns
};

std::vector<Group> groupsOf(const std::vector<std::vector<double>>& columns) {
    std::map<std::vector<Index>, std::vector<std::size_t>> byRows;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::vector<Index> rows;
        for (std::size_t row = 0; row < columns[i].size(); ++row)
            if (!std::isnan(columns[i][row]))
                rows.push_back(static_cast<Index>(row));
        if (!rows.empty())
            byRows[rows].push_back(i);
    }
    std::vector<Group> groups;
    groups.reserve(byRows.size());
    for (const auto& [rows, members] : byRows) {
        Group& group = groups.emplace_back();
        group.rows = rows;
        group.values.resize(std::ssize(rows), std::ssize(members));
        for (Index column = 0; column < group.values.cols(); ++column)
            for (Index row = 0; row < group.values.rows(); ++row)
                group.values(row, column) =
                    columns[members[static_cast<std::size_t>(column)]]
                           [static_cast<std::size_t>(rows[static_cast<std::size_t>(row)])];
    }
    return groups;
}

/// The gradient of the log posterior; places, lengths, amplitude and noise have weak normal priors.
VectorXd slopesOf(const LatentKernel& kernel, const MatrixXd& places, const std::vector<Group>& groups) {
    MatrixXd pulls = -places;
    VectorXd rest(places.cols() + 2);
    rest.head(places.cols()) = -kernel.logLengths / 4;
    rest[places.cols()] = -kernel.logAmplitude;
    rest[places.cols() + 1] = (-3 - kernel.logNoise) / 4;
    for (const Group& group : groups) {
        const LatentSlope slope = slopeOf(kernel, places(group.rows, Eigen::all), group.values);
        if (std::isnan(slope.likelihood))
            continue;
        pulls(group.rows, Eigen::all) += slope.places;
        rest.head(places.cols()) += slope.lengths;
        rest[places.cols()] += slope.amplitude;
        rest[places.cols() + 1] += slope.noise;
    }
    VectorXd all(pulls.size() + rest.size());
    all << pulls.reshaped(), rest;
    return all;
}

} // namespace

LatentFactors::LatentFactors(std::vector<std::vector<double>> columns, std::size_t factors)
    : columns_(std::move(columns)) {
    if (columns_.size() < 2 || columns_.front().size() < 2)
        refuse("it has fewer than 2 data sets or configurations");
    for (const auto& column : columns_)
        if (column.size() != columns_.front().size() ||
            std::ranges::any_of(column, [](double value) { return std::isinf(value); }))
            refuse("its columns differ in length, or a value is infinite");
    standardise();
    place(std::max<std::size_t>(1, std::min({factors, columns_.size() - 1, rows() - 1})));
    learn();
}

void LatentFactors::standardise() {
    for (auto& column : columns_) {
        const double mean = meanOf(column);
        const double deviation = deviationOf(column, mean);
        for (double& value : column)
            value = (value - mean) / (deviation > 0 ? deviation : 1);
    }
    means_.resize(columns_.front().size());
    for (std::size_t row = 0; row < means_.size(); ++row) {
        std::vector<double> values;
        values.reserve(columns_.size());
        for (const auto& column : columns_)
            values.push_back(column[row]);
        means_[row] = meanOf(values);
        for (auto& column : columns_)
            column[row] -= means_[row];
    }
}

/// By principal components, with 0 where nothing is known.
void LatentFactors::place(std::size_t factors) {
    MatrixXd values = MatrixXd::Zero(static_cast<Index>(rows()), std::ssize(columns_));
    for (Index column = 0; column < values.cols(); ++column)
        for (Index row = 0; row < values.rows(); ++row) {
            const double value = columns_[static_cast<std::size_t>(column)][static_cast<std::size_t>(row)];
            values(row, column) = std::isnan(value) ? 0 : value;
        }
    const Eigen::BDCSVD<MatrixXd> parts(values, Eigen::ComputeThinU);
    const auto kept = static_cast<Index>(factors);
    const double largest = std::max(parts.singularValues()[0], 1e-12);
    MatrixXd places =
        parts.matrixU().leftCols(kept) * (parts.singularValues().head(kept) / largest).asDiagonal();
    places *= std::sqrt(static_cast<double>(rows()));
    places_.assign(places.data(), places.data() + places.size());
    logLengths_.assign(factors, 0.0);
}

void LatentFactors::learn() {
    const auto groups = groupsOf(columns_);
    MatrixXd places =
        Eigen::Map<const MatrixXd>(places_.data(), static_cast<Index>(rows()), static_cast<Index>(factors()));
    LatentKernel kernel{logAmplitude_, logNoise_, VectorXd::Zero(static_cast<Index>(logLengths_.size()))};
    Climber climber(places.size() + kernel.logLengths.size() + 2);
    for (int i = 0; i < steps; ++i) {
        const VectorXd moved = climber.step(slopesOf(kernel, places, groups));
        places += moved.head(places.size()).reshaped(places.rows(), places.cols());
        kernel.logLengths += moved.segment(places.size(), kernel.logLengths.size());
        kernel.logAmplitude = std::clamp(kernel.logAmplitude + moved[moved.size() - 2], -10.0, 5.0);
        kernel.logNoise = std::clamp(kernel.logNoise + moved[moved.size() - 1], -8.0, 2.0);
    }
    places_.assign(places.data(), places.data() + places.size());
    logLengths_.assign(kernel.logLengths.data(), kernel.logLengths.data() + kernel.logLengths.size());
    logAmplitude_ = kernel.logAmplitude;
    logNoise_ = kernel.logNoise;
}

} // namespace greenfront::search
