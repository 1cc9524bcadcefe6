// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

namespace greenfront {

/// "0.1.0"
std::string version();

} // namespace greenfront
