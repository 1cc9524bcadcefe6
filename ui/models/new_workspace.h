// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"

#include <filesystem>
#include <string>

namespace greenfront::ui {

/// Reads the data, makes the workspace and stores a study with defaults in it. A workspace that cannot be
/// finished is not left behind. Throws Error or Cancelled.
void makeWorkspace(const std::filesystem::path& path, const std::string& data, Control& control);

} // namespace greenfront::ui
