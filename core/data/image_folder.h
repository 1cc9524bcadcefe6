// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/loaded.h"

#include <filesystem>

namespace greenfront::data {

/// PNG and JPEG images by class (see image_tree.h), decoded one by one and stretched to side x side (0: 32
/// where most are smaller than 49 pixels, else 64). Grey, 1 channel, if every pixel is; else red, green,
/// blue. Throws Error naming the image that cannot be read.
Loaded readImageFolder(const std::filesystem::path& folder, int side, Control* control);

} // namespace greenfront::data
