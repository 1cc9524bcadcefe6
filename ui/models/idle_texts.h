// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/idle_power.h"

#include <QString>

#include <vector>

namespace greenfront::ui {

/// What one source draws while nothing is done, in words.
struct IdleLine {
    QString source, power, bounds, provenance, method;
};
std::vector<IdleLine> idleLines(const std::vector<store::IdlePowerRow>& rows);

/// "Measured for 30.0 s on 21 Nov 2026 at 19:24."; "Not measured yet." where there are no rows.
QString idleWhen(const std::vector<store::IdlePowerRow>& rows);

} // namespace greenfront::ui
