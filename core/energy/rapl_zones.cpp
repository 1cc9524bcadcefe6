// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/rapl_zones.h"

#include "core/base/text.h"
#include "core/energy/rapl_meter.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <set>

namespace greenfront::energy {
namespace fs = std::filesystem;
namespace {

enum class Kind { Package, Memory, Platform, Part };

struct Zone {
    fs::path folder;
    std::string control; ///< "intel-rapl" or, for its memory-mapped twin, "intel-rapl-mmio"
    std::string name;    ///< as the kernel calls it: "package-0", "dram"
    std::string source;  ///< "rapl:package-0:dram"
    Kind kind = Kind::Part;
};

Kind kindOf(const std::string& name) {
    if (name.starts_with("package"))
        return Kind::Package;
    if (name == "dram")
        return Kind::Memory;
    return name == "psys" ? Kind::Platform : Kind::Part;
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
    std::error_code code;
    for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
        const auto id = at->path().filename().string();
        if (isZone(id) && zones.try_emplace(id, at->path()).second)
            collectZones(at->path(), zones);
    }
}

std::string nameIn(const fs::path& folder) {
    std::ifstream in(folder / "name");
    std::string name;
    in >> name;
    return name.substr(0, 64);
}

std::vector<Zone> readZones(const fs::path& root) {
    std::map<std::string, fs::path> found;
    collectZones(root, found);
    std::map<std::string, Zone> zones; // a parent sorts before its children, a register before its twin
    std::set<std::pair<std::string, std::string>> taken;
    for (const auto& [id, folder] : found) {
        Zone zone{folder, id.substr(0, id.find(':')), nameIn(folder), {}, Kind::Part};
        zone.kind = kindOf(zone.name);
        const auto parent = zones.find(parentOf(id));
        zone.source = (parent != zones.end() ? parent->second.source : "rapl") + ":" + zone.name;
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

std::string whyUnreadable(const fs::path& file, const fs::path& root) {
    errno = 0;
    const std::ifstream in(file);
    if (!in && errno == EACCES)
        return "You may not read " + file.string() + ". To allow it until the next start: sudo chmod a+r " +
               (root / "*/energy_uj").string();
    return file.string() + " cannot be read as a number";
}

std::string methodOf(const Zone& zone) {
    const std::string what = zone.kind == Kind::Memory     ? "memory"
                             : zone.kind == Kind::Platform ? "platform"
                                                           : "processor package";
    const std::string how = zone.control == "intel-rapl" ? "RAPL" : "RAPL, memory-mapped";
    return "Energy counter of the whole " + what + " \"" + zone.name + "\" (" + how +
           "), other programs included";
}

/// Deviation from measurements at the plug: Khan et al. 2018, RAPL in Action (ACM TOMPECS 3, 9) for packages;
/// Desrochers et al. 2016 (MEMSYS) for memory.
double uncertaintyOf(const Zone& zone) {
    return zone.kind == Kind::Memory ? 0.2 : 0.05;
}

/// The meter of a zone, or why there is none.
std::unique_ptr<Meter> meterFor(const Zone& zone, const fs::path& root, std::string& reason) {
    const auto counter = zone.folder / "energy_uj";
    const auto limit = zone.folder / "max_energy_range_uj";
    const auto range = readCount(limit);
    if (!range || *range == 0) {
        reason = whyUnreadable(limit, root);
        return nullptr;
    }
    const auto first = readCount(counter);
    if (!first) {
        reason = whyUnreadable(counter, root);
        return nullptr;
    }
    if (*first > *range) {
        reason = counter.string() + " is beyond the range in " + limit.string();
        return nullptr;
    }
    return std::make_unique<RaplMeter>(zone.source, methodOf(zone), uncertaintyOf(zone), counter, *range,
                                       *first);
}

/// Adds the meters of one kind, one a source.
void addMeters(const std::vector<Zone>& zones, Kind kind, const fs::path& root, Meters& meters) {
    std::map<std::string, std::string> reasons;
    std::set<std::string> usable;
    for (const auto& zone : zones) {
        if (zone.kind != kind || usable.contains(zone.source))
            continue;
        std::string reason;
        if (auto meter = meterFor(zone, root, reason)) {
            meters.usable.push_back(std::move(meter));
            usable.insert(zone.source);
        } else {
            reasons.try_emplace(zone.source, reason);
        }
    }
    for (const auto& [source, reason] : reasons)
        if (!usable.contains(source))
            meters.unusable.push_back({source, reason});
}

} // namespace

RaplMeters findRaplMeters(const fs::path& root) {
    RaplMeters found;
    std::error_code code;
    if (!fs::is_directory(root, code)) {
        found.meters.unusable.push_back({"rapl", "There is no " + root.string() +
                                                     ": this system, or a virtual machine, has no counters"});
        return found;
    }
    const auto zones = readZones(root);
    addMeters(zones, Kind::Package, root, found.meters);
    // The platform's counter includes packages and memory.
    if (found.meters.usable.empty())
        addMeters(zones, Kind::Platform, root, found.meters);
    const bool wholePlatform =
        !found.meters.usable.empty() && found.meters.usable.front()->source().starts_with("rapl:psys");
    found.coverProcessor = !found.meters.usable.empty();
    if (!wholePlatform)
        addMeters(zones, Kind::Memory, root, found.meters);
    if (found.meters.usable.empty() && found.meters.unusable.empty())
        found.meters.unusable.push_back({"rapl", "No counter of a processor was found in " + root.string()});
    return found;
}

} // namespace greenfront::energy
