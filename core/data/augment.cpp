// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/augment.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace greenfront::data {
namespace {

/// What was drawn for one sample. Rotation and scale come first, then the flip, then the move.
struct Draw {
    int dx = 0;
    int dy = 0;
    bool flip = false;
    double angle = 0; ///< radians
    double scale = 1;
};

int within(int limit, double uniform) {
    return std::min(limit, static_cast<int>(std::floor(uniform * (2 * limit + 1))) - limit);
}

/// Always seven numbers, so that what one sample draws does not change what the next one gets.
Draw drawFrom(const Augmentation& how, Rng& rng) {
    Draw draw;
    draw.dx = within(how.shift, rng.uniform());
    draw.dy = within(how.shift, rng.uniform());
    draw.dx += within(how.crop, rng.uniform());
    draw.dy += within(how.crop, rng.uniform());
    draw.flip = rng.uniform() < 0.5 && how.flip;
    draw.angle = rng.uniform(-1, 1) * how.rotation * std::numbers::pi / 180;
    draw.scale = 1 + rng.uniform(-1, 1) * how.scale;
    return draw;
}

/// One channel of one sample; what lies outside is `fill`.
struct Plane {
    std::span<const float> values;
    int height;
    int width;
    float fill;

    float at(int y, int x) const {
        const bool inside = y >= 0 && y < height && x >= 0 && x < width;
        return inside ? values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                               static_cast<std::size_t>(x)]
                      : fill;
    }
    float between(double y, double x) const {
        const double top = std::floor(y);
        const double left = std::floor(x);
        const auto down = static_cast<float>(y - top);
        const auto right = static_cast<float>(x - left);
        const auto row = static_cast<int>(top);
        const auto column = static_cast<int>(left);
        const float upper = at(row, column) * (1 - right) + at(row, column + 1) * right;
        const float lower = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
        return upper * (1 - down) + lower * down;
    }
};

/// Whole pixels only: values move and none changes.
void move(const Plane& from, const Draw& draw, std::span<float> out) {
    auto to = out.begin();
    for (int y = 0; y < from.height; ++y) {
        for (int x = 0; x < from.width; ++x) {
            const int column = x - draw.dx;
            *to++ = from.at(y - draw.dy, draw.flip ? from.width - 1 - column : column);
        }
    }
}

/// Every target pixel looks up its source, turned and scaled about the image's centre.
void warp(const Plane& from, const Draw& draw, std::span<float> out) {
    const double middleX = (from.width - 1) / 2.0;
    const double middleY = (from.height - 1) / 2.0;
    const double cosine = std::cos(draw.angle) / draw.scale;
    const double sine = std::sin(draw.angle) / draw.scale;
    auto to = out.begin();
    for (int y = 0; y < from.height; ++y) {
        for (int x = 0; x < from.width; ++x) {
            const double v = y - draw.dy - middleY;
            const double u = (x - draw.dx - middleX) * (draw.flip ? -1 : 1);
            *to++ = from.between(middleY + cosine * v - sine * u, middleX + cosine * u + sine * v);
        }
    }
}

} // namespace

void augment(std::span<float> sample, Shape shape, const Augmentation& how, std::span<const float> fill,
             Rng& rng) {
    assert(sample.size() == shape.size() && fill.size() == static_cast<std::size_t>(shape.channels));
    const Draw draw = drawFrom(how, rng);
    const bool warps = how.rotation != 0 || how.scale != 0;
    if (!warps && !draw.flip && draw.dx == 0 && draw.dy == 0)
        return;
    const std::vector<float> before(sample.begin(), sample.end());
    const std::size_t size = shape.size() / fill.size();
    for (std::size_t channel = 0; channel < fill.size(); ++channel) {
        const Plane plane{std::span(before).subspan(channel * size, size), shape.height, shape.width,
                          fill[channel]};
        const std::span<float> out = sample.subspan(channel * size, size);
        if (warps)
            warp(plane, draw, out);
        else
            move(plane, draw, out);
    }
}

} // namespace greenfront::data
