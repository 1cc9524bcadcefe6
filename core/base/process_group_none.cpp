// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/process_group.h"

namespace greenfront {

std::optional<Seconds> groupProcessorTime(int /*group*/) {
    return std::nullopt;
}

} // namespace greenfront
