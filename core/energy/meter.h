// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/base/units.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::energy {

/// A source of joules. read() counts up from the meter's construction; counter wraps are handled inside.
class Meter {
public:
    virtual ~Meter() = default;
    virtual std::string source() const = 0; ///< stable name: "rapl:package-0", "processor-model"
    virtual std::string method() const = 0; ///< one sentence for a person
    virtual Provenance provenance() const = 0;
    /// Relative half-width of the 95 % interval of what it reports: 0.05 is +-5 %.
    virtual double uncertainty() const = 0;
    /// Joules so far; nothing if the read failed, which leaves a gap, never a zero.
    virtual std::optional<Joules> read() = 0;
};

/// A source that was looked for and cannot be used, and why.
struct Unusable {
    std::string source;
    std::string reason;
};

struct Meters {
    std::vector<std::unique_ptr<Meter>> usable; ///< disjoint: their joules may be added
    std::vector<Unusable> unusable;
};

/// RAPL through powercap (below GREENFRONT_POWERCAP_ROOT, default /sys/class/powercap) where it can be read,
/// otherwise a model of the processor from its load and rated power.
Meters findMeters();

} // namespace greenfront::energy
