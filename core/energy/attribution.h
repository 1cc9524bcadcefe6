// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/processor.h"
#include "core/energy/recorder.h"

#include <optional>

namespace greenfront::energy {

/// Which part of the processor time that all programs used between two moments was `own`, 0..1. Nothing if
/// the whole is not known.
std::optional<double> processorShare(Seconds own, const std::optional<MachineLoad>& before,
                                     const std::optional<MachineLoad>& after);

/// A process's part of what a source counted, by its share of the processor time: always an estimate, because
/// programs differ in what a second of a core costs. A GPU's joules are not split, as nothing tells its
/// share.
Reading attributed(const Reading& whole, double share);

} // namespace greenfront::energy
