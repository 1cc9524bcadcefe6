// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string_view>

namespace greenfront::store {

/// What leads from one version of the file to the next, oldest first: the file's user_version is the number
/// of those it has been through. Released ones never change; a new version appends one.
std::span<const std::string_view> migrations();

} // namespace greenfront::store
