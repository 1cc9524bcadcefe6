// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"
#include "core/study/results.h"

#include <filesystem>

namespace greenfront::tests {

/// A workspace as a finished study leaves it, with numbers from a formula instead of a training: curves of
/// `epochs` epochs with `steps` steps each, and `candidates` candidates with metrics for two devices.
struct MadeUp {
    StudyId study;
    RunId training;
};
MadeUp makeUpWorkspace(const std::filesystem::path& path, int candidates = 60, int epochs = 6,
                       int steps = 40);

/// Points for which it is known which are on the front: latency 1, 2, 3, 4 ms with accuracy 90, 95, 93, 97 %.
study::Front fourPoints();

} // namespace greenfront::tests
