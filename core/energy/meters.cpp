// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/meter.h"
#include "core/energy/processor_model.h"
#include "core/energy/rapl_zones.h"

#include <cstdlib>

namespace greenfront::energy {

Meters findMeters() {
    const char* root = std::getenv("GREENFRONT_POWERCAP_ROOT");
    auto found = findRaplMeters(root != nullptr && *root != '\0' ? root : "/sys/class/powercap");
    if (!found.coverProcessor)
        found.meters.usable.push_back(makeProcessorModel());
    return std::move(found.meters);
}

} // namespace greenfront::energy
