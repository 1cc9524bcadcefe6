// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace greenfront::energy {

/// A number in a file of the powercap tree; nothing if it cannot be read.
std::optional<std::uint64_t> readCount(const std::filesystem::path& file);

/// One RAPL counter, in microjoules, that starts again from 0 at `range`
/// (https://docs.kernel.org/power/powercap/powercap.html).
class RaplMeter final : public Meter {
public:
    /// `first`: what the counter shows now.
    RaplMeter(std::string source, std::string method, double uncertainty, std::filesystem::path counter,
              std::uint64_t range, std::uint64_t first);

    std::string source() const override { return source_; }
    std::string method() const override { return method_; }
    Provenance provenance() const override { return Provenance::Measured; }
    double uncertainty() const override { return uncertainty_; }
    /// A counter that went back by less than half its range was reset: what it had counted since the last
    /// read is lost, which is a gap, and it goes on from there.
    std::optional<Joules> read() override;

private:
    std::string source_, method_;
    double uncertainty_;
    std::filesystem::path counter_;
    std::uint64_t range_;
    std::uint64_t last_;
    std::uint64_t total_ = 0; ///< microjoules
};

} // namespace greenfront::energy
