// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <functional>
#include <memory>

namespace greenfront::energy {

/// What one source counted over one interval.
struct Reading {
    std::string source;
    std::string method;
    Provenance provenance = Provenance::Measured;
    Seconds seconds;
    Joules joules, low, high;
    int gaps = 0;   ///< failed reads within the interval
    Seconds unseen; ///< the part of `seconds` whose joules are not in `joules`; `high` allows for it
    Part part = Part::Processor;

    /// False if nothing was seen at all: then `joules` is no measurement of zero.
    bool known() const { return seconds.value <= 0 || unseen < seconds; }
};

Joules total(const std::vector<Reading>& readings);

/// The reading's method and, where reads failed, how much of it was not seen: for a record that has no other
/// place for it.
std::string methodWithGaps(const Reading& reading);

/// Where meters come from when sources may appear or vanish while they are recorded.
struct MeterSupply {
    std::function<Meters()> find;
    std::function<std::string()> fingerprint; ///< find() is asked again whenever this has changed
};

/// The sources of this machine.
MeterSupply machineMeters(const MeterOptions& options);

/// What the sampling thread has cost.
struct SamplingCost {
    Seconds processor; ///< its processor time
    Seconds elapsed;
    long samples = 0;
};

/// Samples meters on a thread of its own, often enough that no counter wraps unseen, and seldom enough that
/// it takes less than 0.5 % of a core.
class Recorder {
public:
    explicit Recorder(Meters meters, Seconds interval = Seconds(0.5));
    /// Looks for appeared and vanished sources too. One that is gone has its last reading in the interval in
    /// which it went; one that is new counts from when it was found.
    explicit Recorder(MeterSupply supply, Seconds interval = Seconds(0.5), Seconds lookAgain = Seconds(10));
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    ~Recorder();

    /// What each source counted since the last take() or the construction. Samples at this very moment.
    std::vector<Reading> take();
    /// The same without starting a new interval.
    std::vector<Reading> peek();
    /// What sources that overlap with those counted since the construction: parts of a sum, never to be
    /// added.
    struct Overlap {
        Reading reading;
        std::string with; ///< the source that counts these joules too
    };
    std::vector<Overlap> overlapping();
    std::vector<Unusable> unusable() const;
    SamplingCost cost() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace greenfront::energy
