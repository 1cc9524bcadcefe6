// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/gap_monitor.h"

#include <algorithm>
#include <chrono>

namespace greenfront::ui {
namespace {

constexpr std::chrono::milliseconds tick(5);

} // namespace

GapMonitor::GapMonitor(QObject* parent) : QObject(parent) {
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(tick);
    connect(&timer_, &QTimer::timeout, this, [this] {
        const double late =
            static_cast<double>(since_.nsecsElapsed()) / 1e6 - static_cast<double>(tick.count());
        longest_ = std::max(longest_, late);
        since_.restart();
    });
}

void GapMonitor::setMeasuring(bool measuring) {
    if (measuring == timer_.isActive())
        return;
    if (!measuring) {
        timer_.stop();
        return;
    }
    measured_ = true;
    since_.start();
    timer_.start();
}

} // namespace greenfront::ui
