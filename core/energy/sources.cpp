// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/sources.h"

#include "core/energy/tree_files.h"

namespace greenfront::energy {
namespace {

Source describe(const Meter& meter, SourceState state, std::string reason) {
    return {.name = meter.source(),
            .state = state,
            .reason = std::move(reason),
            .command = {},
            .method = meter.method(),
            .provenance = meter.provenance(),
            .uncertainty = meter.uncertainty(),
            .part = meter.part(),
            .resolution = meter.resolution(),
            .deadline = meter.deadline()};
}

Source without(const Unusable& one, SourceState state) {
    Source source;
    source.name = one.source;
    source.state = state;
    source.reason = one.reason;
    source.command = commandIn(one.reason);
    return source;
}

} // namespace

std::string_view toText(SourceState state) {
    switch (state) {
    case SourceState::Used:
        return "used";
    case SourceState::Overlapping:
        return "overlapping";
    case SourceState::Unusable:
        return "unusable";
    case SourceState::Absent:
        break;
    }
    return "absent";
}

std::vector<Source> listSources(const Meters& meters) {
    std::vector<Source> list;
    for (const auto& meter : meters.usable)
        list.push_back(describe(*meter, SourceState::Used, {}));
    for (const auto& one : meters.overlapping)
        list.push_back(describe(*one.meter, SourceState::Overlapping,
                                "Its joules are also counted by " + one.with + ", so they are not added"));
    for (const auto& one : meters.unusable)
        list.push_back(without(one, SourceState::Unusable));
    for (const auto& one : meters.absent)
        list.push_back(without(one, SourceState::Absent));
    return list;
}

std::vector<Source> listSources(const MeterOptions& options) {
    return listSources(findMeters(options));
}

} // namespace greenfront::energy
