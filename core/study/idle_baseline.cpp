// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/idle_baseline.h"

#include "core/base/error.h"
#include "core/study/versions.h"

#include <algorithm>

namespace greenfront::study {

std::string machineOf(const Json& versions) {
    if (!versions.is_object() || !versions.contains("processor"))
        return {};
    const Json& processor = versions.at("processor");
    const Json threads = versions.value("hardware_threads", Json());
    return (processor.is_string() ? processor.get<std::string>() : std::string()) + ", " + threads.dump() +
           " threads";
}

std::vector<store::IdlePowerRow> measureAndKeepIdle(store::Workspace& workspace, Seconds duration,
                                                    Control& control) {
    const auto lock = store::RunnerLock::tryTake(workspace.path());
    if (!lock)
        throw Error("measure", "the idle power", "a study is running in " + workspace.path().string(),
                    "Measure it while nothing runs");
    energy::Recorder recorder(energy::machineMeters({energy::Load::ThisProcess, true}));
    const energy::IdleBaseline baseline = energy::measureIdle(recorder, duration, control);
    std::vector<store::IdlePowerRow> rows;
    for (const energy::IdlePower& one : baseline.sources)
        rows.push_back({.source = one.source,
                        .method = one.method,
                        .provenance = one.provenance,
                        .seconds = baseline.seconds,
                        .power = one.power,
                        .low = one.low,
                        .high = one.high});
    store::putIdlePower(workspace, machineOf(versionsNow()), rows);
    return rows;
}

std::vector<store::IdlePowerRow> idleOfThisMachine(store::Workspace& workspace) {
    return store::idlePowerOf(workspace, machineOf(versionsNow()));
}

std::optional<energy::EnergyRange> IdleBaselines::net(const store::RunRow& run,
                                                      const store::EnergyRow& gross) {
    const std::string machine = machineOf(run.versions);
    const auto [place, isNew] = known_.try_emplace(machine);
    if (isNew && !machine.empty())
        place->second = store::idlePowerOf(workspace_, machine);
    const auto idle = std::ranges::find(place->second, gross.source, &store::IdlePowerRow::source);
    if (idle == place->second.end())
        return std::nullopt;
    return energy::EnergyRange{.low = gross.low - idle->high * gross.seconds,
                               .value = gross.joules - idle->power * gross.seconds,
                               .high = gross.high - idle->low * gross.seconds};
}

} // namespace greenfront::study
