// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/measure_space.h"
#include "core/device/pinned_thread.h"
#include "core/device/this_machine.h"
#include "core/energy/recorder.h"
#include "core/nn/runtime.h"

#include <algorithm>

namespace greenfront::device {
namespace {

/// What this process drew over the whole time; nothing where no source told anything.
std::optional<MeasuredPower> powerOf(const std::vector<energy::Reading>& readings) {
    MeasuredPower power{.power = {}, .provenance = Provenance::Measured, .method = {}};
    for (const energy::Reading& reading : readings) {
        if (!reading.known() || !(reading.seconds.value > 0))
            continue;
        power.power += reading.joules / reading.seconds;
        if (reading.provenance != Provenance::Measured)
            power.provenance = Provenance::Estimated;
        power.method += (power.method.empty() ? "" : "; ") + energy::methodWithGaps(reading);
    }
    return power.power.value > 0 ? std::optional(power) : std::nullopt;
}

} // namespace

SpaceMeasurement measureHere(const MeasuringPlan& plan, Control& control, const ProgressSink& progress) {
    nn::setThreads(1); // of the products too: threads that wait for each other are slow where others work
    const nn::OperatorThreads threads(plan.threads);
    std::optional<PinnedThread> pinned;
    energy::Recorder recorder(energy::machineMeters({energy::Load::ThisProcess, true}));
    Profiler profiler(libTorch(), {.limit = Seconds(std::clamp(plan.limit.value / 40, 0.02, 2.0))});
    if (plan.threads == 1) // after the recorder, whose thread stays free
        pinned.emplace();
    SpaceMeasurement result = measureSpace(plan, profiler, control, progress);
    LatencyTable& table = result.table;
    table.power = powerOf(recorder.take());
    table.processor = processorName();
    table.machine = table.processor.empty() ? "this machine" : table.processor;
    table.library = nn::libraryVersion();
    table.method = table.library + ", fp32, batch 1, " + std::to_string(plan.threads) +
                   (plan.threads > 1               ? " threads"
                    : pinned && pinned->isPinned() ? " pinned thread"
                                                   : " thread") +
                   "; medians after a warm-up, without bursts in which the machine was busy";
    return result;
}

} // namespace greenfront::device
