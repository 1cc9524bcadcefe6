// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/evaluate.h"

#include "core/data/resize.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenfront::train {

Accuracy evaluate(const nn::Model& model, const data::Dataset& dataset, data::Part part, bool normalised,
                  Control& control) {
    constexpr std::size_t batch = 1024;
    const auto labels = dataset.labels(part);
    const std::size_t size = dataset.info().shape.size();
    const auto classes = static_cast<std::size_t>(model.network().classes());
    Accuracy accuracy{0, labels.size()};
    std::vector<std::size_t> indices(batch);
    std::vector<float> images(batch * size);
    for (std::size_t first = 0; first < labels.size(); first += batch) {
        control.checkpoint();
        const std::size_t count = std::min(batch, labels.size() - first);
        indices.resize(count);
        std::iota(indices.begin(), indices.end(), first);
        const auto view = std::span(images).first(count * size);
        if (normalised)
            dataset.copyNormalised(part, indices, view);
        else
            dataset.copyRaw(part, indices, view);
        const Shape& input = model.network().input();
        const std::vector<float> logits =
            input == dataset.info().shape ? model.logits(view)
                                          : model.logits(data::resized(view, dataset.info().shape, input));
        for (std::size_t i = 0; i < count; ++i) {
            const auto begin = logits.begin() + static_cast<std::ptrdiff_t>(i * classes);
            const auto best = std::max_element(begin, begin + static_cast<std::ptrdiff_t>(classes)) - begin;
            accuracy.correct += best == labels[first + i] ? 1 : 0;
        }
    }
    return accuracy;
}

Metric accuracyMetric(const Accuracy& accuracy, data::Part part) {
    constexpr double z = 1.959964;
    const auto n = static_cast<double>(accuracy.samples);
    const double share = accuracy.percent() / 100.0;
    const double centre = (share + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {.name = part == data::Part::Test ? "test_accuracy" : "accuracy",
            .value = accuracy.percent(),
            .unit = "%",
            .direction = Direction::Maximise,
            .provenance = Provenance::Measured,
            .low = 100.0 * (centre - half),
            .high = 100.0 * (centre + half),
            .method = "top-1 on " + std::to_string(accuracy.samples) + " samples of the " +
                      std::string(data::toText(part)) + " part, interval after Wilson"};
}

} // namespace greenfront::train
