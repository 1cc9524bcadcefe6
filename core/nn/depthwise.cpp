// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/depthwise.h"

#include "core/base/simd.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <type_traits>

namespace greenfront::nn {
namespace {

template <int N>
using Constant = std::integral_constant<int, N>;
template <int N>
using Block = std::array<float, static_cast<std::size_t>(N)>;

/// Calls body(channel, Constant<N>) for blocks of N channels from first to last - 1, the widest first.
template <int Widest, class Body>
GREENFRONT_INLINE void forBlocks(int first, int last, const Body& body) {
    int c = first;
    for (; Widest >= 32 && c + 32 <= last; c += 32)
        body(c, Constant<32>());
    for (; c + 16 <= last; c += 16)
        body(c, Constant<16>());
    for (; c + 4 <= last; c += 4)
        body(c, Constant<4>());
    for (; c < last; ++c)
        body(c, Constant<1>());
}

template <int N>
GREENFRONT_INLINE void multiplyAdd(Block<N>& sum, const float* a, const float* b) {
#pragma omp simd
    for (std::size_t i = 0; i < N; ++i)
        sum[i] += a[i] * b[i];
}

template <int N>
GREENFRONT_INLINE void store(const Block<N>& block, float* out) {
    for (std::size_t i = 0; i < N; ++i)
        out[i] = block[i];
}

struct Range {
    int first, last;
};

/// Taps that fall inside 0..size-1 for a window that starts at origin.
GREENFRONT_INLINE Range tapsInside(int origin, int kernel, int size) {
    return {std::max(0, -origin), std::min(kernel, size - origin)};
}

GREENFRONT_INLINE std::ptrdiff_t offset(int y, int x, int width, int channels) {
    return (static_cast<std::ptrdiff_t>(y) * width + x) * channels;
}

/// From a pixel to the one so many further on.
GREENFRONT_INLINE std::ptrdiff_t pixelStep(const DepthwiseShape& s, int pixels) {
    return static_cast<std::ptrdiff_t>(pixels) * s.channels;
}

/// Adds one image's share to a row of the weights' gradient for N channels; its Kernel sums stay in
/// registers.
template <int N, int Kernel>
GREENFRONT_INLINE void backwardWeightRow(const DepthwiseShape& s, const float* image, const float* grad,
                                         float* gradWeight, int ky, int c) {
    const int pad = Kernel / 2;
    std::array<Block<N>, static_cast<std::size_t>(Kernel)> sums{};
    for (int oy = 0; oy < s.outHeight(); ++oy) {
        const int y = oy * s.stride - pad + ky;
        if (y < 0 || y >= s.height)
            continue;
        for (int ox = 0; ox < s.outWidth(); ++ox) {
            const int x0 = ox * s.stride - pad;
            const float* g = grad + offset(oy, ox, s.outWidth(), s.channels) + c;
            const float* in = image + offset(y, x0, s.width, s.channels) + c;
            if (x0 >= 0 && x0 + Kernel <= s.width) {
                for (int kx = 0; kx < Kernel; ++kx)
                    multiplyAdd<N>(sums[static_cast<std::size_t>(kx)], in + pixelStep(s, kx), g);
            } else {
                const Range inside = tapsInside(x0, Kernel, s.width);
                for (int kx = 0; kx < Kernel; ++kx)
                    if (kx >= inside.first && kx < inside.last)
                        multiplyAdd<N>(sums[static_cast<std::size_t>(kx)], in + pixelStep(s, kx), g);
            }
        }
    }
    for (int kx = 0; kx < Kernel; ++kx) {
        float* out = gradWeight + offset(ky, kx, Kernel, s.channels) + c;
        for (std::size_t i = 0; i < N; ++i)
            out[i] += sums[static_cast<std::size_t>(kx)][i];
    }
}

template <int N, int Kernel>
GREENFRONT_INLINE void backwardWeightBlock(const DepthwiseShape& s, const float* image, const float* grad,
                                           float* gradWeight, int c) {
    for (int ky = 0; ky < Kernel; ++ky)
        backwardWeightRow<N, Kernel>(s, image, grad, gradWeight, ky, c);
}

/// Image by image, so that what the blocks of channels read again is still in the cache.
template <int Kernel>
GREENFRONT_INLINE void backwardWeight(const DepthwiseShape& s, const float* input, const float* gradOutput,
                                      float* gradWeight) {
    for (int n = 0; n < s.batch; ++n) {
        const float* image = input + offset(n * s.height, 0, s.width, s.channels);
        const float* grad = gradOutput + offset(n * s.outHeight(), 0, s.outWidth(), s.channels);
        forBlocks<16>(0, s.channels, [&](int c, auto block) {
            backwardWeightBlock<block(), Kernel>(s, image, grad, gradWeight, c);
        });
    }
}

/// One output pixel, its window perhaps cut off by the image's edges. image, weight, out: at the first
/// channel.
template <int N>
GREENFRONT_INLINE void onePixel(const DepthwiseShape& s, const float* image, const float* weight, float* out,
                                int y0, int x0) {
    const Range ky = tapsInside(y0, s.kernel, s.height);
    const Range kx = tapsInside(x0, s.kernel, s.width);
    Block<N> sum{};
    for (int y = ky.first; y < ky.last; ++y)
        for (int x = kx.first; x < kx.last; ++x)
            multiplyAdd<N>(sum, image + offset(y0 + y, x0 + x, s.width, s.channels),
                           weight + offset(y, x, s.kernel, s.channels));
    store<N>(sum, out);
}

/// The outputs that read input `position` along one axis: the first through tap firstTap, each one before it
/// `stride` taps further, down to the last.
struct Readers {
    int firstTap, first, last;
    Readers(int position, int kernel, int stride, int outputs) {
        const int reach = position + kernel / 2; // = output * stride + tap
        first = std::min(reach / stride, outputs - 1);
        firstTap = reach - first * stride;
        last = std::max(0, (reach - kernel + stride) / stride);
    }
};

constexpr int pixelsAtOnce = 4;

/// Neighbouring output pixels with stride 1 whose windows lie inside the image's width: each value that is
/// loaded serves all of them.
template <int N, int Kernel>
GREENFRONT_INLINE void somePixels(const DepthwiseShape& s, const float* image, const float* weight,
                                  float* out, int y0, int x0) {
    const Range ky = tapsInside(y0, Kernel, s.height);
    std::array<Block<N>, pixelsAtOnce> sums{};
    for (int y = ky.first; y < ky.last; ++y) {
        const float* in = image + offset(y0 + y, x0, s.width, s.channels);
        const float* taps = weight + offset(y, 0, Kernel, s.channels);
#pragma GCC unroll 16
        for (int x = 0; x < Kernel + pixelsAtOnce - 1; ++x)
#pragma GCC unroll 4
            for (int p = 0; p < pixelsAtOnce; ++p)
                if (x >= p && x < p + Kernel)
                    multiplyAdd<N>(sums[static_cast<std::size_t>(p)], in + pixelStep(s, x),
                                   taps + pixelStep(s, x - p));
    }
    for (int p = 0; p < pixelsAtOnce; ++p)
        store<N>(sums[static_cast<std::size_t>(p)], out + pixelStep(s, p));
}

/// Kernel 0: of any size, pixel by pixel; a 3x3 window is too small to gain from more.
template <int Kernel>
GREENFRONT_INLINE void forward(const DepthwiseShape& s, const float* input, const float* weight,
                               float* output, int first, int last) {
    const int pad = s.kernel / 2;
    for (int n = first; n < last; ++n) {
        const float* image = input + offset(n * s.height, 0, s.width, s.channels);
        float* out = output + offset(n * s.outHeight(), 0, s.outWidth(), s.channels);
        for (int oy = 0; oy < s.outHeight(); ++oy) {
            const int y0 = oy * s.stride - pad;
            for (int ox = 0; ox < s.outWidth();) {
                const int x0 = ox * s.stride - pad;
                const bool some =
                    Kernel > 0 && s.stride == 1 && x0 >= 0 && x0 + Kernel + pixelsAtOnce - 1 <= s.width;
                // Sums of 32 channels for several pixels would not stay in the registers.
                if (some)
                    forBlocks<16>(0, s.channels, [&](int c, auto block) {
                        somePixels<block(), std::max(Kernel, 1)>(s, image + c, weight + c, out + c, y0, x0);
                    });
                else
                    forBlocks<32>(0, s.channels, [&](int c, auto block) {
                        onePixel<block()>(s, image + c, weight + c, out + c, y0, x0);
                    });
                ox += some ? pixelsAtOnce : 1;
                out += pixelStep(s, some ? pixelsAtOnce : 1);
            }
        }
    }
}

} // namespace

GREENFRONT_SIMD
void depthwiseForward(const DepthwiseShape& shape, const float* input, const float* weight, float* output,
                      int first, int last) {
    switch (shape.kernel) {
    case 5:
        return forward<5>(shape, input, weight, output, first, last);
    case 7:
        return forward<7>(shape, input, weight, output, first, last);
    default:
        return forward<0>(shape, input, weight, output, first, last);
    }
}

// With stride 1 a caller can flip the weights and use the forward pass instead, which has no divisions.
GREENFRONT_SIMD
void depthwiseBackwardInput(const DepthwiseShape& s, const float* gradOutput, const float* weight,
                            float* gradInput) {
    for (int n = 0; n < s.batch; ++n) {
        const float* grad = gradOutput + offset(n * s.outHeight(), 0, s.outWidth(), s.channels);
        float* out = gradInput + offset(n * s.height, 0, s.width, s.channels);
        for (int y = 0; y < s.height; ++y) {
            const Readers rows(y, s.kernel, s.stride, s.outHeight());
            for (int x = 0; x < s.width; ++x, out += s.channels) {
                const Readers columns(x, s.kernel, s.stride, s.outWidth());
                forBlocks<32>(0, s.channels, [&](int c, auto block) {
                    Block<block()> sum{};
                    for (int ky = rows.firstTap, oy = rows.first; oy >= rows.last; ky += s.stride, --oy)
                        for (int kx = columns.firstTap, ox = columns.first; ox >= columns.last;
                             kx += s.stride, --ox)
                            multiplyAdd<block()>(sum, grad + offset(oy, ox, s.outWidth(), s.channels) + c,
                                                 weight + offset(ky, kx, s.kernel, s.channels) + c);
                    store<block()>(sum, out + c);
                });
            }
        }
    }
}

GREENFRONT_SIMD
void depthwiseBackwardWeight(const DepthwiseShape& s, const float* input, const float* gradOutput,
                             float* gradWeight) {
    switch (s.kernel) {
    case 1:
        return backwardWeight<1>(s, input, gradOutput, gradWeight);
    case 3:
        return backwardWeight<3>(s, input, gradOutput, gradWeight);
    case 5:
        return backwardWeight<5>(s, input, gradOutput, gradWeight);
    case 7:
        return backwardWeight<7>(s, input, gradOutput, gradWeight);
    default:
        return backwardWeight<9>(s, input, gradOutput, gradWeight);
    }
}

} // namespace greenfront::nn
