// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"

namespace greenfront::cli {

/// What shells expect of a program that Ctrl-C ended.
constexpr int interruptedStatus = 130;

/// While it lives, the first Ctrl-C (or a request to terminate) asks the control to stop at the next clean
/// point; a second one ends the program at once.
class InterruptGuard {
public:
    explicit InterruptGuard(Control& control);
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;
    ~InterruptGuard();
};

} // namespace greenfront::cli
