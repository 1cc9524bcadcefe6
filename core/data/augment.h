// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/random.h"
#include "core/data/dataset.h"

namespace greenfront::data {

/// Changes one normalised sample (NCHW, shape.size() floats) in place; what moves in from outside is `fill`
/// a channel. Rotation and scale interpolate bilinearly. Draws the same count of random numbers for every
/// sample.
void augment(std::span<float> sample, Shape shape, const Augmentation& how, std::span<const float> fill,
             Rng& rng);

} // namespace greenfront::data
