// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/mbconv_space.h"
#include "core/arch/network_builder.h"
#include "core/arch/space_fields.h"

#include <algorithm>
#include <cmath>

namespace greenfront::arch {
namespace {

MbconvStage stageFrom(const Json& json) {
    return {.depths = json.at("depths").get<std::vector<int>>(),
            .widths = json.at("widths").get<std::vector<int>>(),
            .kernels = json.at("kernels").get<std::vector<int>>(),
            .expansions = json.at("expansions").get<std::vector<int>>(),
            .stride = json.at("stride").get<int>(),
            .squeeze = json.value("squeeze", false),
            .activation = activationFrom(json)};
}

Json asJson(const MbconvStage& stage) {
    return {{"depths", stage.depths},
            {"widths", stage.widths},
            {"kernels", stage.kernels},
            {"expansions", stage.expansions},
            {"stride", stage.stride},
            {"squeeze", stage.squeeze},
            {"activation", toText(stage.activation)}};
}

/// Of a width times the multiplier, as MobileNets round.
int scaled(int width, double multiplier) {
    return divisibleByEight(static_cast<int>(std::lround(width * multiplier)));
}

} // namespace

Json MbconvSpace::toJson() const {
    Json stages = Json::array();
    for (const MbconvStage& stage : parameters_.stages)
        stages.push_back(asJson(stage));
    return {{"kind", parameters_.kind},
            {"input", arch::asJson(parameters_.input)},
            {"classes", parameters_.classes},
            {"stem", parameters_.stem},
            {"stem_stride", parameters_.stemStride},
            {"head", parameters_.head},
            {"features", parameters_.features},
            {"activation", toText(parameters_.activation)},
            {"stages", stages},
            {"resolutions", parameters_.resolutions}};
}

MbconvParameters mbconvFromJson(const Json& json) {
    return readingSpace([&] {
        MbconvParameters p;
        p.kind = json.at("kind").get<std::string>();
        p.input = inputFrom(json);
        p.classes = json.at("classes").get<int>();
        p.stem = json.at("stem").get<int>();
        p.stemStride = json.at("stem_stride").get<int>();
        p.head = json.at("head").get<int>();
        p.features = json.value("features", 0);
        p.activation = activationFrom(json);
        for (const Json& stage : json.at("stages"))
            p.stages.push_back(stageFrom(stage));
        p.resolutions = json.value("resolutions", std::vector<int>());
        return p;
    });
}

MbconvParameters smallMbconv(Shape input, int classes) {
    MbconvParameters p;
    p.input = input;
    p.classes = classes;
    // The stem halves larger images, so that the first stage works on at most 32 x 32 and a step stays
    // affordable.
    p.stemStride = std::max(input.height, input.width) > 32 ? 2 : 1;
    p.stages = {
        {.depths = {1, 2}, .widths = {16, 24}, .kernels = {3, 5}, .expansions = {2, 3}},
        {.depths = {1, 2, 3}, .widths = {24, 32}, .kernels = {3, 5}, .expansions = {2, 3, 4}, .stride = 2},
        {.depths = {1, 2, 3}, .widths = {40, 56}, .kernels = {3, 5}, .expansions = {2, 3, 4}, .stride = 2}};
    return p;
}

MbconvParameters mobileNetV3(Shape input, int classes, double widthMultiplier) {
    const auto width = [&](int channels) { return scaled(channels, widthMultiplier); };
    MbconvParameters p;
    p.kind = "mobilenet-v3";
    p.input = input;
    p.classes = classes;
    p.stem = width(16);
    p.head = width(960);
    p.features = width(1280);
    p.activation = Op::HardSwish;
    p.stages.push_back({.depths = {1}, .widths = {width(16)}, .kernels = {3}, .expansions = {1}});
    const auto add = [&](int channels, int stride, bool squeeze, Op activation) {
        p.stages.push_back({.depths = {2, 3, 4},
                            .widths = {width(channels)},
                            .kernels = {3, 5, 7},
                            .expansions = {3, 4, 6},
                            .stride = stride,
                            .squeeze = squeeze,
                            .activation = activation});
    };
    add(24, 2, false, Op::Relu);
    add(40, 2, true, Op::Relu);
    add(80, 2, false, Op::HardSwish);
    add(112, 1, true, Op::HardSwish);
    add(160, 2, true, Op::HardSwish);
    constexpr int full = 128;
    p.stemStride = 2;
    int side = std::min(input.height, input.width);
    if (side < full) {
        p.stemStride = 1;
        side *= 2;
    }
    for (MbconvStage& stage : p.stages)
        if (side < full && stage.stride == 2) {
            stage.stride = 1;
            side *= 2;
        }
    return p;
}

} // namespace greenfront::arch
