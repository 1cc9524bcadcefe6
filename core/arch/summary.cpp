// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/summary.h"

#include "core/base/text.h"

#include <array>
#include <cmath>

namespace greenfront::arch {
namespace {

NetworkSummary summaryOf(const Network& network) {
    return {.costs = networkCosts(network), .input = network.input()};
}

std::string superscript(int number) {
    constexpr std::array digits{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    std::string text;
    for (const char digit : std::to_string(number))
        text += digits.at(static_cast<std::size_t>(digit - '0'));
    return text;
}

OrderedJson toJson(const NetworkSummary& summary) {
    const Shape& input = summary.input;
    return {{"parameters", summary.costs.parameters},
            {"macs", summary.costs.macs},
            {"activation_bytes", summary.costs.peakMemory.value},
            {"resolution", input.height == input.width ? OrderedJson(input.height)
                                                       : OrderedJson{input.height, input.width}}};
}

} // namespace

SpaceSummary summaryOf(const SearchSpace& space) {
    return {.kind = space.toJson().value("kind", std::string()),
            .networks = space.count(),
            .smallest = summaryOf(space.decode(space.smallest())),
            .largest = summaryOf(space.decode(space.largest()))};
}

std::string networksText(double count) {
    if (count < 1e6 || !std::isfinite(count))
        return fixedText(count, 0);
    int exponent = static_cast<int>(std::floor(std::log10(count)));
    std::string mantissa = fixedText(count / std::pow(10.0, exponent), 1);
    if (mantissa == "10.0") { // rounded up
        mantissa = "1.0";
        ++exponent;
    }
    return mantissa + " × 10" + superscript(exponent);
}

OrderedJson toJson(const SpaceSummary& summary) {
    return {{"kind", summary.kind},
            {"networks", summary.networks},
            {"smallest", toJson(summary.smallest)},
            {"largest", toJson(summary.largest)}};
}

} // namespace greenfront::arch
