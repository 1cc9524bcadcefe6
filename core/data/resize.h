// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/shape.h"

#include <span>
#include <vector>

namespace greenfront::data {

/// Images in NCHW order at another height and width: linear interpolation between pixel centres, widened to
/// the mean of what a pixel covers where the image shrinks. The channels must be the same. A copy if the
/// shapes are.
std::vector<float> resized(std::span<const float> images, const Shape& from, const Shape& to);

} // namespace greenfront::data
