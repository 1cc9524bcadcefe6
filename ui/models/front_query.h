// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/devices.h"
#include "core/study/results.h"

#include <string>
#include <vector>

namespace greenfront::ui {

/// What the explorer asks for; names that the study does not have are replaced by some that it has.
struct FrontQuery {
    StudyId study;
    std::string x = "latency_ms", y = "accuracy", device;

    bool operator==(const FrontQuery&) const = default;
};

/// The answer, with what else could be asked for. No devices: there are no candidates yet.
struct FrontView {
    std::vector<std::string> devices, metrics;
    study::DeviceTitles titles;
    study::Front front;
};

FrontView loadFront(store::Workspace& workspace, const FrontQuery& query);

} // namespace greenfront::ui
