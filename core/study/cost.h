// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

namespace greenfront::study {

/// What a piece of work took.
struct Cost {
    Joules joules;
    Seconds seconds;

    constexpr Cost& operator+=(const Cost& other) {
        joules += other.joules;
        seconds += other.seconds;
        return *this;
    }
    friend constexpr Cost operator+(Cost a, const Cost& b) { return a += b; }
    friend constexpr Cost operator-(const Cost& a, const Cost& b) {
        return {a.joules - b.joules, a.seconds - b.seconds};
    }
    friend constexpr Cost operator*(const Cost& a, double ratio) {
        return {a.joules * ratio, a.seconds * ratio};
    }
};

} // namespace greenfront::study
