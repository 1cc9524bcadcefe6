// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include <cstdlib>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace greenfront {
namespace {

spdlog::logger& logger() {
    static const std::shared_ptr<spdlog::logger> instance = [] {
        auto made = std::make_shared<spdlog::logger>("greenfront",
                                                     std::make_shared<spdlog::sinks::stderr_color_sink_mt>());
        const char* wanted = std::getenv("GREENFRONT_LOG");
        made->set_level(wanted ? spdlog::level::from_str(wanted) : spdlog::level::warn);
        return made;
    }();
    return *instance;
}

} // namespace

void logDebug(std::string_view message) {
    logger().debug(message);
}
void logInfo(std::string_view message) {
    logger().info(message);
}
void logWarning(std::string_view message) {
    logger().warn(message);
}

} // namespace greenfront
