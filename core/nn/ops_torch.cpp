// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/ops_torch.h"

#include "core/nn/batch_norm.h"
#include "core/nn/depthwise.h"

#include <ATen/Parallel.h>
#include <cmath>

namespace greenfront::nn {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr double epsilon = 1e-5;
constexpr auto nhwc = at::MemoryFormat::ChannelsLast;

DepthwiseShape shapeOf(const Tensor& input, int kernel, int stride) {
    return {static_cast<int>(input.size(0)),
            static_cast<int>(input.size(2)),
            static_cast<int>(input.size(3)),
            static_cast<int>(input.size(1)),
            kernel,
            stride};
}

/// [C,1,k,k] -> [k*k][C]
Tensor tapsFirst(const Tensor& weight) {
    return weight.flatten(1).t().contiguous();
}

Tensor emptyLike(const Tensor& like, int channels, int height, int width) {
    return torch::empty({like.size(0), channels, height, width}, like.options().memory_format(nhwc));
}

Tensor convolve(const DepthwiseShape& shape, const Tensor& input, const Tensor& taps) {
    Tensor output = emptyLike(input, shape.channels, shape.outHeight(), shape.outWidth());
    const auto* in = input.data_ptr<float>();
    const auto* weight = taps.data_ptr<float>();
    auto* out = output.data_ptr<float>();
    at::parallel_for(0, shape.batch, 1, [&](int64_t first, int64_t last) {
        depthwiseForward(shape, in, weight, out, static_cast<int>(first), static_cast<int>(last));
    });
    return output;
}

Tensor inputGradient(const DepthwiseShape& shape, const Tensor& gradOutput, const Tensor& weight) {
    if (shape.stride == 1)
        return convolve(shape, gradOutput, tapsFirst(weight.flip({2, 3})));
    const Tensor taps = tapsFirst(weight);
    Tensor gradInput = emptyLike(gradOutput, shape.channels, shape.height, shape.width);
    const auto* grad = gradOutput.data_ptr<float>();
    const auto* w = taps.data_ptr<float>();
    auto* out = gradInput.data_ptr<float>();
    at::parallel_for(0, shape.batch, 1, [&](int64_t first, int64_t last) {
        depthwiseBackwardInput(shape, grad, w, out, static_cast<int>(first), static_cast<int>(last));
    });
    return gradInput;
}

Tensor weightGradient(const DepthwiseShape& shape, const Tensor& input, const Tensor& gradOutput) {
    Tensor taps = torch::empty({shape.kernel * shape.kernel, shape.channels}, input.options());
    const auto* in = input.data_ptr<float>();
    const auto* grad = gradOutput.data_ptr<float>();
    auto* out = taps.data_ptr<float>();
    constexpr int64_t block = 16; // channels; a cache line, so that threads do not write to the same one
    at::parallel_for(0, (shape.channels + block - 1) / block, 1, [&](int64_t first, int64_t last) {
        depthwiseBackwardWeight(shape, in, grad, out, static_cast<int>(first * block),
                                static_cast<int>(std::min<int64_t>(last * block, shape.channels)));
    });
    return taps.t().reshape({shape.channels, 1, shape.kernel, shape.kernel});
}

struct DepthwiseFunction : torch::autograd::Function<DepthwiseFunction> {
    static Tensor forward(AutogradContext* context, const Tensor& input, const Tensor& weight,
                          int64_t stride) {
        context->save_for_backward({input, weight});
        context->saved_data["stride"] = stride;
        const auto shape = shapeOf(input, static_cast<int>(weight.size(2)), static_cast<int>(stride));
        return convolve(shape, input, tapsFirst(weight));
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const auto shape = shapeOf(saved[0], static_cast<int>(saved[1].size(2)),
                                   static_cast<int>(context->saved_data["stride"].toInt()));
        const Tensor grad = gradients[0].contiguous(nhwc);
        return {inputGradient(shape, grad, saved[1]), weightGradient(shape, saved[0], grad), Tensor()};
    }
};

/// Sums over rows in a fixed number of parts, added in order: the same result for any number of threads.
template <class Body>
void sumInParts(std::size_t rows, std::size_t channels, double* first, double* second, const Body& body) {
    constexpr std::size_t parts = 16;
    std::vector<double> sums(parts * 2 * channels);
    at::parallel_for(0, parts, 1, [&](int64_t begin, int64_t end) {
        for (auto part = static_cast<std::size_t>(begin); part < static_cast<std::size_t>(end); ++part) {
            double* sum = sums.data() + part * 2 * channels;
            body(rows * part / parts, rows * (part + 1) / parts, sum, sum + channels);
        }
    });
    for (std::size_t part = 0; part < parts; ++part)
        for (std::size_t c = 0; c < channels; ++c) {
            first[c] += sums[part * 2 * channels + c];
            second[c] += sums[part * 2 * channels + channels + c];
        }
}

constexpr int64_t rowsAtOnce = 256;

struct Rows {
    std::size_t count, channels;
};

Rows rowsOf(const Tensor& x) {
    return {static_cast<std::size_t>(x.size(0) * x.size(2) * x.size(3)), static_cast<std::size_t>(x.size(1))};
}

/// mean and biased variance, [2, C]
Tensor momentsOf(const Tensor& input) {
    const auto [rows, channels] = rowsOf(input);
    const auto* x = input.data_ptr<float>();
    std::vector<double> sum(channels);
    std::vector<double> squares(channels);
    sumInParts(rows, channels, sum.data(), squares.data(),
               [&, c = channels](std::size_t first, std::size_t last, double* s, double* q) {
                   channelMoments(x, first, last, c, x, s, q);
               });
    Tensor moments =
        torch::empty({2, input.size(1)}, input.options().memory_format(at::MemoryFormat::Contiguous));
    auto* mean = moments.data_ptr<float>();
    const auto count = static_cast<double>(rows);
    for (std::size_t c = 0; c < channels; ++c) {
        const double offset = sum[c] / count;
        mean[c] = static_cast<float>(x[c] + offset);
        mean[channels + c] = static_cast<float>(std::max(0.0, squares[c] / count - offset * offset));
    }
    return moments;
}

struct BatchNormFunction : torch::autograd::Function<BatchNormFunction> {
    static Tensor forward(AutogradContext* context, const Tensor& input, const Tensor& gamma,
                          const Tensor& beta, const Tensor& moments, bool activate) {
        const Tensor scale = gamma / (moments[1] + epsilon).sqrt();
        const Tensor shift = beta - moments[0] * scale;
        context->save_for_backward({input, moments, scale, shift});
        context->saved_data["activate"] = activate;
        Tensor output = torch::empty_like(input, input.options().memory_format(nhwc));
        const auto [rows, channels] = rowsOf(input);
        at::parallel_for(0, static_cast<int64_t>(rows), rowsAtOnce,
                         [&, c = channels](int64_t first, int64_t last) {
                             scaleAndShift(input.data_ptr<float>(), output.data_ptr<float>(),
                                           static_cast<std::size_t>(first), static_cast<std::size_t>(last), c,
                                           scale.data_ptr<float>(), shift.data_ptr<float>(), activate);
                         });
        return output;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &input = saved[0], &scale = saved[2], &shift = saved[3];
        const Tensor mean = saved[1][0].contiguous();
        const Tensor inverse = (saved[1][1] + epsilon).rsqrt();
        const bool activate = context->saved_data["activate"].toBool();
        const Tensor grad = gradients[0].contiguous(nhwc);
        const auto [rows, channels] = rowsOf(input);
        const auto *x = input.data_ptr<float>(), *g = grad.data_ptr<float>();
        const auto *scaleData = scale.data_ptr<float>(), *shiftData = shift.data_ptr<float>();

        const Tensor sums = torch::zeros({2, input.size(1)}, torch::kDouble);
        auto* sumData = sums.data_ptr<double>();
        sumInParts(rows, channels, sumData, sumData + channels,
                   [&, c = channels](std::size_t first, std::size_t last, double* sum, double* products) {
                       gradientMoments(x, g, first, last, c, scaleData, shiftData, mean.data_ptr<float>(),
                                       activate, sum, products);
                   });
        const Tensor sumGrad = sums[0].to(torch::kFloat);
        const Tensor gradGamma = sums[1].to(torch::kFloat) * inverse;
        // d loss / dx = scale * (g - mean(g) - (x - mean) * inverse * gradGamma / rows), as a * g + b * x + c
        const Tensor b = -scale * inverse * gradGamma / static_cast<double>(rows);
        const Tensor c = -scale * sumGrad / static_cast<double>(rows) - b * mean;
        Tensor gradInput = torch::empty_like(input, input.options().memory_format(nhwc));
        at::parallel_for(0, static_cast<int64_t>(rows), rowsAtOnce,
                         [&, n = channels](int64_t first, int64_t last) {
                             gradientInput(x, g, gradInput.data_ptr<float>(), static_cast<std::size_t>(first),
                                           static_cast<std::size_t>(last), n, scaleData, shiftData, activate,
                                           scaleData, b.data_ptr<float>(), c.data_ptr<float>());
                         });
        return {gradInput, gradGamma, sumGrad, Tensor(), Tensor()};
    }
};

} // namespace

Tensor depthwiseConv(const Tensor& input, const Tensor& weight, int stride) {
    return DepthwiseFunction::apply(input.contiguous(nhwc), weight, int64_t{stride});
}

Tensor batchNormRelu(const Tensor& input, const Tensor& gamma, const Tensor& beta, bool activate,
                     BatchMoments* moments) {
    const Tensor x = input.contiguous(nhwc);
    const Tensor batch = momentsOf(x.detach());
    if (moments)
        *moments = {batch[0].clone(), batch[1].clone()};
    return BatchNormFunction::apply(x, gamma, beta, batch, activate);
}

} // namespace greenfront::nn
