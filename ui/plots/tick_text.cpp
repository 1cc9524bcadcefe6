// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/tick_text.h"

#include "core/base/text.h"
#include "core/base/units.h"
#include "ui/models/texts.h"

#include <array>
#include <cmath>
#include <utility>

namespace greenfront::ui {
namespace {

int decimalsOf(double step) {
    constexpr int most = 9;
    int decimals = 0;
    for (double scaled = step; decimals < most && std::abs(scaled - std::round(scaled)) > 1e-6 * scaled;
         scaled *= 10)
        ++decimals;
    return decimals;
}

} // namespace

QString tickText(double tick, double step, bool prefixes) {
    static constexpr std::array<std::pair<double, const char*>, 3> known{
        {{1e9, " G"}, {1e6, " M"}, {1e3, " k"}}};
    if (prefixes)
        for (const auto& [factor, symbol] : known)
            if (std::abs(tick) >= factor * (1 - 1e-9))
                return qt(fixedText(tick / factor, decimalsOf(step / factor)) + symbol);
    return qt(fixedText(std::abs(tick) < step * 1e-6 ? 0.0 : tick, decimalsOf(step)));
}

} // namespace greenfront::ui
