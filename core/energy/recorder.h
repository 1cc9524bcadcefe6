// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <memory>

namespace greenfront::energy {

/// What one source counted over one interval.
struct Reading {
    std::string source;
    std::string method;
    Provenance provenance = Provenance::Measured;
    Seconds seconds;
    Joules joules, low, high;
    int gaps = 0; ///< failed reads within the interval
};

Joules total(const std::vector<Reading>& readings);

/// Samples meters on a thread of its own, often enough that no counter wraps unseen.
class Recorder {
public:
    explicit Recorder(Meters meters, Seconds interval = Seconds(0.5));
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;
    ~Recorder();

    /// What each source counted since the last take() or the construction. Samples at this very moment.
    std::vector<Reading> take();
    /// The same without starting a new interval.
    std::vector<Reading> peek();
    const std::vector<Unusable>& unusable() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace greenfront::energy
