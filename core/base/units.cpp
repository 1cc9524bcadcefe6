// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace greenfront {
namespace {

struct Prefix {
    double factor;
    const char* symbol;
};

std::string withPrefix(double value, const char* unit) {
    static constexpr std::array<Prefix, 7> prefixes{
        {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1.0, ""}, {1e-3, "m"}, {1e-6, "µ"}, {1e-9, "n"}}};
    Prefix chosen{1.0, ""};
    for (const Prefix& prefix : prefixes) {
        chosen = prefix;
        if (std::abs(value) >= prefix.factor * 0.9995)
            break;
    }
    if (value == 0.0)
        chosen = {1.0, ""};
    const double scaled = value / chosen.factor;
    const int decimals = std::abs(scaled) >= 99.95 || scaled == 0.0 ? 0 : std::abs(scaled) >= 9.995 ? 1 : 2;
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f %s%s", decimals, scaled, chosen.symbol, unit);
    std::string result = text.data();
    if (result.ends_with(' '))
        result.pop_back();
    return result;
}

} // namespace

std::string toText(Joules energy) {
    return withPrefix(energy.value, "J");
}
std::string toText(GramsCO2e mass) {
    return withPrefix(mass.value, "g CO2e");
}
std::string toText(Watts power) {
    return withPrefix(power.value, "W");
}
std::string toText(Bytes size) {
    return withPrefix(size.value, "B");
}
std::string countText(double count) {
    return withPrefix(count, "");
}

std::string toText(Seconds time) {
    if (time.value < 60.0)
        return withPrefix(time.value, "s");
    std::array<char, 64> text{};
    const auto total = std::llround(time.value);
    if (total < 3600)
        std::snprintf(text.data(), text.size(), "%lld min %02lld s", total / 60, total % 60);
    else
        std::snprintf(text.data(), text.size(), "%lld h %02lld min", total / 3600, total / 60 % 60);
    return text.data();
}

} // namespace greenfront
