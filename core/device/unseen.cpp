// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"
#include "core/device/latency_model.h"
#include "core/device/runnable.h"

namespace greenfront::device {

Accuracy unseenAccuracy(const LatencyTable& table) {
    if (table.blocks.empty())
        return {};
    const auto space = arch::makeSpace(table.space);
    LatencyTable blocks = table;
    blocks.networks.clear();
    const auto model = tableModel(std::move(blocks));
    std::vector<Compared> compared;
    for (const NetworkTime& network : table.networks)
        if (network.heldOut)
            compared.push_back({model->of(asRun(space->decode(network.genotype))).median, network.time});
    return accuracyOf(compared);
}

} // namespace greenfront::device
