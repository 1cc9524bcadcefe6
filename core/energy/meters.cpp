// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/battery.h"
#include "core/energy/hwmon.h"
#include "core/energy/nvml_meter.h"
#include "core/energy/overlaps.h"
#include "core/energy/processor_model.h"
#include "core/energy/rapl_zones.h"
#include "core/energy/system_meters.h"
#include "core/energy/tree_files.h"

#include <chrono>
#include <iterator>
#include <system_error>

namespace greenfront::energy {
namespace fs = std::filesystem;
namespace {

fs::path powercapRoot() {
    return treeRoot("GREENFRONT_POWERCAP_ROOT", "/sys/class/powercap");
}
fs::path hwmonRoot() {
    return treeRoot("GREENFRONT_HWMON_ROOT", "/sys/class/hwmon");
}
fs::path powerSupplyRoot() {
    return treeRoot("GREENFRONT_POWER_SUPPLY_ROOT", "/sys/class/power_supply");
}

template <class T>
void moveAll(std::vector<T>& from, std::vector<T>& to) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void add(Meters more, Meters& to) {
    moveAll(more.usable, to.usable);
    moveAll(more.unusable, to.unusable);
    moveAll(more.overlapping, to.overlapping);
    moveAll(more.absent, to.absent);
}

} // namespace

std::string_view toText(Part part) {
    switch (part) {
    case Part::Processor:
        return "processor";
    case Part::Memory:
        return "memory";
    case Part::Gpu:
        return "gpu";
    case Part::Platform:
        return "platform";
    case Part::Machine:
        break;
    }
    return "machine";
}

Seconds steadySeconds() {
    return Seconds(
        std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count());
}

Meters findMeters(const MeterOptions& options) {
    Meters found = findRaplMeters(powercapRoot());
    add(findHwmonMeters(hwmonRoot()), found);
    add(findSystemMeters(), found);
    add(findBatteryMeters(powerSupplyRoot()), found);
    add(findNvmlMeters(nvmlLibraryPath()), found);
    found = withoutOverlaps(std::move(found));
    if (!covers(found, Part::Processor))
        found.usable.push_back(makeProcessorModel(options.load));
    if (options.modelMemory && !covers(found, Part::Memory))
        if (auto model = makeMemoryModel())
            found.usable.push_back(std::move(model));
    return found;
}

std::string sourcesFingerprint() {
    std::string text;
    for (const auto& root : {powercapRoot(), hwmonRoot(), powerSupplyRoot()})
        for (const auto& entry : entriesOf(root)) {
            std::error_code code;
            const auto rights = fs::status(entry / "energy_uj", code).permissions();
            text += entry.filename().string() + ' ' + std::to_string(static_cast<unsigned>(rights)) + ' ' +
                    readLine(entry / "status") + '\n';
        }
    return text;
}

} // namespace greenfront::energy
