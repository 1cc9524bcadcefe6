// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"

namespace greenfront::tests {

constexpr int madeUpTrials = 60;

/// A search of made-up numbers with two objectives, "loss" and "energy_j": parameters of all kinds, one of
/// them conditional; trials that finished, were stopped, failed, or broke a constraint; the last one has no
/// result.
StudyId makeUpSearch(store::Workspace& workspace);

} // namespace greenfront::tests
