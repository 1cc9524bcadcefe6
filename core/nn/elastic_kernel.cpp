// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/elastic_kernel.h"

#include "core/nn/gemm.h"

#include <algorithm>

namespace greenfront::nn {
namespace {

std::size_t area(int size) {
    return static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
}

/// Calls body(offset in the larger kernel, offset in its centre) for the rows of the centre.
template <class Body>
void forCentreRows(int from, int to, const Body& body) {
    const int edge = (from - to) / 2;
    for (int y = 0; y < to; ++y)
        body(static_cast<std::size_t>(y + edge) * static_cast<std::size_t>(from) +
                 static_cast<std::size_t>(edge),
             static_cast<std::size_t>(y) * static_cast<std::size_t>(to));
}

std::vector<float> centreOf(const float* weight, std::size_t channels, int from, int to) {
    std::vector<float> centre(channels * area(to));
    for (std::size_t c = 0; c < channels; ++c)
        forCentreRows(from, to, [&](std::size_t large, std::size_t small) {
            std::copy_n(weight + c * area(from) + large, to, centre.data() + c * area(to) + small);
        });
    return centre;
}

void addToCentre(const std::vector<float>& centre, std::size_t channels, int from, int to, float* weight) {
    for (std::size_t c = 0; c < channels; ++c)
        forCentreRows(from, to, [&](std::size_t large, std::size_t small) {
            for (int x = 0; x < to; ++x)
                weight[c * area(from) + large + static_cast<std::size_t>(x)] +=
                    centre[c * area(to) + small + static_cast<std::size_t>(x)];
        });
}

MatrixView matrix(const float* data, std::size_t rows, std::size_t columns) {
    return {data, rows, columns, columns};
}

std::vector<float> transposed(const float* data, std::size_t rows, std::size_t columns) {
    std::vector<float> result(rows * columns);
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c)
            result[c * rows + r] = data[r * columns + c];
    return result;
}

} // namespace

std::string kernelMatrixName(const std::string& layer, int from) {
    return layer + ".kernel" + std::to_string(from) + "to" + std::to_string(from - 2);
}

ElasticKernel::ElasticKernel(const arch::Weights& shared, const std::string& layer, int channels, int kernel)
    : shared_(shared), layer_(layer), channels_(static_cast<std::size_t>(channels)) {
    const arch::Tensor& weight = shared.at(layer + ".weight");
    for (int size = static_cast<int>(weight.shape.back()); size >= kernel; size -= 2)
        sizes_.push_back(size);
    std::vector<float> values;
    const float* current = weight.values.data();
    for (std::size_t i = 1; i < sizes_.size(); ++i) {
        const std::size_t taps = area(sizes_[i]);
        centres_.push_back(centreOf(current, channels_, sizes_[i - 1], sizes_[i]));
        values.resize(channels_ * taps);
        multiply(matrix(centres_.back().data(), channels_, taps),
                 matrix(shared.at(kernelMatrixName(layer, sizes_[i - 1])).values.data(), taps, taps),
                 values.data(), taps, Result::Overwrite);
        current = values.data();
    }
    taps_ = transposed(current, channels_, area(kernel));
}

arch::Tensor ElasticKernel::weight() const {
    const std::int64_t size = sizes_.back();
    return {{static_cast<std::int64_t>(channels_), 1, size, size},
            transposed(taps_.data(), taps_.size() / channels_, channels_)};
}

std::vector<float> ElasticKernel::turnedTaps() const {
    std::vector<float> turned(taps_.size());
    for (std::size_t from = 0, to = taps_.size(); from < taps_.size(); from += channels_) {
        to -= channels_;
        std::copy_n(taps_.data() + from, channels_, turned.data() + to);
    }
    return turned;
}

void ElasticKernel::backward(const std::vector<float>& gradTaps, Gradients& gradients) const {
    std::vector<float> grad = transposed(gradTaps.data(), gradTaps.size() / channels_, channels_);
    for (std::size_t i = sizes_.size(); i-- > 1;) {
        const int from = sizes_[i - 1];
        const std::size_t taps = area(sizes_[i]);
        const std::string name = kernelMatrixName(layer_, from);
        multiplyTransposing(matrix(centres_[i - 1].data(), channels_, taps),
                            matrix(grad.data(), channels_, taps), gradients.of(name), taps, Result::Add);
        std::vector<float> gradCentre(channels_ * taps);
        multiplyTransposed(matrix(grad.data(), channels_, taps),
                           matrix(shared_.at(name).values.data(), taps, taps), gradCentre.data(), taps,
                           Result::Overwrite);
        grad.assign(channels_ * area(from), 0.0F);
        addToCentre(gradCentre, channels_, from, sizes_[i], grad.data());
    }
    float* sum = gradients.of(layer_ + ".weight");
    for (std::size_t i = 0; i < grad.size(); ++i)
        sum[i] += grad[i];
}

} // namespace greenfront::nn
