// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor.h"

namespace greenfront::energy {

std::string processorName() {
    return {};
}

std::optional<Seconds> processorTime() {
    return std::nullopt;
}

} // namespace greenfront::energy
