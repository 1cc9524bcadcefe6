// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/energy_parts.h"

#include "core/store/studies.h"

#include <algorithm>

namespace greenfront::study {
namespace {

void add(energy::EnergyRange& sum, const energy::EnergyRange& more) {
    sum.low += more.low;
    sum.value += more.value;
    sum.high += more.high;
}

void add(EnergyPart& sum, const EnergyPart& more) {
    sum.seconds += more.seconds;
    add(sum.joules, more.joules);
    if (sum.net && more.net)
        add(*sum.net, *more.net);
    else
        sum.net.reset();
    sum.carbon += more.carbon;
}

/// To which parts are added.
EnergyPart nothing() {
    EnergyPart part;
    part.net = energy::EnergyRange();
    return part;
}

EnergyPart partOf(const store::EnergyRow& row, const std::optional<energy::EnergyRange>& net,
                  const CarbonSettings& settings) {
    const energy::EnergyRange joules{row.low, row.joules, row.high};
    return {.phase = row.phase,
            .source = row.source,
            .method = row.method,
            .provenance = row.provenance,
            .seconds = row.seconds,
            .joules = joules,
            .net = net,
            .carbon = energy::carbonOf(joules, settings.grid.value, settings.pue)};
}

} // namespace

std::vector<EnergyPart> energyParts(const StudyAccount& account, const CarbonSettings& settings) {
    std::vector<EnergyPart> parts;
    for (const RunAccount& run : account.runs)
        for (std::size_t i = 0; i < run.energy.size(); ++i) {
            const EnergyPart part = partOf(run.energy[i], run.net.at(i), settings);
            const auto same = std::ranges::find_if(parts, [&](const EnergyPart& known) {
                return known.phase == part.phase && known.source == part.source &&
                       known.provenance == part.provenance;
            });
            if (same == parts.end())
                parts.push_back(part);
            else
                add(*same, part);
        }
    return parts;
}

std::optional<EnergyPart> totalOf(std::span<const EnergyPart> parts, Provenance provenance) {
    std::optional<EnergyPart> total;
    for (const EnergyPart& part : parts)
        if (part.provenance == provenance) {
            if (!total) {
                total = nothing();
                total->provenance = provenance;
            }
            add(*total, part);
        }
    return total;
}

EnergyPart totalOf(std::span<const EnergyPart> parts) {
    EnergyPart total = nothing();
    for (const EnergyPart& part : parts) {
        add(total, part);
        if (part.provenance != Provenance::Measured)
            total.provenance = Provenance::Estimated;
    }
    return total;
}

WorkspaceCarbon workspaceCarbon(store::Workspace& workspace) {
    WorkspaceCarbon all;
    std::vector<EnergyPart> totals;
    for (const std::string_view kind : {store::supernetKind, store::tuningKind})
        for (const store::StudyRow& row : store::allStudies(workspace, kind)) {
            const auto settings = carbonSettings(accountedStudy(workspace, row.id));
            const auto parts = energyParts(accountOf(workspace, row.id), settings);
            if (!parts.empty())
                totals.push_back(totalOf(parts));
        }
    all.studies = totals.size();
    all.total = totalOf(totals);
    return all;
}

} // namespace greenfront::study
