// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/loaded.h"

#include <string_view>

namespace greenfront::data {

struct BuiltinOptions {
    std::size_t samples = 6000;
    int size = 24; ///< side in pixels
    std::uint64_t seed = 1;
};

/// "builtin" or "builtin:samples=6000,size=24,seed=1" with any of them left out; throws Error.
BuiltinOptions builtinOptionsFrom(std::string_view text);
std::string toText(const BuiltinOptions& options);

/// Ten letters in five pairs that differ in one stroke, hand-drawn by a random pen: turned, slanted, scaled,
/// moved, blurred, faint, on a sloping ground with noise, crossed by stray strokes and partly covered.
/// Classes are balanced; a sample follows from seed and index alone.
Loaded makeBuiltin(const BuiltinOptions& options, Control* control);

} // namespace greenfront::data
