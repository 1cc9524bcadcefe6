// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"

#include <span>
#include <string_view>

namespace greenfront::store {

/// How many migrations the file has been through; throws Error if it is from a newer version than `steps`.
std::size_t versionOf(const Workspace& workspace, std::span<const std::string_view> steps);

/// Takes the file through those that it lacks, in one transaction: after a failure it is as it was before.
void migrate(Workspace& workspace, std::span<const std::string_view> steps);

} // namespace greenfront::store
