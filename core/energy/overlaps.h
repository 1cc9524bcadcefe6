// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

namespace greenfront::energy {

/// Moves what would count a joule twice from usable to overlapping. Meters of a part (processor, memory, GPU)
/// are preferred to those of a platform, and these to those of a whole machine, which also count the screen
/// and the losses; of several families (the source's text before the first ':') for the same part, the one
/// found first stays. All GPUs stay where no machine's meter does.
Meters withoutOverlaps(Meters found);

/// Whether any of the usable meters counts this part.
bool covers(const Meters& meters, Part part);

} // namespace greenfront::energy
