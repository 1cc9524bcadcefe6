// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/nvml.h"

#include <array>
#include <utility>

namespace greenfront::energy {
namespace {

// Values of nvmlReturn_t that are told apart here.
constexpr int success = 0, uninitialised = 1, notSupported = 3, noPermission = 4, gpuIsLost = 15,
              resetRequired = 16;

Nvml::Status statusOf(int result) {
    switch (result) {
    case success:
        return Nvml::Status::Fine;
    case notSupported:
        return Nvml::Status::NotSupported;
    case noPermission:
        return Nvml::Status::NoPermission;
    case uninitialised:
    case gpuIsLost:
    case resetRequired:
        return Nvml::Status::Lost;
    default:
        return Nvml::Status::Failed;
    }
}

} // namespace

struct Nvml::Calls {
    int (*init)() = nullptr;
    int (*shutdown)() = nullptr;
    const char* (*errorString)(int) = nullptr;
    int (*count)(unsigned*) = nullptr;
    int (*byIndex)(unsigned, Device*) = nullptr;
    int (*byUuid)(const char*, Device*) = nullptr;
    int (*name)(Device, char*, unsigned) = nullptr;
    int (*uuid)(Device, char*, unsigned) = nullptr;
    int (*energy)(Device, unsigned long long*) = nullptr; ///< absent in libraries older than the counter
    int (*power)(Device, unsigned*) = nullptr;

    bool load(const SharedLibrary& library) {
        init = library.function<int()>("nvmlInit_v2");
        shutdown = library.function<int()>("nvmlShutdown");
        errorString = library.function<const char*(int)>("nvmlErrorString");
        count = library.function<int(unsigned*)>("nvmlDeviceGetCount_v2");
        byIndex = library.function<int(unsigned, Device*)>("nvmlDeviceGetHandleByIndex_v2");
        byUuid = library.function<int(const char*, Device*)>("nvmlDeviceGetHandleByUUID");
        name = library.function<int(Device, char*, unsigned)>("nvmlDeviceGetName");
        uuid = library.function<int(Device, char*, unsigned)>("nvmlDeviceGetUUID");
        energy = library.function<int(Device, unsigned long long*)>("nvmlDeviceGetTotalEnergyConsumption");
        power = library.function<int(Device, unsigned*)>("nvmlDeviceGetPowerUsage");
        return init && shutdown && errorString && count && byIndex && byUuid && name && uuid && power;
    }
};

std::shared_ptr<Nvml> Nvml::open(const std::string& path, std::string& reason) {
    auto library = openLibrary(path, reason);
    if (!library)
        return nullptr;
    auto calls = std::make_unique<Calls>();
    if (!calls->load(*library)) {
        reason = path + " is not NVIDIA's management library, or too old";
        return nullptr;
    }
    if (const int result = calls->init(); result != success) {
        const char* message = calls->errorString(result);
        reason = "NVIDIA's management library does not start: " +
                 std::string(message != nullptr ? message : "unknown error");
        return nullptr;
    }
    return std::shared_ptr<Nvml>(new Nvml(std::move(library), std::move(calls)));
}

Nvml::Nvml(std::unique_ptr<SharedLibrary> library, std::unique_ptr<Calls> calls)
    : library_(std::move(library)), calls_(std::move(calls)) {}

Nvml::~Nvml() {
    calls_->shutdown();
}

unsigned Nvml::count() const {
    unsigned number = 0;
    return calls_->count(&number) == success ? number : 0;
}

std::optional<Nvml::Device> Nvml::device(unsigned index) const {
    Device device = nullptr;
    return calls_->byIndex(index, &device) == success ? std::optional(device) : std::nullopt;
}

std::optional<Nvml::Device> Nvml::device(const std::string& uuid) const {
    Device device = nullptr;
    return calls_->byUuid(uuid.c_str(), &device) == success ? std::optional(device) : std::nullopt;
}

std::string Nvml::name(Device device) const {
    std::array<char, 97> text{}; // the library's own limit is 96
    return calls_->name(device, text.data(), text.size() - 1) == success ? text.data() : "NVIDIA GPU";
}

std::string Nvml::uuid(Device device) const {
    std::array<char, 97> text{};
    return calls_->uuid(device, text.data(), text.size() - 1) == success ? text.data() : "";
}

Nvml::Status Nvml::energy(Device device, std::uint64_t& milliJoules) const {
    if (calls_->energy == nullptr)
        return Status::NotSupported;
    unsigned long long count = 0;
    const auto status = statusOf(calls_->energy(device, &count));
    milliJoules = count;
    return status;
}

Nvml::Status Nvml::power(Device device, unsigned& milliWatts) const {
    return statusOf(calls_->power(device, &milliWatts));
}

void Nvml::restart() const {
    calls_->shutdown();
    calls_->init();
}

} // namespace greenfront::energy
