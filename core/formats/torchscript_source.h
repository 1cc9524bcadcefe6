// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"

#include <string>
#include <vector>

namespace greenfront::formats {

/// A network as TorchScript: the text of forward() and the attributes that it reads.
struct Script {
    struct Attribute {
        std::string name;        ///< as the text calls it
        std::string weights;     ///< as the network calls them
        bool perChannel = false; ///< to be shaped [C, 1, 1]
        bool trainable = true;
    };
    std::string source;
    std::vector<Attribute> attributes;
};

/// Uses only operators that LibTorch 1.13 and 2.x both have. No name of a layer enters the text unless it is
/// made of letters, digits and underscores.
Script scriptOf(const arch::Network& network);

} // namespace greenfront::formats
