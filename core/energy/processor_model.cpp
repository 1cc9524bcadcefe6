// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor_model.h"

#include "core/base/text.h"
#include "core/energy/processor.h"
#include "core/energy/rated_power.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace greenfront::energy {
namespace {

using Clock = std::chrono::steady_clock;

/// Idle power as a share of full power: servers of the large clouds use 0.7 W to 0.8 W a hardware thread when
/// idle and 3.5 W to 4.3 W at full load (Cloud Carbon Footprint, methodology, from SPECpower results).
constexpr double idleShare = 0.2;
/// Of a model that does not even know the load.
constexpr double loadUnknown = 0.8;

class ProcessorModel final : public Meter {
public:
    ProcessorModel() : rated_(ratedPower(processorName())), startTime_(processorTime()) {}

    std::string source() const override { return "processor-model"; }
    std::string method() const override {
        const auto load = startTime_ ? "and the rest by this process's processor time"
                                     : "and the rest as if all were busy, because the load is not known";
        return "Modelled, not measured: " + fixedText(rated_.perThread.value, 1) + " W for each of " +
               fixedText(threads_, 0) + " hardware threads (" + rated_.origin + "), " +
               fixedText(idleShare * 100, 0) + " % of it all the time " + load;
    }
    Provenance provenance() const override { return Provenance::Estimated; }
    double uncertainty() const override { return startTime_ ? rated_.uncertainty : loadUnknown; }

    std::optional<Joules> read() override {
        const std::chrono::duration<double> elapsed = Clock::now() - start_;
        const Seconds available(threads_ * elapsed.count());
        auto busy = available;
        if (startTime_) {
            const auto now = processorTime();
            if (!now)
                return std::nullopt;
            busy = *now - *startTime_;
        }
        const auto joules =
            rated_.perThread * available * idleShare + rated_.perThread * busy * (1 - idleShare);
        last_ = std::max(last_, joules); // the two clocks are not read at the same moment
        return last_;
    }

private:
    RatedPower rated_;
    double threads_ = std::max(1U, std::thread::hardware_concurrency());
    Clock::time_point start_ = Clock::now();
    std::optional<Seconds> startTime_;
    Joules last_;
};

} // namespace

std::unique_ptr<Meter> makeProcessorModel() {
    return std::make_unique<ProcessorModel>();
}

} // namespace greenfront::energy
