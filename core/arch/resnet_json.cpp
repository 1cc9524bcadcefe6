// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/network_builder.h"
#include "core/arch/resnet_space.h"
#include "core/arch/space_fields.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace greenfront::arch {
namespace {

ResnetStage stageFrom(const Json& json) {
    return {.depths = json.at("depths").get<std::vector<int>>(),
            .widths = json.at("widths").get<std::vector<int>>(),
            .expansions = json.at("expansions").get<std::vector<int>>(),
            .stride = json.at("stride").get<int>()};
}

Json stageJson(const ResnetStage& stage) {
    return {{"depths", stage.depths},
            {"widths", stage.widths},
            {"expansions", stage.expansions},
            {"stride", stage.stride}};
}

/// 0.65, 0.8 and 1 times as wide; choices that round to the same are one.
std::vector<int> multiples(int width) {
    std::vector<int> widths;
    widths.reserve(3);
    for (const double multiplier : {0.65, 0.8, 1.0})
        widths.push_back(divisibleByEight(static_cast<int>(std::lround(width * multiplier))));
    widths.erase(std::unique(widths.begin(), widths.end()), widths.end());
    return widths;
}

} // namespace

Json ResnetSpace::toJson() const {
    Json stages = Json::array();
    for (const ResnetStage& stage : parameters_.stages)
        stages.push_back(stageJson(stage));
    return {{"kind", "resnet"},
            {"input", asJson(parameters_.input)},
            {"classes", parameters_.classes},
            {"stems", parameters_.stems},
            {"elastic_stem", parameters_.elasticStem},
            {"stem_strides", parameters_.stemStrides},
            {"stages", stages},
            {"resolutions", parameters_.resolutions}};
}

ResnetParameters resnetFromJson(const Json& json) {
    return readingSpace([&] {
        ResnetParameters p;
        p.input = inputFrom(json);
        p.classes = json.at("classes").get<int>();
        p.stems = json.at("stems").get<std::vector<int>>();
        p.elasticStem = json.value("elastic_stem", true);
        p.stemStrides = json.at("stem_strides").get<std::vector<int>>();
        for (const Json& stage : json.at("stages"))
            p.stages.push_back(stageFrom(stage));
        p.resolutions = json.value("resolutions", std::vector<int>());
        return p;
    });
}

ResnetParameters proposedResnet(Shape input, int classes) {
    constexpr int full = 128;
    constexpr std::array most{4, 4, 6, 4};
    int side = std::min(input.height, input.width);
    const int share = side < full ? 4 : 1;
    ResnetParameters p;
    p.input = input;
    p.classes = classes;
    p.stems = multiples(64 / share);
    int width = 256 / share;
    for (const int depth : most) {
        p.stages.push_back({.depths = {depth - 2, depth - 1, depth},
                            .widths = multiples(width),
                            .expansions = {20, 25, 35},
                            .stride = p.stages.empty() ? 1 : 2});
        width *= 2;
    }
    const auto strideFor = [&](int stride) {
        if (stride == 1 || side >= full)
            return stride;
        side *= 2;
        return 1;
    };
    p.stemStrides = {strideFor(2), strideFor(2)};
    for (ResnetStage& stage : p.stages)
        stage.stride = strideFor(stage.stride);
    return p;
}

} // namespace greenfront::arch
