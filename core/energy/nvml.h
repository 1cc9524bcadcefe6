// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/shared_library.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace greenfront::energy {

/// The part of NVIDIA's management library that tells energy, opened at run time
/// (https://docs.nvidia.com/deploy/nvml-api/). Its calls may come from any thread.
class Nvml {
public:
    using Device = void*;
    enum class Status { Fine, NotSupported, NoPermission, Lost, Failed };

    /// Null, with the reason, where there is no library, no driver or no permission.
    static std::shared_ptr<Nvml> open(const std::string& path, std::string& reason);
    ~Nvml();
    Nvml(const Nvml&) = delete;
    Nvml& operator=(const Nvml&) = delete;

    unsigned count() const;
    std::optional<Device> device(unsigned index) const;
    /// The same GPU after the driver was loaded anew.
    std::optional<Device> device(const std::string& uuid) const;
    std::string name(Device device) const;
    std::string uuid(Device device) const;
    /// Millijoules since the driver was loaded.
    Status energy(Device device, std::uint64_t& milliJoules) const;
    Status power(Device device, unsigned& milliWatts) const;
    /// Starts the library again after a reset of the driver.
    void restart() const;

private:
    struct Calls;
    Nvml(std::unique_ptr<SharedLibrary> library, std::unique_ptr<Calls> calls);

    std::unique_ptr<SharedLibrary> library_;
    std::unique_ptr<Calls> calls_;
};

} // namespace greenfront::energy
