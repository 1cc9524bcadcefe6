// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/device/network_profile.h"

#include <functional>

namespace greenfront::testing {

/// A machine with a clock of its own, on which a unit takes as long as it is told.
class MadeUpMachine {
public:
    using UnitSeconds = std::function<double(const device::FusedUnit&)>;

    explicit MadeUpMachine(UnitSeconds seconds, double call = 0)
        : seconds_(std::move(seconds)), call_(call) {}

    device::Prepare prepare() {
        return [this](const arch::Network& decoded) {
            const arch::Network network = device::asRun(decoded);
            std::vector<double> layers(network.layers.size(), 0.0);
            for (const device::FusedUnit& unit : device::fusedUnits(network))
                layers[unit.layers.back()] = seconds_(unit);
            return device::Runnable{network, [this, layers](const auto& after) {
                                        ++runs;
                                        for (std::size_t i = 1; i < layers.size(); ++i) {
                                            now += layers[i] * slowness;
                                            if (after)
                                                after(i);
                                        }
                                        now += call_ * slowness;
                                    }};
        };
    }
    device::Stopwatch clock() {
        return [this] { return Seconds(now); };
    }
    /// What its whole network takes, by the meaning of the above.
    double secondsOf(const arch::Network& decoded) const {
        double sum = call_;
        for (const device::FusedUnit& unit : device::fusedUnits(device::asRun(decoded)))
            sum += seconds_(unit);
        return sum;
    }

    double now = 0, slowness = 1;
    int runs = 0;

private:
    UnitSeconds seconds_;
    double call_;
};

/// 10 GFLOP/s, 5 GB/s and 2 us a unit.
inline double rooflineSeconds(const device::FusedUnit& unit) {
    return 2e-6 + 2 * unit.macs() / 1e10 + (unit.bytes() + unit.weightBytes()) / 5e9;
}

inline std::shared_ptr<const arch::SearchSpace> smallSpace() {
    return arch::makeSpace(arch::proposedSpace("mbconv-small", {3, 16, 16}, 10));
}

} // namespace greenfront::testing
