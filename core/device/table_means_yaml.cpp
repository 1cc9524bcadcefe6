// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/table_means.h"

#include <cmath>
#include <yaml-cpp/yaml.h>

namespace greenfront::device {
namespace {

double meanOf(const std::string& file, const std::string& key, const YAML::Node& entry) {
    const YAML::Node mean = entry.IsMap() ? entry["mean"] : entry;
    if (!mean || !mean.IsScalar())
        refuseTable(file, "'" + key + "' has no mean");
    const auto number = mean.as<double>(std::nan(""));
    if (!std::isfinite(number))
        refuseTable(file, "the mean of '" + key + "' is not a number: " + mean.Scalar());
    if (number <= 0)
        refuseTable(file, "the mean of '" + key + "' is " + mean.Scalar() + ", not above 0");
    return number;
}

} // namespace

std::vector<std::pair<std::string, double>> meansOfTable(const std::string& text, const std::string& file) {
    YAML::Node root;
    try {
        root = YAML::Load(text);
    } catch (const YAML::Exception& error) {
        refuseTable(file, error.what());
    }
    if (!root.IsMap())
        refuseTable(file, "it is no table of keys");
    std::vector<std::pair<std::string, double>> means;
    for (const auto& entry : root) {
        const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
        means.emplace_back(key, meanOf(file, key, entry.second));
    }
    return means;
}

} // namespace greenfront::device
