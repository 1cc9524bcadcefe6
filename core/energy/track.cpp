// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/track.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace greenfront::energy {
namespace {

std::optional<Joules> readOf(Meter& meter) {
    try {
        return meter.read();
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

/// The ends of the 95 % interval: the meter's own uncertainty, what it may report late at either end, and, at
/// the mean power, the time that it did not see.
void setInterval(Reading& reading, const Meter& meter) {
    const auto seen = reading.seconds - reading.unseen;
    if (seen <= Seconds(0)) {
        reading.low = reading.high = reading.joules;
        return;
    }
    const auto power = reading.joules / seen;
    const auto late = power * std::min(meter.resolution(), reading.seconds);
    const auto low = reading.joules * (1 - meter.uncertainty()) - late;
    reading.low = std::max(Joules(0), low);
    reading.high = (reading.joules + power * reading.unseen) * (1 + meter.uncertainty()) + late;
}

} // namespace

Track::Track(std::unique_ptr<Meter> meter, Seconds now, std::string with)
    : meter_(std::move(meter)), with_(std::move(with)), start_(now), seen_(now) {
    sample(now);
    startJoules_ = joules_;
    startLost_ = meter_->lost();
}

void Track::sample(Seconds now) {
    const auto joules = readOf(*meter_);
    failing_ = !joules;
    if (!joules) {
        ++gaps_;
        return;
    }
    joules_ = *joules;
    seen_ = now;
}

Reading Track::reading(Seconds now) const {
    const auto end = end_.value_or(now);
    Reading reading;
    reading.source = meter_->source();
    reading.method = meter_->method();
    reading.provenance = meter_->provenance();
    reading.part = meter_->part();
    reading.seconds = end - start_;
    reading.joules = joules_ - startJoules_;
    reading.gaps = gaps_;
    const auto lost = meter_->lost() - startLost_;
    const auto waiting = failing_ ? end - std::max(seen_, start_) : Seconds(0);
    reading.unseen = std::min(reading.seconds, std::max(lost, waiting));
    setInterval(reading, *meter_);
    return reading;
}

void Track::startInterval(Seconds now) {
    start_ = now;
    startJoules_ = joules_;
    startLost_ = meter_->lost();
    gaps_ = 0;
}

} // namespace greenfront::energy
