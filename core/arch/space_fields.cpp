// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/space_fields.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace greenfront::arch {

void refuseSpace(const std::string& reason, const std::string& advice) {
    throw Error("make", "search space", reason, advice);
}

Shape inputFrom(const Json& json) {
    const auto shape = json.at("input").get<std::array<int, 3>>();
    return {shape[0], shape[1], shape[2]};
}

Json asJson(const Shape& shape) {
    return {shape.channels, shape.height, shape.width};
}

Op activationFrom(const Json& json) {
    const auto text = json.value("activation", std::string(toText(Op::Relu)));
    for (const Op op : {Op::Relu, Op::HardSwish})
        if (toText(op) == text)
            return op;
    refuseSpace("its activation is '" + text + "'", "Known are relu and hard_swish");
}

void requireChoices(const std::string& what, const std::vector<int>& values, int least, int most) {
    if (values.empty() || values.size() > 16 || !std::ranges::is_sorted(values, std::less_equal<>()) ||
        values.front() < least || values.back() > most)
        refuseSpace(what + " are not up to 16 ascending numbers from " + std::to_string(least) + " to " +
                    std::to_string(most));
}

void requireResolutions(const std::vector<int>& resolutions, const Shape& input) {
    if (resolutions.empty())
        return;
    requireChoices("resolutions", resolutions, 8, 512);
    if (resolutions.back() != input.height || resolutions.back() != input.width)
        refuseSpace("the largest of its resolutions is not the " + std::to_string(input.height) + " x " +
                        std::to_string(input.width) + " pixels of its input",
                    "Choose from smaller ones, up to the size of the images");
}

} // namespace greenfront::arch
