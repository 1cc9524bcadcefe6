// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <memory>

/// Time passes when the test says so.
class MadeUpClock {
public:
    void pass(double seconds) const { now_->value += seconds; }
    greenfront::energy::Stopwatch watch() const {
        return [now = now_] { return *now; };
    }

private:
    std::shared_ptr<greenfront::Seconds> now_ = std::make_shared<greenfront::Seconds>();
};
