// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/base/units.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace greenfront::energy {

/// What a source's joules are of. A platform is processor and memory and what is near them; a machine is
/// everything that draws from its battery or its power supply.
enum class Part { Processor, Memory, Gpu, Platform, Machine };
std::string_view toText(Part part);

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

    virtual Part part() const { return Part::Processor; }
    /// How old what it reports may be.
    virtual Seconds resolution() const { return Seconds(0); }
    /// It must be read at least so often, or joules are lost.
    virtual Seconds deadline() const { return Seconds(60); }
    /// How much of the time so far has joules that no later read will bring: behind a reset of the counter,
    /// or while a power could not be read.
    virtual Seconds lost() const { return Seconds(0); }
};

/// What stays the same about a meter.
struct Description {
    std::string source;
    std::string method;
    Provenance provenance = Provenance::Measured;
    double uncertainty = 0;
    Part part = Part::Processor;
    Seconds resolution{};
    Seconds deadline{60};
};

class DescribedMeter : public Meter {
public:
    explicit DescribedMeter(Description description) : description_(std::move(description)) {}
    std::string source() const override { return description_.source; }
    std::string method() const override { return description_.method; }
    Provenance provenance() const override { return description_.provenance; }
    double uncertainty() const override { return description_.uncertainty; }
    Part part() const override { return description_.part; }
    Seconds resolution() const override { return description_.resolution; }
    Seconds deadline() const override { return description_.deadline; }

private:
    Description description_;
};

/// Seconds since some moment, never going back. Tests bring their own.
using Stopwatch = std::function<Seconds()>;
Seconds steadySeconds();

/// A source that was looked for and cannot be used, and why.
struct Unusable {
    std::string source;
    std::string reason;
};

/// A source that can be read but must not be added, because another one counts the same joules.
struct Overlapping {
    std::unique_ptr<Meter> meter;
    std::string with; ///< that other source
};

struct Meters {
    std::vector<std::unique_ptr<Meter>> usable; ///< disjoint: their joules may be added
    std::vector<Unusable> unusable;             ///< there, but it cannot be read
    std::vector<Overlapping> overlapping;
    std::vector<Unusable> absent; ///< not on this machine: nothing to repair
};

/// Whose work the model of the processor sees.
enum class Load { ThisProcess, WholeMachine };

struct MeterOptions {
    Load load = Load::ThisProcess;
    bool modelMemory = false; ///< also stand in for memory that nothing measures
};

/// Every source of this machine, each joule in at most one usable meter: RAPL (below
/// GREENFRONT_POWERCAP_ROOT, default /sys/class/powercap), hwmon (GREENFRONT_HWMON_ROOT), batteries
/// (GREENFRONT_POWER_SUPPLY_ROOT), NVML (GREENFRONT_NVML_LIBRARY), and models of what none of them measures.
Meters findMeters(const MeterOptions& options = {});

/// Changes whenever a source may have appeared or vanished; much cheaper than finding them again.
std::string sourcesFingerprint();

} // namespace greenfront::energy
