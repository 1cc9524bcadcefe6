// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/im2col.h"

#include <algorithm>

namespace greenfront::nn {
namespace {

/// Calls body(offset in the images, or -1 in the padding; offset in the columns) for each tap of each window.
template <class Body>
void forTaps(const ColumnShape& s, std::size_t samples, const Body& body) {
    const int pad = s.kernel / 2;
    std::ptrdiff_t column = 0;
    for (std::size_t n = 0; n < samples; ++n) {
        const auto image = static_cast<std::ptrdiff_t>(n * s.in.size());
        for (int oy = 0; oy < s.out.height; ++oy)
            for (int ox = 0; ox < s.out.width; ++ox) {
                std::ptrdiff_t tap = column;
                for (int y = oy * s.stride - pad; y < oy * s.stride - pad + s.kernel; ++y)
                    for (int x = ox * s.stride - pad; x < ox * s.stride - pad + s.kernel; ++x, ++tap) {
                        const bool inside = y >= 0 && x >= 0 && y < s.in.height && x < s.in.width;
                        const std::ptrdiff_t pixel = std::ptrdiff_t{y} * s.in.width + x;
                        body(inside ? image + pixel * s.in.channels : -1, tap);
                    }
                column += std::ptrdiff_t{s.kernel} * s.kernel * s.in.channels;
            }
    }
}

} // namespace

void imagesToColumns(const ColumnShape& shape, std::size_t samples, const float* input, float* columns) {
    const int taps = shape.kernel * shape.kernel;
    forTaps(shape, samples, [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        for (int c = 0; c < shape.in.channels; ++c, to += taps)
            columns[to] = from < 0 ? 0.0F : input[from + c];
    });
}

void columnsToImages(const ColumnShape& shape, std::size_t samples, const float* columns, float* gradInput) {
    std::fill_n(gradInput, samples * shape.in.size(), 0.0F);
    const int taps = shape.kernel * shape.kernel;
    forTaps(shape, samples, [&](std::ptrdiff_t to, std::ptrdiff_t from) {
        if (to < 0)
            return;
        for (int c = 0; c < shape.in.channels; ++c, from += taps)
            gradInput[to + c] += columns[from];
    });
}

} // namespace greenfront::nn
