// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront {

/// Where a number came from. Measured: read off hardware or off real data; predicted: by a model fitted to
/// measurements; estimated: from a description or a formula; imported: from a file of somebody else's.
enum class Provenance { Measured, Predicted, Estimated, Imported };

enum class Direction { Minimise, Maximise };

struct Metric {
    std::string name; ///< "accuracy", "latency_ms", "parameters"
    double value = 0;
    std::string unit; ///< "%", "ms", "" for a count
    Direction direction = Direction::Minimise;
    Provenance provenance = Provenance::Measured;
    std::optional<double> low, high; ///< 95 % interval, where there is one
    std::string method;              ///< how it was obtained, for a person
};

/// Choice indices, one a gene. A search space decodes it.
using Genotype = std::vector<int>;

std::string_view toText(Provenance provenance);
std::string_view toText(Direction direction);
std::optional<Provenance> provenanceFrom(std::string_view text);
std::optional<Direction> directionFrom(std::string_view text);

} // namespace greenfront
