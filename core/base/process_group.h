// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <optional>

namespace greenfront {

/// Processor time of all processes of a group, and of children that they waited for, until now. Nothing where
/// the system does not tell.
std::optional<Seconds> groupProcessorTime(int group);

} // namespace greenfront
