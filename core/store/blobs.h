// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/store/workspace.h"

#include <optional>
#include <string>
#include <string_view>

namespace greenfront::store {

/// Weights and other large content of a run, by name: "checkpoint", "supernet". Stored in chunks of 1 MiB by
/// their hash, so equal content is stored once. Replaces an earlier one of the same name and frees its
/// chunks. At most 2 GiB.
void putBlob(Workspace& workspace, RunId run, const std::string& name, std::string_view bytes,
             const Json& meta);

struct Blob {
    std::string bytes;
    Json meta;
};
/// Every chunk's hash is checked; throws Error where the file is damaged.
std::optional<Blob> findBlob(Workspace& workspace, RunId run, const std::string& name);

} // namespace greenfront::store
