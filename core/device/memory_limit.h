// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/device/profile.h"

#include <optional>
#include <string>

namespace greenfront::device {

/// By how much a network is too large for a device.
struct Excess {
    Bytes bytes;        ///< above the limit
    std::string reason; ///< "its weights of 3.1 MB exceed the flash of 2.1 MB"
};

/// fp32, one sample. Where the device has flash, the weights have to fit into it and the largest live outputs
/// into the memory; elsewhere both into the memory. Nothing for what fits, and for limits that are unknown.
std::optional<Excess> excessOf(const arch::Network& network, const Profile& profile);

} // namespace greenfront::device
