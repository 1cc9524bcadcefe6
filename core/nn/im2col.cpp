// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/im2col.h"

#include <algorithm>

namespace greenfront::nn {
namespace {

/// Calls body(offset in the images, or -1 in the padding; offset in the columns) for each tap of each window,
/// all of whose channels lie there.
template <class Body>
void forTaps(const ColumnShape& s, std::size_t samples, const Body& body) {
    const int pad = s.kernel / 2;
    std::ptrdiff_t tap = 0;
    for (std::size_t n = 0; n < samples; ++n) {
        const auto image = static_cast<std::ptrdiff_t>(n * s.in.size());
        for (int oy = 0; oy < s.out.height; ++oy)
            for (int ox = 0; ox < s.out.width; ++ox) {
                for (int y = oy * s.stride - pad; y < oy * s.stride - pad + s.kernel; ++y)
                    for (int x = ox * s.stride - pad; x < ox * s.stride - pad + s.kernel;
                         ++x, tap += s.in.channels) {
                        const bool inside = y >= 0 && x >= 0 && y < s.in.height && x < s.in.width;
                        const std::ptrdiff_t pixel = std::ptrdiff_t{y} * s.in.width + x;
                        body(inside ? image + pixel * s.in.channels : -1, tap);
                    }
            }
    }
}

} // namespace

void imagesToColumns(const ColumnShape& shape, std::size_t samples, const float* input, float* columns) {
    forTaps(shape, samples, [&](std::ptrdiff_t from, std::ptrdiff_t to) {
        if (from < 0)
            std::fill_n(columns + to, shape.in.channels, 0.0F);
        else
            std::copy_n(input + from, shape.in.channels, columns + to);
    });
}

void columnsToImages(const ColumnShape& shape, std::size_t samples, const float* columns, float* gradInput) {
    std::fill_n(gradInput, samples * shape.in.size(), 0.0F);
    forTaps(shape, samples, [&](std::ptrdiff_t to, std::ptrdiff_t from) {
        for (int c = 0; c < shape.in.channels && to >= 0; ++c)
            gradInput[to + c] += columns[from + c];
    });
}

} // namespace greenfront::nn
