// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/results.h"

#include <filesystem>

namespace greenfront::ui {

/// Writes the front as a PNG of this many pixels. Needs no display, and no application object either: it
/// makes one of its own that draws into memory where there is none. Throws Error.
void renderFrontPng(const study::Front& front, const std::filesystem::path& path, int width = 1200,
                    int height = 800);

} // namespace greenfront::ui
