// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/factorised_search.h"

#include "core/search/rank_weights.h"

#include <algorithm>

namespace greenfront::search {
namespace {

constexpr double margin = 0.01;          ///< xi
constexpr double least = 1e-4;           ///< of expected improvement, in deviations
constexpr std::size_t fewestToDoubt = 8; ///< configurations; fewer say little about an order

std::vector<LatentFactors> factorised(const PerformanceMatrix& matrix) {
    std::vector<LatentFactors> result;
    if (matrix.values.empty() || matrix.configurations.empty())
        return {LatentFactors({}, 1)};
    for (std::size_t objective = 0; objective < matrix.values.front().front().size(); ++objective) {
        std::vector<std::vector<double>> columns;
        columns.reserve(matrix.values.size());
        for (const auto& task : matrix.values) {
            auto& column = columns.emplace_back();
            column.reserve(task.size());
            for (const Point& point : task)
                column.push_back(point[objective]);
        }
        result.emplace_back(std::move(columns));
    }
    return result;
}

} // namespace

/// What was observed of the configurations, in units that a past data set would have.
struct FactorisedSearch::Known {
    std::vector<std::size_t> rows;
    std::vector<std::vector<double>> values; ///< [objective][row]
};

FactorisedSearch::FactorisedSearch(const PerformanceMatrix& matrix)
    : configurations_(matrix.configurations), factors_(factorised(matrix)) {}

bool FactorisedSearch::areTrusted(const Known& known) const {
    if (known.rows.size() < fewestToDoubt)
        return true;
    double sum = 0;
    for (std::size_t objective = 0; objective < factors_.size(); ++objective)
        sum += concordance(factors_[objective].leaveOneOut(known.rows, known.values[objective]),
                           known.values[objective]);
    return betterThanChance(sum / static_cast<double>(factors_.size()), known.rows.size());
}

std::optional<Assignment> FactorisedSearch::suggested(const Observations& observed,
                                                      const std::function<bool(const Assignment&)>& isNew,
                                                      Rng& rng) const {
    Known known{{}, std::vector<std::vector<double>>(factors_.size())};
    const auto rowOf = [this](const Assignment& assignment) {
        return static_cast<std::size_t>(std::ranges::find(configurations_, assignment) -
                                        configurations_.begin());
    };
    for (std::size_t i = 0; i < observed.assignments.size(); ++i) {
        const std::size_t row = rowOf(observed.assignments[i]);
        if (row == configurations_.size())
            continue;
        known.rows.push_back(row);
        for (std::size_t k = 0; k < factors_.size(); ++k)
            known.values[k].push_back(observed.minimised[i][k]);
    }
    if (known.rows.empty() || !areTrusted(known))
        return std::nullopt;
    std::vector<Predictions> predictions(factors_.size());
    std::vector<double> units;
    Point ideal;
    for (std::size_t k = 0; k < factors_.size(); ++k) {
        units.push_back(factors_[k].unitOf(known.rows, known.values[k]));
        predictions[k] = factors_[k].predict(known.rows, known.values[k]);
        for (auto& prediction : predictions[k]) {
            prediction.mean /= units[k];
            prediction.deviation /= units[k];
        }
        ideal.push_back(std::ranges::min(observed.objective(k)) / units[k]);
    }
    const Folding folding = drawnFolding(ideal, rng);
    double best = std::numeric_limits<double>::max();
    for (Point point : observed.minimised) {
        for (std::size_t k = 0; k < point.size(); ++k)
            point[k] /= units[k];
        best = std::min(best, folding(point));
    }
    const auto improvements = expectedImprovements(predictions, folding, best, margin, rng);
    std::optional<std::size_t> chosen;
    for (std::size_t i = 0; i < improvements.size(); ++i)
        if (improvements[i] > (chosen ? improvements[*chosen] : least) && isNew(configurations_[i]))
            chosen = i;
    return chosen ? std::optional(configurations_[*chosen]) : std::nullopt;
}

} // namespace greenfront::search
