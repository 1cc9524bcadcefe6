// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/nvml_meter.h"

#include "core/energy/nvml.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace greenfront::energy {
namespace {

/// The counter is updated about every 100 ms, and no GPU draws nothing for longer than this.
constexpr Seconds staleAfter(2);
/// What no GPU reaches: a count beyond it is not one of joules drawn.
constexpr Watts implausible(10e3);
constexpr Seconds betweenRestarts(5);

class NvmlMeter final : public Meter {
public:
    NvmlMeter(std::shared_ptr<Nvml> nvml, Nvml::Device device, unsigned index, Stopwatch now)
        : nvml_(std::move(nvml)),
          device_(device),
          now_(std::move(now)),
          source_("nvml:" + std::to_string(index)),
          name_(nvml_->name(device)),
          uuid_(nvml_->uuid(device)),
          readTime_(now_()),
          movedTime_(readTime_),
          restartTime_(readTime_) {
        counts_ = nvml_->energy(device_, last_) == Nvml::Status::Fine;
        lastPower_ = power();
    }

    std::string source() const override { return source_; }
    std::string method() const override {
        const std::string how = counts_  ? "Energy counter"
                                : stale_ ? "Sampled power (its energy counter stands still)"
                                         : "Sampled power";
        return how + " of the whole GPU \"" + name_ + "\" (NVML, " + uuid_ + "), other programs included";
    }
    Provenance provenance() const override { return Provenance::Measured; }
    /// Yang et al. 2023, Part-time Power Measurements (arXiv 2312.02741): +-5 % of the counter's own error;
    /// the sampled power misses what happens between its samples.
    double uncertainty() const override { return counts_ ? 0.05 : 0.1; }
    Part part() const override { return Part::Gpu; }
    Seconds resolution() const override { return Seconds(0.1); }
    Seconds lost() const override { return lost_; }

    bool usable() const { return counts_ || lastPower_; }

    std::optional<Joules> read() override {
        const auto time = now_();
        return counts_ ? readCounter(time) : readPower(time);
    }

private:
    std::optional<Watts> power() {
        unsigned milliWatts = 0;
        if (nvml_->power(device_, milliWatts) != Nvml::Status::Fine)
            return std::nullopt;
        const Watts power(milliWatts * 1e-3);
        return power < implausible ? std::optional(power) : std::nullopt;
    }

    std::optional<Joules> readCounter(Seconds time) {
        std::uint64_t count = 0;
        if (nvml_->energy(device_, count) != Nvml::Status::Fine) {
            findAgain(time);
            return std::nullopt; // what it counts meanwhile comes with the next read
        }
        const auto before = std::exchange(last_, count);
        const auto unread = time - std::exchange(readTime_, time);
        const Joules counted(static_cast<double>(count - std::min(before, count)) * 1e-3);
        if (count < before || counted > implausible * (unread + Seconds(1))) {
            lost_ += unread; // the driver was loaded anew, and has counted from 0
            movedTime_ = time;
            return std::nullopt;
        }
        if (count > before)
            movedTime_ = time;
        else if (time - movedTime_ >= staleAfter)
            return leaveCounter(time);
        total_ += counted;
        return total_;
    }

    std::optional<Joules> leaveCounter(Seconds time) {
        lastPower_ = power();
        if (!lastPower_ || lastPower_->value <= 0)
            return total_;
        counts_ = false;
        stale_ = true;
        lost_ += time - movedTime_;
        return total_;
    }

    std::optional<Joules> readPower(Seconds time) {
        const auto elapsed = time - std::exchange(readTime_, time);
        const auto now = power();
        const auto before = std::exchange(lastPower_, now);
        if (!now)
            findAgain(time);
        if (now && before)
            total_ += (*now + *before) / 2 * elapsed;
        else
            lost_ += elapsed;
        return now ? std::optional(total_) : std::nullopt;
    }

    /// After a reset of the driver neither the library's state nor the GPU's handle is worth anything.
    void findAgain(Seconds time) {
        if (time - restartTime_ < betweenRestarts)
            return;
        restartTime_ = time;
        auto device = nvml_->device(uuid_);
        if (std::uint64_t count = 0; !device || nvml_->energy(*device, count) == Nvml::Status::Lost) {
            nvml_->restart();
            device = nvml_->device(uuid_);
        }
        if (device)
            device_ = *device;
    }

    std::shared_ptr<Nvml> nvml_;
    Nvml::Device device_;
    Stopwatch now_;
    std::string source_, name_, uuid_;
    bool counts_ = false, stale_ = false;
    std::uint64_t last_ = 0; ///< millijoules
    std::optional<Watts> lastPower_;
    Seconds readTime_, movedTime_, restartTime_;
    Joules total_;
    Seconds lost_;
};

std::string whyNot(const Nvml& nvml, Nvml::Device device) {
    unsigned milliWatts = 0;
    switch (nvml.power(device, milliWatts)) {
    case Nvml::Status::NoPermission:
        return "You may not read its power; run as a user who may";
    case Nvml::Status::Lost:
        return "The driver has lost it; restart the machine";
    default:
        return "It tells neither its energy nor its power";
    }
}

} // namespace

std::string nvmlLibraryPath() {
    const char* path = std::getenv("GREENFRONT_NVML_LIBRARY");
    if (path != nullptr && *path != '\0')
        return path;
#ifdef _WIN32
    return "nvml.dll";
#else
    return "libnvidia-ml.so.1";
#endif
}

Meters findNvmlMeters(const std::string& path, const Stopwatch& now) {
    Meters meters;
    std::string reason;
    const auto nvml = Nvml::open(path, reason);
    const auto count = nvml ? std::min(nvml->count(), 1024U) : 0U;
    if (nvml && count == 0)
        reason = "NVIDIA's driver shows no GPU";
    if (count == 0)
        meters.absent.push_back({"nvml", reason});
    for (unsigned i = 0; i < count; ++i) {
        const auto device = nvml->device(i);
        if (!device) {
            meters.unusable.push_back({"nvml:" + std::to_string(i), "The driver does not open it"});
            continue;
        }
        auto meter = std::make_unique<NvmlMeter>(nvml, *device, i, now);
        if (meter->usable())
            meters.usable.push_back(std::move(meter));
        else
            meters.unusable.push_back({meter->source(), whyNot(*nvml, *device)});
    }
    return meters;
}

} // namespace greenfront::energy
