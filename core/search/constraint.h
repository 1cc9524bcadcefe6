// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::search {

/// What a result must hold: a metric at most, or at least, so much.
struct Constraint {
    std::string metric;
    bool atMost = true;
    double bound = 0;

    bool operator==(const Constraint&) const = default;
};

/// Reads "lat<=5" or "acc>=0.9". Throws Error for another comparison, no metric, or a bound that is no finite
/// number.
Constraint constraintFrom(std::string_view text);
std::vector<Constraint> constraintsFrom(std::span<const std::string> texts);
/// As constraintFrom reads it.
std::string toText(const Constraint& constraint);

/// By how much the constraints are broken: the sum of what each lacks, as a share of its bound (of 1 if that
/// is 0), so that metrics of different units count alike; 0 where all hold. Infinite where a metric is
/// missing or no number. valueOf: of a metric by its name.
double violationOf(std::span<const Constraint> constraints,
                   const std::function<std::optional<double>(const std::string& metric)>& valueOf);

} // namespace greenfront::search
