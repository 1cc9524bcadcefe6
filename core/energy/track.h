// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/recorder.h"

#include <memory>
#include <string>

namespace greenfront::energy {

/// One meter while it is recorded: what it has counted in the current interval.
class Track {
public:
    /// Reads the meter for the first time; what it showed before does not count.
    Track(std::unique_ptr<Meter> meter, Seconds now, std::string with = {});

    /// A meter that fails or throws is a gap, and no reason to end a run: where a later read succeeds, that
    /// one brings the joules.
    void sample(Seconds now);
    Reading reading(Seconds now) const;
    void startInterval(Seconds now);

    /// Its source is gone: readings end here.
    void retire(Seconds now) { end_ = now; }
    bool retired() const { return end_.has_value(); }

    const Meter& meter() const { return *meter_; }
    const std::string& with() const { return with_; }

private:
    std::unique_ptr<Meter> meter_;
    std::string with_;
    Seconds start_;               ///< of the interval
    Seconds seen_;                ///< when a read last succeeded
    Joules startJoules_, joules_; ///< the meter's own count
    Seconds startLost_;           ///< the meter's own
    std::optional<Seconds> end_;
    int gaps_ = 0;
    bool failing_ = false;
};

} // namespace greenfront::energy
