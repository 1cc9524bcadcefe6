// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTemporaryDir>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

/// A made-up /sys/class/powercap in a folder of its own, which findMeters() looks into.
class PowercapTree {
public:
    PowercapTree() {
        qputenv("GREENFRONT_POWERCAP_ROOT", folder_.path().toUtf8());
        qputenv("GREENFRONT_HWMON_ROOT", others_.path().toUtf8()); // this machine's own stay out
        qputenv("GREENFRONT_POWER_SUPPLY_ROOT", others_.path().toUtf8());
        qputenv("GREENFRONT_NVML_LIBRARY", "/absent/libnvidia-ml.so");
    }
    ~PowercapTree() {
        for (const auto* variable : {"GREENFRONT_POWERCAP_ROOT", "GREENFRONT_HWMON_ROOT",
                                     "GREENFRONT_POWER_SUPPLY_ROOT", "GREENFRONT_NVML_LIBRARY"})
            qunsetenv(variable);
    }
    PowercapTree(const PowercapTree&) = delete;
    PowercapTree& operator=(const PowercapTree&) = delete;

    static constexpr std::uint64_t range = 262'143'328'850;

    std::filesystem::path root() const { return folder_.path().toStdString(); }
    /// All in microjoules. `id` as the kernel has it, with the parent's folder in front where it is nested.
    void addZone(const std::string& id, const std::string& name, std::uint64_t energy = 0) const {
        std::filesystem::create_directories(root() / id);
        write(id, "name", name);
        write(id, "max_energy_range_uj", std::to_string(range));
        setEnergy(id, energy);
    }
    void setEnergy(const std::string& id, std::uint64_t energy) const {
        write(id, "energy_uj", std::to_string(energy));
    }
    void write(const std::string& id, const std::string& file, const std::string& content) const {
        std::ofstream(root() / id / file) << content << '\n';
    }
    void remove(const std::string& path) const { std::filesystem::remove_all(root() / path); }

private:
    QTemporaryDir folder_, others_;
};
