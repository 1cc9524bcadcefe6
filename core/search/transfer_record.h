// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <string>
#include <vector>

namespace greenfront::search {

/// What a search has used of its history, so that a study can keep it and say it.
struct TransferRecord {
    struct Source {
        std::string name;
        bool used = false;
        std::string reason{}; ///< why it is left out; empty where it is used
        double weight = 0;    ///< of its surrogate among all of them; 0 where none are weighted
    };

    std::string method;
    std::vector<std::string> means; ///< "a portfolio of 5", "ranges shrunk to 3 % of the space", ...
    std::vector<Source> sources;    ///< one a past study
    bool weighted = false;          ///< do the weights count?
    double own = 1;                 ///< weight of the search's own surrogate

    bool isTransfer() const; ///< is anything used?
    /// "Portfolio of 5 from 3 studies; weights 0.6 desk, 0.4 own; 'lamp' is left out because it shares no
    /// parameter".
    std::string text() const;
    Json toJson() const;
    static TransferRecord fromJson(const Json& json); ///< throws Error
};

} // namespace greenfront::search
