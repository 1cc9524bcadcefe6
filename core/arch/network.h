// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/shape.h"
#include "core/base/units.h"

#include <string>
#include <vector>

namespace greenfront::arch {

/// Normalise: (x - mean) / deviation a channel, with weights "<name>.mean" and "<name>.deviation" (shape
/// [C]). Conv: weights "<name>.weight" [out, in/groups, k, k] and "<name>.bias" [out] if bias; zero padding
/// k/2. BatchNorm: "<name>.weight", ".bias", ".running_mean", ".running_var" [C], epsilon 1e-5.
/// GlobalAveragePool: [C,H,W] -> [C,1,1]. Linear: "<name>.weight" [out, in], "<name>.bias" [out].
/// HardSigmoid: relu6(x + 3) / 6. Scale: [C,H,W] times a gate [C,1,1], channel by channel.
enum class Op {
    Input,
    Normalise,
    Conv,
    BatchNorm,
    Relu,
    HardSwish,
    HardSigmoid,
    Add,
    Scale,
    GlobalAveragePool,
    Linear
};
std::string_view toText(Op op);

struct Layer {
    std::string name; ///< unique; begins the names of its weights: "stage1.block0.depthwise"
    Op op = Op::Input;
    std::vector<int> inputs; ///< indices of earlier layers
    Shape output;
    int kernel = 1, stride = 1, groups = 1; ///< Conv
    bool bias = false;                      ///< Conv, Linear
    int stage = -1, block = -1;             ///< for the drawing; -1 outside the stages
};

/// A model layer by layer, in the order of execution; the first layer is the input, the last the logits.
/// The LibTorch module, the exported files, the latency features and the drawing all come from this.
struct Network {
    std::string name;
    std::vector<Layer> layers;

    const Shape& input() const { return layers.front().output; }
    int classes() const { return layers.back().output.channels; }
};

struct Costs {
    double parameters = 0; ///< trainable numbers
    double macs = 0;       ///< multiply-accumulates for one sample
    Bytes weights;         ///< fp32, with batch norm's statistics
    Bytes activations;     ///< all outputs, fp32, one sample
    Bytes peakMemory;      ///< largest sum of live outputs at any layer, fp32, one sample
};

/// The cost of one layer; peakMemory is what it reads and writes.
Costs layerCosts(const Network& network, std::size_t layer);
Costs networkCosts(const Network& network);

/// Throws Error unless every layer's inputs come earlier and its shapes follow from them.
void validate(const Network& network);

Json toJson(const Network& network);
Network networkFromJson(const Json& json);

} // namespace greenfront::arch
