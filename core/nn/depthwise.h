// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace greenfront::nn {

/// A depthwise convolution over tensors in NHWC order with zero padding kernel / 2.
struct DepthwiseShape {
    int batch = 0, height = 0, width = 0, channels = 0; ///< of the input
    int kernel = 3, stride = 1;

    int outHeight() const { return (height + stride - 1) / stride; }
    int outWidth() const { return (width + stride - 1) / stride; }
};

// Own code, because LibTorch's backward pass is many times slower than memory allows. Weights are [k *
// k][channels].

/// Of samples first..last-1, so that threads can share a batch.
void depthwiseForward(const DepthwiseShape& shape, const float* input, const float* weight, float* output,
                      int first, int last);
void depthwiseBackwardInput(const DepthwiseShape& shape, const float* gradOutput, const float* weight,
                            float* gradInput);
/// Adds to gradWeight, [k * k][channels].
void depthwiseBackwardWeight(const DepthwiseShape& shape, const float* input, const float* gradOutput,
                             float* gradWeight);

} // namespace greenfront::nn
