// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace greenfront::cli {
namespace {

// A signal handler has no other way to find what it should stop.
std::atomic<Control*> target{nullptr};

void onSignal(int signal) {
    if (Control* control = target.load())
        control->requestCancelFromSignal();
    std::signal(signal, SIG_DFL);
}

} // namespace

InterruptGuard::InterruptGuard(Control& control) {
    target = &control;
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

InterruptGuard::~InterruptGuard() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    target = nullptr;
}

} // namespace greenfront::cli
