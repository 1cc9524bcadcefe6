// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/runnable.h"

namespace greenfront::device {

arch::Network asRun(arch::Network network) {
    for (arch::Layer& layer : network.layers)
        for (int& from : layer.inputs)
            ++from;
    network.layers.insert(
        network.layers.begin() + 1,
        {.name = "normalise", .op = arch::Op::Normalise, .inputs = {0}, .output = network.input()});
    return network;
}

} // namespace greenfront::device
