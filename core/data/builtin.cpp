// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/builtin.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/data/render.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace greenfront::data {
namespace {

constexpr std::size_t mostPixels = std::size_t{1} << 29;
constexpr const char* howToWrite = "Write it as builtin:samples=6000,size=24,seed=1";

/// A centred bell curve out of four uniform numbers: the sum of few draws needs no logarithm, whose last bit
/// differs between systems. Variance 1.
double bell(Rng& rng) {
    double sum = 0;
    for (int i = 0; i < 4; ++i)
        sum += rng.uniform();
    return (sum - 2) * 1.7320508075688772;
}

/// Turn, slant and scale about the image's middle. The turn is given by the tangent of half its angle, so no
/// sine is needed.
Affine randomPlace(int side, Rng& rng) {
    const double half = rng.uniform(-0.16, 0.16); // 18 degrees each way
    const double cosine = (1 - half * half) / (1 + half * half);
    const double sine = 2 * half / (1 + half * half);
    const double slant = rng.uniform(-0.3, 0.3);
    const double height = side * rng.uniform(0.24, 0.38);
    const double width = height * rng.uniform(0.7, 1.1);
    const double middle = side / 2.0;
    return {.xx = cosine * width,
            .xy = (cosine * slant - sine) * height,
            .dx = middle + side * rng.uniform(-0.11, 0.11),
            .yx = sine * width,
            .yy = (sine * slant + cosine) * height,
            .dy = middle + side * rng.uniform(-0.11, 0.11)};
}

/// The same letter by another hand: every control point a little elsewhere.
Stroke wobbled(Stroke stroke, double amount, Rng& rng) {
    for (Point& p : stroke) {
        p.x += amount * bell(rng);
        p.y += amount * bell(rng);
    }
    return stroke;
}

void drawStray(std::span<float> coverage, int side, Pen pen, Rng& rng) {
    const double length = side * rng.uniform(0.12, 0.3);
    const Point from{rng.uniform(0, side), rng.uniform(0, side)};
    const Point to{from.x + length * rng.uniform(-1, 1), from.y + length * rng.uniform(-1, 1)};
    const Point bend{(from.x + to.x) / 2 + rng.uniform(-2, 2), (from.y + to.y) / 2 + rng.uniform(-2, 2)};
    drawStroke({from, bend, bend, to}, {}, pen, coverage, side);
}

/// Takes the ink off a small disc somewhere.
void cover(std::span<float> coverage, int side, Rng& rng) {
    const double radius = side * rng.uniform(0.06, 0.13);
    const Point at{side * rng.uniform(0.2, 0.8), side * rng.uniform(0.2, 0.8)};
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const double dx = x + 0.5 - at.x;
            const double dy = y + 0.5 - at.y;
            if (dx * dx + dy * dy < radius * radius)
                coverage[pixelAt(x, y, side)] = 0;
        }
    }
}

/// Ink on a sloping ground, either may be the brighter one, and noise over both.
void develop(std::span<const float> coverage, int side, Rng& rng, std::span<std::uint8_t> pixels) {
    const double contrast = rng.uniform(70, 170) * (rng.chance(0.5) ? 1 : -1);
    const double ground = contrast > 0 ? rng.uniform(15, 235 - contrast) : rng.uniform(20 - contrast, 240);
    const double slopeX = rng.uniform(-30, 30) / side;
    const double slopeY = rng.uniform(-30, 30) / side;
    const double noise = rng.uniform(6, 26);
    const int middle = side / 2;
    std::size_t i = 0;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x, ++i) {
            const double light = ground + slopeX * (x - middle) + slopeY * (y - middle);
            const double value = light + contrast * static_cast<double>(coverage[i]) + noise * bell(rng);
            pixels[i] = static_cast<std::uint8_t>(std::clamp(std::floor(value + 0.5), 0.0, 255.0));
        }
    }
}

void drawSample(const Glyph& glyph, int side, Rng& rng, std::span<std::uint8_t> pixels) {
    std::vector<float> coverage(pixels.size(), 0.0F);
    const double unit = side / 24.0;
    const Pen pen{.radius = unit * rng.uniform(0.6, 1.3), .softness = unit * rng.uniform(1, 2.6)};
    const Affine place = randomPlace(side, rng);
    for (const Stroke& stroke : glyph.strokes)
        drawStroke(wobbled(stroke, 0.06, rng), place, pen, coverage, side);
    if (rng.chance(0.5))
        cover(coverage, side, rng);
    for (std::size_t strays = rng.below(4); strays > 0; --strays)
        drawStray(coverage, side, pen, rng);
    develop(coverage, side, rng, pixels);
}

std::uint64_t numberFrom(std::string_view text, std::string_view key, std::uint64_t least,
                         std::uint64_t most) {
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || number < least || number > most)
        throw Error("make", "the built-in data set",
                    "its " + std::string(key) + " is not a whole number from " + std::to_string(least) +
                        " to " + std::to_string(most),
                    howToWrite);
    return number;
}

} // namespace

BuiltinOptions builtinOptionsFrom(std::string_view text) {
    BuiltinOptions options;
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return options;
    for (const std::string_view part : greenfront::split(text.substr(colon + 1), ',')) {
        const auto equals = std::min(part.find('='), part.size());
        const std::string_view key = part.substr(0, equals);
        const std::string_view value = part.substr(std::min(equals + 1, part.size()));
        if (key == "samples")
            options.samples = static_cast<std::size_t>(numberFrom(value, key, 100, 1'000'000));
        else if (key == "size")
            options.size = static_cast<int>(numberFrom(value, key, 12, 64));
        else if (key == "seed")
            options.seed = numberFrom(value, key, 0, std::numeric_limits<std::uint64_t>::max());
        else
            throw Error("make", "the built-in data set", "it has no option '" + std::string(key) + "'",
                        howToWrite);
    }
    const auto side = static_cast<std::size_t>(options.size);
    if (options.samples * side * side > mostPixels)
        throw Error("make", "the built-in data set", "it would take more than 512 MiB",
                    "Choose fewer or smaller samples");
    return options;
}

std::string toText(const BuiltinOptions& options) {
    return "builtin:samples=" + std::to_string(options.samples) + ",size=" + std::to_string(options.size) +
           ",seed=" + std::to_string(options.seed);
}

Loaded makeBuiltin(const BuiltinOptions& options, Control* control) {
    Loaded loaded{.kind = "builtin",
                  .classes = {},
                  .shape = {.channels = 1, .height = options.size, .width = options.size},
                  .train = {},
                  .validation = {},
                  .test = {},
                  .augmentation = {.shift = 2, .flip = false, .rotation = 8, .scale = 0.1, .crop = 0}};
    for (const Glyph& glyph : glyphs())
        loaded.classes.emplace_back(glyph.name);
    const std::size_t length = loaded.shape.size();
    std::vector<std::uint8_t> pixels(options.samples * length);
    for (std::size_t i = 0; i < options.samples; ++i) {
        if (control)
            control->checkpoint();
        const std::size_t label = i % glyphs().size();
        Rng rng(options.seed, i);
        drawSample(glyphs()[label], options.size, rng, std::span(pixels).subspan(i * length, length));
        loaded.train.labels.push_back(static_cast<int>(label));
    }
    loaded.train.values = std::move(pixels);
    return loaded;
}

} // namespace greenfront::data
