// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"

#include <cstdint>
#include <optional>

namespace greenfront::ui {

/// An answer that is left out if the workspace has not changed since the version that is known.
template <class T>
struct Fresh {
    std::int64_t version = 0;
    std::optional<T> value;
};

template <class Load>
auto loadIfChanged(store::Workspace& workspace, std::optional<std::int64_t> known, Load load)
    -> Fresh<decltype(load(workspace))> {
    const std::int64_t version = workspace.dataVersion();
    if (known == version)
        return {version, {}};
    return {version, load(workspace)};
}

} // namespace greenfront::ui
