// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset.h"

#include "core/data/loaded.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace greenfront::data {
namespace {

constexpr std::array allParts{Part::Train, Part::Validation, Part::Test};

std::size_t indexOf(Part part) {
    return static_cast<std::size_t>(part);
}

template <class T>
Normalisation measure(const std::vector<T>& values, Shape shape) {
    const auto channels = static_cast<std::size_t>(shape.channels);
    const std::size_t plane = shape.size() / channels;
    Normalisation result;
    for (std::size_t channel = 0; channel < channels; ++channel) {
        double sum = 0;
        double squares = 0;
        std::size_t count = 0;
        for (std::size_t at = channel * plane; at < values.size(); at += shape.size(), count += plane) {
            for (std::size_t i = at; i < at + plane; ++i) {
                sum += static_cast<double>(values[i]);
                squares += static_cast<double>(values[i]) * static_cast<double>(values[i]);
            }
        }
        const double total = std::max<double>(1.0, static_cast<double>(count));
        const double mean = sum / total;
        const double deviation = std::sqrt(std::max(0.0, squares / total - mean * mean));
        result.mean.push_back(static_cast<float>(mean));
        // A constant channel carries nothing; dividing by one leaves it at zero. What is smaller than single
        // precision resolves at the mean is rounding.
        const double least = std::max(1e-30, 1e-7 * std::abs(mean));
        result.deviation.push_back(deviation > least ? static_cast<float>(deviation) : 1.0F);
    }
    return result;
}

} // namespace

std::string_view toText(Part part) {
    switch (part) {
    case Part::Train:
        return "train";
    case Part::Validation:
        return "validation";
    case Part::Test:
        break;
    }
    return "test";
}

std::vector<std::string> numberedClasses(std::size_t count) {
    std::vector<std::string> names;
    names.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        names.push_back(std::to_string(i));
    return names;
}

Dataset::Dataset(Info info, std::array<Samples, 3> parts, Augmentation augmentation)
    : info_(std::move(info)), parts_(std::move(parts)), augmentation_(augmentation) {
    for (const Part part : allParts) {
        const Samples& samples = parts_[indexOf(part)];
        info_.samples[indexOf(part)] = samples.labels.size();
        assert(std::visit([](const auto& values) { return values.size(); }, samples.values) ==
               samples.labels.size() * info_.shape.size());
    }
    normalisation_ = std::visit([this](const auto& values) { return measure(values, info_.shape); },
                                parts_[indexOf(Part::Train)].values);
}

std::size_t Dataset::size(Part part) const {
    return info_.samples[indexOf(part)];
}

std::span<const int> Dataset::labels(Part part) const {
    return parts_[indexOf(part)].labels;
}

void Dataset::copyRaw(Part part, std::span<const std::size_t> indices, std::span<float> out) const {
    const std::size_t length = info_.shape.size();
    assert(out.size() == indices.size() * length);
    const auto copy = [&](const auto& values) {
        auto to = out.begin();
        for (const std::size_t index : indices) {
            assert(index < size(part));
            const auto sample = std::span(values).subspan(index * length, length);
            to = std::ranges::transform(sample, to, [](auto value) { return static_cast<float>(value); }).out;
        }
    };
    std::visit(copy, parts_[indexOf(part)].values);
}

void Dataset::copyNormalised(Part part, std::span<const std::size_t> indices, std::span<float> out) const {
    copyRaw(part, indices, out);
    const auto channels = static_cast<std::size_t>(info_.shape.channels);
    const std::size_t plane = info_.shape.size() / channels;
    for (std::size_t first = 0; first < out.size(); first += plane) {
        const std::size_t channel = first / plane % channels;
        const float mean = normalisation_.mean[channel];
        const float deviation = normalisation_.deviation[channel];
        for (float& value : out.subspan(first, plane))
            value = (value - mean) / deviation;
    }
}

} // namespace greenfront::data
