// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/render.h"

#include <algorithm>
#include <cmath>

namespace greenfront::data {
namespace {

constexpr int pieces = 8; ///< straight pieces of a curve: closer than 0.1 pixel at the sizes drawn here

Point onCurve(const Stroke& stroke, double t) {
    const double s = 1 - t;
    const std::array<double, 4> weights{s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
    Point p;
    for (std::size_t i = 0; i < 4; ++i) {
        p.x += weights[i] * stroke[i].x;
        p.y += weights[i] * stroke[i].y;
    }
    return p;
}

double distance(Point p, Point a, Point b) {
    const double ux = b.x - a.x;
    const double uy = b.y - a.y;
    const double length = ux * ux + uy * uy;
    const double along = length > 0 ? ((p.x - a.x) * ux + (p.y - a.y) * uy) / length : 0;
    const double t = std::clamp(along, 0.0, 1.0);
    const double dx = p.x - (a.x + t * ux);
    const double dy = p.y - (a.y + t * uy);
    return std::sqrt(dx * dx + dy * dy);
}

/// From 1 inside to 0 outside over the softness, with level ends.
float ink(double distance, Pen pen) {
    const double t = std::clamp((pen.radius - distance) / pen.softness + 0.5, 0.0, 1.0);
    return static_cast<float>(t * t * (3 - 2 * t));
}

void drawLine(Point a, Point b, Pen pen, std::span<float> coverage, int side) {
    const double reach = pen.radius + pen.softness / 2;
    const auto bound = [&](double at) {
        return static_cast<int>(std::clamp(std::floor(at), 0.0, static_cast<double>(side)));
    };
    const int left = bound(std::min(a.x, b.x) - reach);
    const int right = bound(std::max(a.x, b.x) + reach + 1);
    const int top = bound(std::min(a.y, b.y) - reach);
    const int bottom = bound(std::max(a.y, b.y) + reach + 1);
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            float& there = coverage[pixelAt(x, y, side)];
            there = std::max(there, ink(distance({x + 0.5, y + 0.5}, a, b), pen));
        }
    }
}

} // namespace

void drawStroke(const Stroke& stroke, const Affine& place, Pen pen, std::span<float> coverage, int side) {
    Point from = place(stroke[0]);
    for (int i = 1; i <= pieces; ++i) {
        const Point to = place(onCurve(stroke, static_cast<double>(i) / pieces));
        drawLine(from, to, pen, coverage, side);
        from = to;
    }
}

} // namespace greenfront::data
