// SPDX-License-Identifier: GPL-3.0-or-later
// A stand-in for NVIDIA's management library: as many GPUs as a test wants, showing what it wants.
#include <array>
#include <cstdio>

namespace {

struct Gpu {
    int energyResult = 0, powerResult = 0;
    unsigned long long milliJoules = 0;
    unsigned milliWatts = 0;
};

constexpr unsigned most = 8;
std::array<Gpu, most> gpus;
unsigned number = 0;
int initResult = 0;
int running = 0;

} // namespace

extern "C" {

void stubReset(unsigned count, int init) {
    gpus = {};
    number = count;
    initResult = init;
}
void stubEnergy(unsigned gpu, int result, unsigned long long milliJoules) {
    gpus.at(gpu).energyResult = result;
    gpus.at(gpu).milliJoules = milliJoules;
}
void stubPower(unsigned gpu, int result, unsigned milliWatts) {
    gpus.at(gpu).powerResult = result;
    gpus.at(gpu).milliWatts = milliWatts;
}
int stubRunning() {
    return running;
}

int nvmlInit_v2() {
    if (initResult == 0)
        ++running;
    return initResult;
}
int nvmlShutdown() {
    --running;
    return 0;
}
const char* nvmlErrorString(int result) {
    return result == 9 ? "Driver Not Loaded" : "Unknown Error";
}
int nvmlDeviceGetCount_v2(unsigned* count) {
    *count = number;
    return 0;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** device) {
    if (index >= number)
        return 2;
    *device = &gpus.at(index);
    return 0;
}
int nvmlDeviceGetHandleByUUID(const char* uuid, void** device) {
    unsigned index = most;
    if (std::sscanf(uuid, "GPU-%u", &index) != 1 || index >= number)
        return 6;
    *device = &gpus.at(index);
    return 0;
}
int nvmlDeviceGetName(void*, char* name, unsigned length) {
    std::snprintf(name, length, "Stub");
    return 0;
}
int nvmlDeviceGetUUID(void* device, char* uuid, unsigned length) {
    std::snprintf(uuid, length, "GPU-%u", static_cast<unsigned>(static_cast<Gpu*>(device) - gpus.data()));
    return 0;
}
int nvmlDeviceGetTotalEnergyConsumption(void* device, unsigned long long* milliJoules) {
    const auto& gpu = *static_cast<Gpu*>(device);
    *milliJoules = gpu.milliJoules;
    return gpu.energyResult;
}
int nvmlDeviceGetPowerUsage(void* device, unsigned* milliWatts) {
    const auto& gpu = *static_cast<Gpu*>(device);
    *milliWatts = gpu.milliWatts;
    return gpu.powerResult;
}

} // extern "C"
