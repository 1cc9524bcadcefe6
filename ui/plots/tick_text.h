// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace greenfront::ui {

/// The label of a tick on an axis with ticks in such steps: with as many decimals as the step needs to be
/// told exactly (2 for 0.25), from a thousand on with a prefix where the unit allows it ("1.25 M").
QString tickText(double tick, double step, bool prefixes);

} // namespace greenfront::ui
