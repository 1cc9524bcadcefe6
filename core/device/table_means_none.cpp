// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/device/table_means.h"

namespace greenfront::device {

std::vector<std::pair<std::string, double>> meansOfTable(const std::string&, const std::string& file) {
    throw Error("read", "latency table " + file, "this Greenfront was built without a reader for YAML",
                "Install yaml-cpp (Debian: libyaml-cpp-dev) and build again");
}

} // namespace greenfront::device
