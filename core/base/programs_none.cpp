// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/programs.h"

namespace greenfront {

struct Programs::State {};

Programs::Programs() = default;
Programs::~Programs() = default;

void Programs::start(std::uint64_t /*id*/, const std::vector<std::string>& command,
                     const std::map<std::string, std::string>& /*environment*/) {
    throw Error("start", command.front(), "programs beside Greenfront are not supported on this system yet",
                "Run the study on Linux, macOS or Windows");
}

std::vector<Programs::Event> Programs::wait(Seconds /*most*/) {
    return {};
}

void Programs::stop(std::uint64_t /*id*/, Seconds /*grace*/) {}

std::size_t Programs::running() const {
    return 0;
}

std::optional<Seconds> Programs::processorTime(std::uint64_t /*id*/) const {
    return std::nullopt;
}

} // namespace greenfront
