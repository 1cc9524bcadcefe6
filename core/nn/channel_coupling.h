// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace greenfront::nn {

/// Which channels of a space's shared tensors stand for the same thing, so that they can only be reordered
/// together. Learnt from networks that share the weights, one after another.
class ChannelCoupling {
public:
    /// Channels that move together. Members may have different numbers of them; all use the first ones.
    struct Group {
        std::set<int> widths; ///< that the networks seen use
        bool fixed = false;   ///< the input's or the logits' channels
    };

    void see(const arch::Network& network);

    /// What a layer with weights reads and writes; the layer must have been seen.
    int inputGroup(const std::string& layer) const { return root(axes_.at(layer + inputMark)); }
    int outputGroup(const std::string& layer) const { return root(axes_.at(layer)); }
    const Group& group(int id) const { return groups_[static_cast<std::size_t>(id)]; }

private:
    static constexpr char inputMark = '<'; ///< behind the name of a layer: what it reads

    int axis(const std::string& name, int width);
    int root(int id) const;
    void join(int a, int b);
    void fix(int id) { groups_[static_cast<std::size_t>(root(id))].fixed = true; }

    std::map<std::string, int> axes_;
    std::vector<int> parents_;
    std::vector<Group> groups_; ///< of an axis; complete at the roots
};

/// Has each input channel its own output channel?
bool isDepthwise(const arch::Network& network, const arch::Layer& layer);

} // namespace greenfront::nn
