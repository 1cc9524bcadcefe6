// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"

#include <optional>

namespace greenfront::store {

/// The transaction that is open already, or one of its own.
class WriteScope {
public:
    explicit WriteScope(Workspace& workspace);
    void commit(); ///< leaves one that was open already to its owner

private:
    std::optional<Transaction> own_;
};

} // namespace greenfront::store
