// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/rapl_zones.h"

#include "core/base/text.h"
#include "core/energy/counter_meter.h"
#include "core/energy/tree_files.h"

#include <algorithm>
#include <map>
#include <set>

namespace greenfront::energy {
namespace fs = std::filesystem;
namespace {

enum class Kind { Package, Memory, Platform, Inner };

struct Zone {
    fs::path folder;
    std::string control; ///< "intel-rapl" or, for its memory-mapped twin, "intel-rapl-mmio"
    std::string name;    ///< as the kernel calls it: "package-0", "dram"
    std::string source;  ///< "rapl:package-0:dram"
    std::string parent;  ///< source of the zone that it is in; empty at the top
    Kind kind = Kind::Inner;
};

Kind kindOf(const std::string& name) {
    if (name.starts_with("package"))
        return Kind::Package;
    if (name == "dram")
        return Kind::Memory;
    return name == "psys" ? Kind::Platform : Kind::Inner;
}

/// "intel-rapl:0:1" -> "intel-rapl:0"; empty for a zone at the top
std::string parentOf(const std::string& id) {
    const auto last = id.rfind(':');
    return id.find(':') == last ? std::string() : id.substr(0, last);
}

/// "intel-rapl:0" or "intel-rapl-mmio:0:1"; not "intel-rapl", which holds the zones.
bool isZone(std::string_view id) {
    const auto parts = split(id, ':');
    const auto isNumber = [](std::string_view part) {
        return !part.empty() && part.size() <= 6 &&
               part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    return (parts[0] == "intel-rapl" || parts[0] == "intel-rapl-mmio") && parts.size() > 1 &&
           parts.size() <= 4 && std::all_of(parts.begin() + 1, parts.end(), isNumber);
}

/// By id. The kernel shows every zone at the top as a link, and again inside its parent.
void collectZones(const fs::path& folder, std::map<std::string, fs::path>& zones) {
    for (const auto& entry : entriesOf(folder)) {
        const auto id = entry.filename().string();
        if (isZone(id) && zones.try_emplace(id, entry).second)
            collectZones(entry, zones);
    }
}

std::vector<Zone> readZones(const fs::path& root) {
    std::map<std::string, fs::path> found;
    collectZones(root, found);
    std::map<std::string, Zone> zones; // a parent sorts before its children, a register before its twin
    std::set<std::pair<std::string, std::string>> taken;
    for (const auto& [id, folder] : found) {
        Zone zone{folder, id.substr(0, id.find(':')), readLine(folder / "name"), {}, {}, {}};
        zone.kind = kindOf(zone.name);
        if (const auto parent = zones.find(parentOf(id)); parent != zones.end())
            zone.parent = parent->second.source;
        zone.source = (zone.parent.empty() ? "rapl" : zone.parent) + ":" + zone.name;
        if (!taken.emplace(zone.control, zone.source).second)
            zone.source += " (" + id + ")"; // two parts of one machine by the same name
        zones.emplace(id, std::move(zone));
    }
    std::vector<Zone> list;
    list.reserve(zones.size());
    for (auto& [id, zone] : zones)
        list.push_back(std::move(zone));
    std::ranges::stable_sort(list, {}, &Zone::control);
    return list;
}

std::string methodOf(const Zone& zone) {
    const std::string what = zone.kind == Kind::Memory     ? "memory"
                             : zone.kind == Kind::Platform ? "platform"
                             : zone.kind == Kind::Package  ? "processor package"
                                                           : "part of the processor";
    const std::string how = zone.control == "intel-rapl" ? "RAPL" : "RAPL, memory-mapped";
    return "Energy counter of the whole " + what + " \"" + zone.name + "\" (" + how +
           "), other programs included";
}

Part partOf(const Zone& zone) {
    return zone.kind == Kind::Memory     ? Part::Memory
           : zone.kind == Kind::Platform ? Part::Platform
                                         : Part::Processor;
}

Description describe(const Zone& zone) {
    Description description;
    description.source = zone.source;
    description.method = methodOf(zone);
    // Deviation from measurements at the plug: Khan et al. 2018, RAPL in Action (ACM TOMPECS 3, 9) for
    // packages; Desrochers et al. 2016 (MEMSYS) for memory.
    description.uncertainty = zone.kind == Kind::Memory ? 0.2 : 0.05;
    description.part = partOf(zone);
    description.resolution = Seconds(0.001); // the counters are updated about every millisecond
    return description;
}

/// The meter of a zone, or why there is none.
std::unique_ptr<Meter> meterFor(const Zone& zone, const fs::path& root, std::string& reason) {
    const auto counter = zone.folder / "energy_uj";
    const auto limit = zone.folder / "max_energy_range_uj";
    const auto range = readCount(limit);
    if (!range || *range == 0) {
        reason = whyUnreadable(limit, root / "*/max_energy_range_uj");
        return nullptr;
    }
    const auto first = readCount(counter);
    if (!first) {
        reason = whyUnreadable(counter, root / "*/energy_uj");
        return nullptr;
    }
    if (*first > *range) {
        reason = counter.string() + " is beyond the range in " + limit.string();
        return nullptr;
    }
    // No package takes a kilowatt for as long as a second; a platform may hold several.
    const CounterScale scale{1e-6, *range, Watts(zone.kind == Kind::Platform ? 4000 : 1000)};
    if (deadlineOf(scale) < Seconds(0.02)) {
        reason = "The range in " + limit.string() + " passes too quickly to be read in time";
        return nullptr;
    }
    return std::make_unique<CounterMeter>(
        describe(zone), scale, [counter] { return readCount(counter); }, *first);
}

/// Adds the meters of one kind, one a source. A memory-mapped twin shows the same joules as its register.
void addMeters(const std::vector<Zone>& zones, Kind kind, const fs::path& root, Meters& meters) {
    std::map<std::string, std::string> reasons;
    std::set<std::string> usable;
    for (const auto& zone : zones) {
        if (zone.kind != kind)
            continue;
        std::string reason;
        auto meter = meterFor(zone, root, reason);
        if (!meter)
            reasons.try_emplace(zone.source, reason);
        else if (usable.insert(zone.source).second)
            meters.usable.push_back(std::move(meter));
        else
            meters.overlapping.push_back({std::move(meter), zone.source});
    }
    for (const auto& [source, reason] : reasons)
        if (!usable.contains(source))
            meters.unusable.push_back({source, reason});
}

/// Cores and graphics, which their package counts too.
void addInner(const std::vector<Zone>& zones, const fs::path& root, Meters& meters) {
    std::set<std::string> taken;
    for (const auto& zone : zones) {
        std::string reason;
        if (zone.kind != Kind::Inner || zone.parent.empty() || !taken.insert(zone.source).second)
            continue;
        if (auto meter = meterFor(zone, root, reason))
            meters.overlapping.push_back({std::move(meter), zone.parent});
    }
}

} // namespace

Meters findRaplMeters(const fs::path& root) {
    Meters found;
    std::error_code code;
    if (!fs::is_directory(root, code)) {
        found.unusable.push_back({"rapl", "There is no " + root.string() +
                                              ": this system, or a virtual machine, has no counters"});
        return found;
    }
    const auto zones = readZones(root);
    for (const auto kind : {Kind::Package, Kind::Platform, Kind::Memory})
        addMeters(zones, kind, root, found);
    addInner(zones, root, found);
    if (found.usable.empty() && found.unusable.empty())
        found.unusable.push_back({"rapl", "No counter of a processor was found in " + root.string()});
    return found;
}

} // namespace greenfront::energy
