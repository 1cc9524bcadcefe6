// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace greenfront::ui {

/// Whose 95 % intervals a Pareto plot draws.
enum class Intervals { None, Selected, Front };

} // namespace greenfront::ui
