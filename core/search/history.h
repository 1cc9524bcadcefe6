// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/optimiser.h"

#include <map>
#include <string>
#include <vector>

namespace greenfront::search {

/// What is known of a data set before anything is trained on it, as named numbers: samples, classes, ...
using MetaFeatures = std::map<std::string, double>;

/// A past study that a new search may learn from.
struct PastTask {
    std::string name; ///< as a person knows it; no two of a history are alike
    ParameterSpace space;
    std::vector<Direction> directions; ///< one an objective
    std::vector<Trial> trials;         ///< that were told, of that space
    MetaFeatures metaFeatures{};       ///< of its data set; may be empty
};

/// All that a new search is given of the past. A search that is taken up again needs the same, so a study
/// keeps it beside its own trials.
struct History {
    std::vector<PastTask> tasks{};
    MetaFeatures metaFeatures{}; ///< of the data set of the new search
};

/// At most 1,000 tasks of at most 100,000 trials each. Throws Error for a history that is larger or that
/// nothing can be learnt from: a trial of another space, a number of objectives that is not its task's, an
/// objective, violation or meta-feature that is not a number, names that are missing or repeat.
void requireSound(const History& history);

/// {"tasks": [{"name", "space", "directions", "trials", "meta_features"}], "meta_features"}, and back without
/// a loss; reading throws Error as requireSound() does.
Json toJson(const History& history);
History historyFromJson(const Json& json, const std::string& subject = "the history");

} // namespace greenfront::search
