// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string_view>

namespace greenfront::device {

/// One file of resources/devices, as it was when the program was built.
struct Description {
    std::string_view file;
    std::string_view json;
};

std::span<const Description> descriptions();

} // namespace greenfront::device
