// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/area_scaler.h"

#include <algorithm>
#include <cassert>

namespace greenfront::data {
namespace {

/// Source pixel i covers [i side, (i+1) side) and target pixel t covers [t length, (t+1) length) of the same
/// ruler; calls share(t, length of overlap) for every target that pixel i touches.
template <class Share>
void forEachTarget(std::uint64_t i, std::uint64_t length, std::uint64_t side, Share&& share) noexcept {
    const std::uint64_t begin = i * side;
    const std::uint64_t end = begin + side;
    for (std::uint64_t t = begin / length; t < side && t * length < end; ++t)
        share(static_cast<std::size_t>(t), std::min(end, (t + 1) * length) - std::max(begin, t * length));
}

} // namespace

AreaScaler::AreaScaler(int width, int height, int side)
    : width_(static_cast<std::uint64_t>(width)),
      height_(static_cast<std::uint64_t>(height)),
      side_(static_cast<std::uint64_t>(side)),
      across_(side_ * 3),
      sums_(side_ * side_ * 3) {
    assert(width > 0 && height > 0 && side > 0);
}

void AreaScaler::addShare(std::size_t target, std::uint64_t weight) noexcept {
    for (std::size_t i = 0; i < across_.size(); ++i)
        sums_[target * across_.size() + i] += weight * across_[i];
}

void AreaScaler::addRow(std::span<const std::uint8_t> rgb) noexcept {
    assert(rgb.size() == width_ * 3 && row_ < height_);
    std::ranges::fill(across_, 0);
    for (std::uint64_t x = 0; x < width_; ++x) {
        const auto pixel = rgb.subspan(x * 3, 3);
        forEachTarget(x, width_, side_, [&](std::size_t target, std::uint64_t weight) {
            for (std::size_t colour = 0; colour < 3; ++colour)
                across_[target * 3 + colour] += weight * pixel[colour];
        });
    }
    forEachTarget(row_, height_, side_,
                  [this](std::size_t target, std::uint64_t weight) { addShare(target, weight); });
    ++row_;
}

std::vector<std::uint8_t> AreaScaler::planes() const {
    assert(row_ == height_);
    const std::uint64_t area = width_ * height_;
    const std::size_t pixels = sums_.size() / 3;
    std::vector<std::uint8_t> planes(sums_.size());
    for (std::size_t i = 0; i < pixels; ++i)
        for (std::size_t colour = 0; colour < 3; ++colour)
            planes[colour * pixels + i] =
                static_cast<std::uint8_t>((sums_[i * 3 + colour] + area / 2) / area);
    return planes;
}

} // namespace greenfront::data
