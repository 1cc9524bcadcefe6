// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/attribution.h"

#include "core/base/text.h"

#include <algorithm>

namespace greenfront::energy {
namespace {

/// A second of one program on a core may cost half as much again as that of another: vector instructions,
/// clock rates and cores shared by two threads. Own judgement, and why the result is an estimate.
constexpr double unlike = 1.5;
/// Of the whole machine's clock: it ticks every 10 ms.
constexpr Seconds tick(0.01);

} // namespace

std::optional<double> processorShare(Seconds own, const std::optional<MachineLoad>& before,
                                     const std::optional<MachineLoad>& after) {
    if (!before || !after || own < Seconds(0))
        return std::nullopt;
    const auto all = after->busy - before->busy;
    if (all < Seconds(0))
        return std::nullopt;
    if (all < tick && own < tick)
        return std::nullopt; // too short for the clocks to tell
    return own / std::max(own, all);
}

Reading attributed(const Reading& whole, double share) {
    Reading part = whole;
    if (whole.part == Part::Gpu) {
        part.method += "; not split between programs";
        return part;
    }
    part.joules = whole.joules * share;
    part.low = whole.low * share / unlike;
    part.high = std::min(whole.high, whole.high * share * unlike);
    part.provenance = Provenance::Estimated;
    part.method = fixedText(share * 100, 1) + " % of the processor time that was used, of: " + whole.method;
    return part;
}

} // namespace greenfront::energy
