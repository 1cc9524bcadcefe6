// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/channel_sorting.h"

#include "core/nn/channel_coupling.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace greenfront::nn {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;
using arch::SearchSpace;
using arch::Tensor;

/// New place to old place.
using Order = std::vector<std::size_t>;

/// What the space lets a network choose about a layer.
struct Elastic {
    std::set<std::size_t> genes; ///< that decide how many channels it reads or writes
    bool writes = false;         ///< do they decide how many it writes?
};
using ElasticLayers = std::map<std::string, Elastic>; ///< by name

std::map<std::string, std::pair<int, int>> widthsOf(const Network& network) {
    std::map<std::string, std::pair<int, int>> widths;
    for (const Layer& layer : network.layers)
        widths[layer.name] = {layer.inputs.empty()
                                  ? 0
                                  : network.layers[static_cast<std::size_t>(layer.inputs[0])].output.channels,
                              layer.output.channels};
    return widths;
}

/// Each gene is tried alone, the others at their largest choice.
ElasticLayers elasticLayers(const SearchSpace& space) {
    const Genotype largest = space.largest();
    const auto full = widthsOf(space.decode(largest));
    ElasticLayers elastic;
    for (std::size_t gene = 0; gene < largest.size(); ++gene)
        for (int choice = 0; choice < largest[gene]; ++choice) {
            Genotype genotype = largest;
            genotype[gene] = choice;
            for (const auto& [layer, widths] : widthsOf(space.decode(genotype))) {
                const auto found = full.find(layer);
                if (found == full.end() || found->second == widths)
                    continue;
                elastic[layer].genes.insert(gene);
                elastic[layer].writes = elastic[layer].writes || found->second.second != widths.second;
            }
        }
    return elastic;
}

/// Calls body for all choices of some genes from `least` on, the others at their largest.
template <class Body>
void forChoices(const SearchSpace& space, const std::set<std::size_t>& genes, const Genotype& least,
                const Body& body) {
    const Genotype largest = space.largest();
    Genotype genotype = largest;
    for (const std::size_t gene : genes)
        genotype[gene] = least[gene];
    for (;;) {
        body(genotype);
        auto gene = genes.begin();
        while (gene != genes.end() && genotype[*gene] == largest[*gene]) {
            genotype[*gene] = least[*gene];
            ++gene;
        }
        if (gene == genes.end())
            return;
        ++genotype[*gene];
    }
}

/// From networks that together show every width that the supported ones use.
ChannelCoupling couplingOf(const SearchSpace& space, const ElasticLayers& layers, const Genotype& supported) {
    std::set<std::set<std::size_t>> together;
    for (std::size_t gene = 0; gene < supported.size(); ++gene)
        together.insert({gene});
    for (const auto& [layer, elastic] : layers)
        together.insert(elastic.genes);
    ChannelCoupling coupling;
    for (const auto& genes : together)
        forChoices(space, genes, supported,
                   [&](const Genotype& genotype) { coupling.see(space.decode(genotype)); });
    return coupling;
}

std::size_t innerSize(const Tensor& tensor) {
    return tensor.shape.size() < 2 ? 1
                                   : tensor.values.size() / static_cast<std::size_t>(tensor.shape[0]) /
                                         static_cast<std::size_t>(tensor.shape[1]);
}

/// Adds the L1 norm of what is read from each input channel.
void addNorms(const Tensor& weight, std::vector<double>& norms) {
    const auto inputs = static_cast<std::size_t>(weight.shape[1]);
    const std::size_t inner = innerSize(weight);
    norms.resize(std::max(norms.size(), inputs));
    for (std::size_t i = 0; i < weight.values.size(); ++i)
        norms[i / inner % inputs] += std::abs(static_cast<double>(weight.values[i]));
}

/// Of each group that a layer reads.
std::map<int, std::vector<double>> importances(const Network& largest, const arch::Weights& weights,
                                               const ChannelCoupling& coupling) {
    std::map<int, std::vector<double>> byConvolutions;
    std::map<int, std::vector<double>> byLinear;
    for (const Layer& layer : largest.layers)
        if (layer.op == Op::Linear || (layer.op == Op::Conv && !isDepthwise(largest, layer)))
            addNorms(weights.at(layer.name + ".weight"),
                     (layer.op == Op::Conv ? byConvolutions : byLinear)[coupling.inputGroup(layer.name)]);
    byConvolutions.merge(byLinear);
    return byConvolutions;
}

/// Sorted between the widths that must keep their channels.
Order sortedOrder(const std::vector<double>& importance, const std::set<int>& widths) {
    Order order(importance.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::size_t first = 0;
    for (const int width : widths) {
        const std::size_t last = std::min(static_cast<std::size_t>(width), order.size());
        std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(first),
                         order.begin() + static_cast<std::ptrdiff_t>(last),
                         [&](std::size_t a, std::size_t b) { return importance[a] > importance[b]; });
        first = last;
    }
    return order;
}

/// Along the first two dimensions; null leaves one as it is.
void reorder(Tensor& tensor, const Order* outputs, const Order* inputs) {
    if (!outputs && !inputs)
        return;
    const auto rows = static_cast<std::size_t>(tensor.shape[0]);
    const auto columns = tensor.shape.size() < 2 ? 1 : static_cast<std::size_t>(tensor.shape[1]);
    const std::size_t inner = innerSize(tensor);
    const std::vector<float> before = tensor.values;
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) {
            const std::size_t from = (outputs ? (*outputs)[r] : r) * columns + (inputs ? (*inputs)[c] : c);
            std::copy_n(before.begin() + static_cast<std::ptrdiff_t>(from * inner), inner,
                        tensor.values.begin() + static_cast<std::ptrdiff_t>((r * columns + c) * inner));
        }
}

class Sorting {
public:
    Sorting(const SearchSpace& space, const arch::Weights& weights, const Genotype& supported)
        : largest_(space.decode(space.largest())) {
        const ElasticLayers layers = elasticLayers(space);
        coupling_ = couplingOf(space, layers, supported);
        std::set<int> elastic;
        for (const auto& [layer, choice] : layers)
            if (choice.writes)
                elastic.insert(coupling_.outputGroup(layer));
        for (const auto& [group, importance] : importances(largest_, weights, coupling_))
            if (elastic.contains(group) && !coupling_.group(group).fixed)
                orders_.emplace(group, sortedOrder(importance, coupling_.group(group).widths));
    }

    void apply(arch::Weights& tensors) const {
        constexpr std::array suffixes{".weight", ".bias", ".running_mean", ".running_var"};
        for (const Layer& layer : largest_.layers)
            for (const char* suffix : suffixes) {
                const auto found = tensors.find(layer.name + suffix);
                if (found == tensors.end())
                    continue;
                const bool mixes = found->second.shape.size() > 1 && !isDepthwise(largest_, layer);
                reorder(found->second, orderOf(coupling_.outputGroup(layer.name)),
                        mixes ? orderOf(coupling_.inputGroup(layer.name)) : nullptr);
            }
    }

private:
    const Order* orderOf(int group) const {
        const auto found = orders_.find(group);
        return found == orders_.end() ? nullptr : &found->second;
    }

    Network largest_;
    ChannelCoupling coupling_;
    std::map<int, Order> orders_;
};

} // namespace

void sortChannels(arch::Weights& weights, const SearchSpace& space, const Genotype& supported,
                  arch::Weights* momentum) {
    space.check(supported);
    const Sorting sorting(space, weights, supported);
    sorting.apply(weights);
    if (momentum)
        sorting.apply(*momentum);
}

} // namespace greenfront::nn
