// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/network.h"
#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace greenfront::arch {
namespace {

constexpr std::array<std::string_view, 11> opNames{
    "input",        "normalise", "conv",  "batch_norm",          "relu",  "hard_swish",
    "hard_sigmoid", "add",       "scale", "global_average_pool", "linear"};

Op opFrom(const std::string& text) {
    const auto found = std::ranges::find(opNames, text);
    if (found == opNames.end())
        throw Error("read", "network", "there is no operator '" + text + "'",
                    "It may come from a newer version");
    return static_cast<Op>(found - opNames.begin());
}

Json layerJson(const Layer& layer) {
    Json json{{"name", layer.name},
              {"op", toText(layer.op)},
              {"inputs", layer.inputs},
              {"output", {layer.output.channels, layer.output.height, layer.output.width}}};
    if (layer.op == Op::Conv)
        json.update({{"kernel", layer.kernel}, {"stride", layer.stride}, {"groups", layer.groups}});
    if (layer.bias)
        json["bias"] = true;
    if (layer.stage >= 0)
        json.update({{"stage", layer.stage}, {"block", layer.block}});
    return json;
}

Layer layerFrom(const Json& json) {
    Layer layer;
    layer.name = json.at("name").get<std::string>();
    layer.op = opFrom(json.at("op").get<std::string>());
    layer.inputs = json.at("inputs").get<std::vector<int>>();
    const auto shape = json.at("output").get<std::array<int, 3>>();
    layer.output = {shape[0], shape[1], shape[2]};
    layer.kernel = json.value("kernel", 1);
    layer.stride = json.value("stride", 1);
    layer.groups = json.value("groups", 1);
    layer.bias = json.value("bias", false);
    layer.stage = json.value("stage", -1);
    layer.block = json.value("block", -1);
    return layer;
}

} // namespace

std::string_view toText(Op op) {
    return opNames[static_cast<std::size_t>(op)];
}

Json toJson(const Network& network) {
    Json layers = Json::array();
    for (const Layer& layer : network.layers)
        layers.push_back(layerJson(layer));
    return {{"name", network.name}, {"layers", layers}};
}

Network networkFromJson(const Json& json) {
    Network network;
    try {
        network.name = json.at("name").get<std::string>();
        for (const Json& layer : json.at("layers"))
            network.layers.push_back(layerFrom(layer));
    } catch (const Json::exception& error) {
        throw Error("read", "network", error.what(), "Check where the network comes from");
    }
    validate(network);
    return network;
}

} // namespace greenfront::arch
