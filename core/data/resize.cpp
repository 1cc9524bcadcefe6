// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/resize.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace greenfront::data {
namespace {

/// What one target pixel takes of a row or column: `weights` of the pixels from `first` on, together 1.
struct Taps {
    std::size_t first = 0;
    std::vector<float> weights;
};

std::vector<Taps> tapsOf(int from, int to) {
    const double step = static_cast<double>(from) / to;
    const double reach = std::max(1.0, step); // of the triangle to either side
    std::vector<Taps> all(static_cast<std::size_t>(to));
    for (std::size_t t = 0; t < all.size(); ++t) {
        const double centre = (static_cast<double>(t) + 0.5) * step - 0.5;
        const int first = std::max(0, static_cast<int>(std::ceil(centre - reach)));
        const int last = std::min(from - 1, static_cast<int>(std::floor(centre + reach)));
        double sum = 0;
        std::vector<double> weights;
        for (int i = first; i <= last; ++i) {
            weights.push_back(std::max(0.0, 1 - std::abs(i - centre) / reach));
            sum += weights.back();
        }
        all[t].first = static_cast<std::size_t>(first);
        for (const double weight : weights)
            all[t].weights.push_back(static_cast<float>(weight / sum));
    }
    return all;
}

/// Along one axis: `outer` times [from][inner] becomes [to][inner].
std::vector<float> along(std::span<const float> values, std::size_t outer, int from, int to,
                         std::size_t inner) {
    const std::vector<Taps> taps = tapsOf(from, to);
    std::vector<float> result(outer * taps.size() * inner);
    float* out = result.data();
    for (std::size_t o = 0; o < outer; ++o)
        for (const Taps& target : taps) {
            const float* in = values.data() + (o * static_cast<std::size_t>(from) + target.first) * inner;
            for (const float weight : target.weights) {
                for (std::size_t i = 0; i < inner; ++i)
                    out[i] += weight * in[i];
                in += inner;
            }
            out += inner;
        }
    return result;
}

} // namespace

std::vector<float> resized(std::span<const float> images, const Shape& from, const Shape& to) {
    assert(from.channels == to.channels && images.size() % from.size() == 0);
    if (from == to)
        return {images.begin(), images.end()};
    const std::size_t planes = images.size() / from.size() * static_cast<std::size_t>(from.channels);
    const auto rows = along(images, planes, from.height, to.height, static_cast<std::size_t>(from.width));
    return along(rows, planes * static_cast<std::size_t>(to.height), from.width, to.width, 1);
}

} // namespace greenfront::data
