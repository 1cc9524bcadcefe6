// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <array>
#include <chrono>
#include <string_view>

namespace greenfront::nn {

/// What a training pass spends its time on.
enum class WorkKind { Products, Columns, Depthwise, Normalising, Gates, Rest };
constexpr std::array<std::string_view, 6> workKindNames{"matrix products",        "images to columns",
                                                        "depthwise convolutions", "batch norm and activation",
                                                        "squeeze and excite",     "rest"};

/// A stopwatch with a hand for each kind of work. Of one thread.
class TimeSpent {
public:
    /// From now on it is this that is done.
    void enter(WorkKind kind) {
        const auto now = std::chrono::steady_clock::now();
        seconds_[static_cast<std::size_t>(kind_)] += std::chrono::duration<double>(now - since_).count();
        kind_ = kind;
        since_ = now;
    }
    Seconds of(WorkKind kind) const { return Seconds(seconds_[static_cast<std::size_t>(kind)]); }
    /// Starts anew, with the rest.
    void restart() { *this = {}; }
    void add(const TimeSpent& other) {
        for (std::size_t i = 0; i < seconds_.size(); ++i)
            seconds_[i] += other.seconds_[i];
    }

private:
    std::array<double, workKindNames.size()> seconds_{};
    WorkKind kind_ = WorkKind::Rest;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

} // namespace greenfront::nn
