// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/torchscript_source.h"

#include "core/base/error.h"

#include <set>

namespace greenfront::formats {
namespace {

using arch::Layer;
using arch::Op;

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class ScriptWriter {
public:
    explicit ScriptWriter(const arch::Network& network) : network_(network) {}

    Script write() {
        script_.source = "def forward(self, x):\n    v0 = x\n";
        for (std::size_t i = 1; i < network_.layers.size(); ++i)
            script_.source += "    " + value(i) + " = " + expression(network_.layers[i]) + "\n";
        script_.source += "    return torch.flatten(" + value(network_.layers.size() - 1) + ", 1)\n";
        return std::move(script_);
    }

private:
    static std::string value(std::size_t layer) { return "v" + std::to_string(layer); }

    static std::string inputOf(const Layer& layer, std::size_t which = 0) {
        return value(static_cast<std::size_t>(layer.inputs[which]));
    }

    /// "self.stage1_block0_depthwise_weight"
    std::string attribute(const Layer& layer, const std::string& part, bool trainable = true,
                          bool perChannel = false) {
        std::string name = "layer_" + layer.name + part;
        for (char& c : name)
            if (!isPlain(c))
                c = '_';
        const std::string base = name;
        for (int i = 2; !used_.insert(name).second; ++i)
            name = base + "_" + std::to_string(i);
        script_.attributes.push_back({name, layer.name + part, perChannel, trainable});
        return "self." + name;
    }

    std::string biasOf(const Layer& layer) { return layer.bias ? attribute(layer, ".bias") : "None"; }

    std::string conv(const Layer& layer) {
        const auto twice = [](int number) {
            return "[" + std::to_string(number) + ", " + std::to_string(number) + "]";
        };
        const std::string weight = attribute(layer, ".weight");
        return "torch.conv2d(" + inputOf(layer) + ", " + weight + ", " + biasOf(layer) + ", " +
               twice(layer.stride) + ", " + twice(layer.kernel / 2) + ", " + twice(1) + ", " +
               std::to_string(layer.groups) + ")";
    }

    std::string batchNorm(const Layer& layer) {
        const std::string weight = attribute(layer, ".weight");
        const std::string bias = attribute(layer, ".bias");
        const std::string mean = attribute(layer, ".running_mean", false);
        const std::string variance = attribute(layer, ".running_var", false);
        return "torch.batch_norm(" + inputOf(layer) + ", " + weight + ", " + bias + ", " + mean + ", " +
               variance + ", False, 0.0, 1e-05, False)";
    }

    std::string linear(const Layer& layer) {
        const std::string weight = attribute(layer, ".weight");
        return "torch.linear(torch.flatten(" + inputOf(layer) + ", 1), " + weight + ", " + biasOf(layer) +
               ").unsqueeze(2).unsqueeze(3)";
    }

    std::string normalise(const Layer& layer) {
        const std::string mean = attribute(layer, ".mean", false, true);
        const std::string deviation = attribute(layer, ".deviation", false, true);
        return "(" + inputOf(layer) + " - " + mean + ") / " + deviation;
    }

    std::string expression(const Layer& layer) {
        switch (layer.op) {
        case Op::Normalise:
            return normalise(layer);
        case Op::Conv:
            return conv(layer);
        case Op::BatchNorm:
            return batchNorm(layer);
        case Op::Relu:
            return "torch.relu(" + inputOf(layer) + ")";
        case Op::HardSwish:
            return "torch.hardswish(" + inputOf(layer) + ")";
        case Op::HardSigmoid:
            return "torch.hardsigmoid(" + inputOf(layer) + ")";
        case Op::Scale:
            return inputOf(layer) + " * " + inputOf(layer, 1);
        case Op::Add:
            return inputOf(layer) + " + " + inputOf(layer, 1);
        case Op::GlobalAveragePool:
            return "torch.mean(" + inputOf(layer) + ", [2, 3], True)";
        case Op::Linear:
            return linear(layer);
        default:
            throw Error("export", "layer " + layer.name,
                        "TorchScript export does not know " + std::string(arch::toText(layer.op)));
        }
    }

    const arch::Network& network_;
    Script script_;
    std::set<std::string> used_;
};

} // namespace

Script scriptOf(const arch::Network& network) {
    return ScriptWriter(network).write();
}

} // namespace greenfront::formats
