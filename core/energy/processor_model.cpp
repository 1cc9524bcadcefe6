// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor_model.h"

#include "core/base/text.h"
#include "core/energy/power_meter.h"
#include "core/energy/processor.h"
#include "core/energy/rated_power.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace greenfront::energy {
namespace {

/// Idle power as a share of full power: servers of the large clouds use 0.7 W to 0.8 W a hardware thread when
/// idle and 3.5 W to 4.3 W at full load (Cloud Carbon Footprint, methodology, from SPECpower results).
constexpr double idleShare = 0.2;
/// Of a model that does not even know the load.
constexpr double loadUnknown = 0.8;
/// The load is averaged over at least this long; clocks of the whole machine tick every 10 ms.
constexpr Seconds window(1);

std::optional<MachineLoad> loadOf(Load whose) {
    if (whose == Load::WholeMachine)
        return machineLoad();
    const auto used = processorTime();
    const auto threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    return used ? std::optional(MachineLoad{*used, threads}) : std::nullopt;
}

class ProcessorModel final : public Meter {
public:
    explicit ProcessorModel(Load whose)
        : whose_(whose), rated_(ratedPower(processorName())), startLoad_(loadOf(whose)) {
        if (startLoad_)
            threads_ = startLoad_->threads;
    }

    std::string source() const override { return "processor-model"; }
    std::string method() const override {
        const std::string load = !startLoad_ ? "as if all were busy, because the load is not known"
                                 : whose_ == Load::ThisProcess
                                     ? "by this process's processor time"
                                     : "by the processor time of all programs on the machine";
        return "Modelled, not measured: " + fixedText(rated_.perThread.value, 1) + " W for each of " +
               fixedText(threads_, 0) + " hardware threads (" + rated_.origin + "), " +
               fixedText(idleShare * 100, 0) + " % of it all the time and the rest " + load;
    }
    Provenance provenance() const override { return Provenance::Estimated; }
    double uncertainty() const override { return startLoad_ ? rated_.uncertainty : loadUnknown; }

    std::optional<Joules> read() override {
        const auto elapsed = steadySeconds() - start_;
        auto busy = elapsed * threads_;
        if (startLoad_) {
            const auto load = loadOf(whose_);
            if (!load)
                return std::nullopt;
            busy = load->busy - startLoad_->busy;
        }
        const auto joules = settled_ + joulesOf(elapsed - settledTime_, busy - settledBusy_);
        last_ = std::max(last_, joules); // the two clocks are not read at the same moment
        if (elapsed - settledTime_ >= window) {
            settled_ = last_;
            settledTime_ = elapsed;
            settledBusy_ = busy;
        }
        return last_;
    }

private:
    Joules joulesOf(Seconds elapsed, Seconds busy) const {
        const double load = elapsed > Seconds(0) ? busy / (elapsed * threads_) : 0;
        return rated_.perThread * (elapsed * threads_) * (idleShare + (1 - idleShare) * powerShare(load));
    }

    Load whose_;
    RatedPower rated_;
    std::optional<MachineLoad> startLoad_;
    double threads_ = std::max(1U, std::thread::hardware_concurrency());
    Seconds start_ = steadySeconds();
    Seconds settledTime_, settledBusy_; ///< since the start: up to where settled_ goes
    Joules settled_, last_;
};

} // namespace

double powerShare(double load) {
    const double u = std::clamp(load, 0.0, 1.0);
    return 2 * u - std::pow(u, 1.4);
}

std::unique_ptr<Meter> makeProcessorModel(Load load) {
    return std::make_unique<ProcessorModel>(load);
}

std::unique_ptr<Meter> makeMemoryModel() {
    /// Cloud Carbon Footprint, methodology: 0.392 W a gigabyte, the mean of Micron's and Crucial's figures.
    constexpr double perGigabyte = 0.392;
    const auto size = memorySize();
    if (!size)
        return nullptr;
    const double gigabytes = size->value * 1e-9;
    Description description;
    description.source = "memory-model";
    description.method = "Modelled, not measured: " + numberText(perGigabyte) + " W for each of " +
                         fixedText(gigabytes, 1) + " GB of memory (Cloud Carbon Footprint)";
    description.provenance = Provenance::Estimated;
    description.uncertainty = 0.6; // modules of one size differ by their ranks, speed and use
    description.part = Part::Memory;
    return std::make_unique<PowerMeter>(std::move(description),
                                        [power = Watts(perGigabyte * gigabytes)] { return power; });
}

} // namespace greenfront::energy
