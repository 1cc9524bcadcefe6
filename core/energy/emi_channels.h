// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace greenfront::energy {

/// What one counter of Windows' Energy Meter Interface counts.
struct EmiChannel {
    std::string name;
    std::optional<Part> part{}; ///< nothing where its name does not tell
    bool contained = false;     ///< in what another channel counts
};

/// The channels of a device in the order of its counters. metadata: as IOCTL_EMI_GET_METADATA answers, laid
/// out as EMI_METADATA_V1 or EMI_METADATA_V2 in Microsoft's emi.h. Nothing if it is damaged, of another
/// version, or counts in another unit than picowatt-hours.
std::optional<std::vector<EmiChannel>> emiChannels(unsigned version, std::span<const std::byte> metadata);

} // namespace greenfront::energy
