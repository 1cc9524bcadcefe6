// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/rapl_meter.h"

#include <fstream>
#include <utility>

namespace greenfront::energy {

std::optional<std::uint64_t> readCount(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::int64_t count = 0; // unsigned ones would read "-1" as a large number
    if (!(in >> count) || count < 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(count);
}

RaplMeter::RaplMeter(std::string source, std::string method, double uncertainty,
                     std::filesystem::path counter, std::uint64_t range, std::uint64_t first)
    : source_(std::move(source)),
      method_(std::move(method)),
      uncertainty_(uncertainty),
      counter_(std::move(counter)),
      range_(range),
      last_(first) {}

std::optional<Joules> RaplMeter::read() {
    const auto now = readCount(counter_);
    if (!now || *now > range_)
        return std::nullopt;
    const auto before = std::exchange(last_, *now);
    if (*now >= before) {
        total_ += *now - before;
    } else {
        const auto wrapped = range_ - before + *now;
        // It is read often enough that less than half of the range passes between two reads.
        if (wrapped > range_ / 2) {
            total_ += *now;
            return std::nullopt;
        }
        total_ += wrapped;
    }
    return Joules(static_cast<double>(total_) * 1e-6);
}

} // namespace greenfront::energy
