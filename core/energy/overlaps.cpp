// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/overlaps.h"

#include <algorithm>
#include <map>

namespace greenfront::energy {
namespace {

std::string familyOf(const Meter& meter) {
    const auto source = meter.source();
    return source.substr(0, source.find(':'));
}

bool has(const std::vector<std::unique_ptr<Meter>>& meters, Part part) {
    return std::ranges::any_of(meters, [part](const auto& meter) { return meter->part() == part; });
}

/// In the order in which a sum shows its parts.
std::vector<Part> partsToAdd(const std::vector<std::unique_ptr<Meter>>& meters) {
    if (has(meters, Part::Processor))
        return {Part::Processor, Part::Memory, Part::Gpu};
    if (has(meters, Part::Platform))
        return {Part::Platform, Part::Gpu};
    if (has(meters, Part::Machine))
        return {Part::Machine};
    return {Part::Memory, Part::Gpu};
}

} // namespace

Meters withoutOverlaps(Meters found) {
    const auto parts = partsToAdd(found.usable);
    std::vector<std::unique_ptr<Meter>> added;
    for (const auto part : parts) {
        std::string family;
        for (auto& meter : found.usable) {
            if (!meter || meter->part() != part)
                continue;
            if (family.empty())
                family = familyOf(*meter);
            if (part == Part::Gpu || familyOf(*meter) == family)
                added.push_back(std::move(meter));
        }
    }
    std::map<Part, std::string> counted; // what counts a part, by name
    for (const auto& meter : added)
        counted.try_emplace(meter->part(), meter->source());
    for (auto& meter : found.usable) {
        if (!meter)
            continue;
        const auto same = counted.find(meter->part());
        const auto with = same != counted.end() ? same->second : added.front()->source();
        found.overlapping.push_back({std::move(meter), with});
    }
    found.usable = std::move(added);
    return found;
}

bool covers(const Meters& meters, Part part) {
    return has(meters.usable, part) || has(meters.usable, Part::Machine) ||
           (part != Part::Gpu && has(meters.usable, Part::Platform));
}

} // namespace greenfront::energy
