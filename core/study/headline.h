// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/base/json.h"
#include "core/base/progress.h"
#include "core/store/workspace.h"

#include <optional>
#include <string>
#include <vector>

namespace greenfront::study {

constexpr const char* headlineKind = "headline";

/// What a headline is run on; what is not set is as the headline has it.
struct HeadlineWish {
    std::string data = "builtin";
    std::vector<std::string> settings{}; ///< key=value of the study's parameters
    int alone = 2;                       ///< networks trained each on their own, as the baseline
};

/// A claim of the literature, reproduced: a technique beside its baseline on the same data, with the energy
/// of both.
struct Headline {
    std::string name, title;
    /// Runs in the workspace, takes up what an earlier run left, stores the result as a run and returns it.
    OrderedJson (*run)(store::Workspace&, const HeadlineWish&, Control&, const ProgressSink&);
};

const std::vector<Headline>& headlines();
/// Throws Error that lists the known ones.
const Headline& findHeadline(const std::string& name);

/// The last result of this name that is stored.
std::optional<OrderedJson> headlineResult(store::Workspace& workspace, const std::string& name);

} // namespace greenfront::study
