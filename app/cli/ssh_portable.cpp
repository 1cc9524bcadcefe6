// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/device.h"
#include "core/base/error.h"

namespace greenfront::cli {

std::string measureOverSsh(const std::string& host, const std::string&, const std::string&) {
    throw Error("measure on", host, "this Greenfront cannot start ssh on this system",
                "Copy the plan and the result by hand: greenfront-cli device plan, greenfront-agent, "
                "greenfront-cli device import");
}

} // namespace greenfront::cli
