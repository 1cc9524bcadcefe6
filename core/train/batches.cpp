// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/batches.h"

#include <algorithm>
#include <numeric>

namespace greenfront::train {
namespace {

std::vector<std::size_t> evenlySpaced(std::size_t size, std::size_t most) {
    std::vector<std::size_t> indices(std::min(size, most));
    for (std::size_t i = 0; i < indices.size(); ++i)
        indices[i] = i * size / indices.size();
    return indices;
}

/// The median of the left and right edges' pixels: what an image that is moved aside should leave behind.
std::vector<float> backgroundOf(const data::Dataset& dataset) {
    const Shape shape = dataset.info().shape;
    const auto width = static_cast<std::size_t>(shape.width);
    const auto plane = static_cast<std::size_t>(shape.height) * width;
    const std::vector<float> images = normalisedImages(dataset, data::Part::Train, 256);
    std::vector<float> background;
    for (std::size_t channel = 0; channel < static_cast<std::size_t>(shape.channels); ++channel) {
        std::vector<float> edge;
        for (std::size_t at = channel * plane; at < images.size(); at += shape.size())
            for (std::size_t row = 0; row < plane; row += width) {
                edge.push_back(images[at + row]);
                edge.push_back(images[at + row + width - 1]);
            }
        const auto middle = edge.begin() + static_cast<std::ptrdiff_t>(edge.size() / 2);
        std::nth_element(edge.begin(), middle, edge.end());
        background.push_back(*middle);
    }
    return background;
}

} // namespace

std::vector<float> normalisedImages(const data::Dataset& dataset, data::Part part, std::size_t most) {
    const auto indices = evenlySpaced(dataset.size(part), most);
    std::vector<float> images(indices.size() * dataset.info().shape.size());
    dataset.copyNormalised(part, indices, images);
    return images;
}

Batches::Batches(const data::Dataset& dataset, std::size_t batchSize, const data::Augmentation& augmentation,
                 std::uint64_t seed)
    : dataset_(dataset),
      batchSize_(std::min(batchSize, dataset.size(data::Part::Train))),
      augmentation_(augmentation),
      seed_(seed),
      background_(backgroundOf(dataset)),
      rng_(seed) {}

std::size_t Batches::count() const {
    return dataset_.size(data::Part::Train) / batchSize_;
}

void Batches::startEpoch(int epoch) {
    rng_ = Rng(seed_, static_cast<std::uint64_t>(epoch));
    order_.resize(dataset_.size(data::Part::Train));
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    rng_.shuffle(std::span(order_));
    position_ = 0;
}

Batches::Batch Batches::next() {
    const auto indices = std::span(order_).subspan(position_, batchSize_);
    position_ += batchSize_;
    const Shape shape = dataset_.info().shape;
    Batch batch;
    batch.images.resize(indices.size() * shape.size());
    dataset_.copyNormalised(data::Part::Train, indices, batch.images);
    const auto labels = dataset_.labels(data::Part::Train);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        batch.labels.push_back(labels[indices[i]]);
        data::augment(std::span(batch.images).subspan(i * shape.size(), shape.size()), shape, augmentation_,
                      background_, rng_);
    }
    return batch;
}

} // namespace greenfront::train
