// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"

namespace greenfront {

std::string version() {
    return GREENFRONT_VERSION;
}

} // namespace greenfront
