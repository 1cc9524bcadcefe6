// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <vector>

namespace greenfront::energy {

enum class SourceState {
    Used,        ///< its joules are added
    Overlapping, ///< it can be read, and another source counts the same joules
    Unusable,    ///< it is there and cannot be read: the reason says what helps
    Absent       ///< it is not on this machine
};
std::string_view toText(SourceState state);

/// One source, as a list of them shows it.
struct Source {
    std::string name;
    SourceState state = SourceState::Used;
    std::string reason;  ///< why it is not used; empty where it is
    std::string command; ///< that makes it usable, and is in the reason too; empty where none is known
    // What follows is known where the source can be read.
    std::string method;
    Provenance provenance = Provenance::Measured;
    double uncertainty = 0; ///< relative, as Meter::uncertainty()
    Part part = Part::Processor;
    Seconds resolution, deadline; ///< as of Meter
};

/// Every source that was looked for on this machine, the used ones first.
std::vector<Source> listSources(const MeterOptions& options = {});
std::vector<Source> listSources(const Meters& meters);

} // namespace greenfront::energy
