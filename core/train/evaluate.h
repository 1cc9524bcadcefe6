// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/base/metric.h"
#include "core/data/dataset.h"
#include "core/nn/model.h"

namespace greenfront::train {

struct Accuracy {
    std::size_t correct = 0;
    std::size_t samples = 0;
    double percent() const { return 100.0 * static_cast<double>(correct) / static_cast<double>(samples); }
};

/// How many samples of the part the model puts into their class. normalised: does the model expect normalised
/// images, or has it a Normalise layer of its own?
Accuracy evaluate(const nn::Model& model, const data::Dataset& dataset, data::Part part, bool normalised,
                  Control& control);

/// "accuracy" in percent with the 95 % Wilson score interval (Wilson 1927) of a share of this many samples.
Metric accuracyMetric(const Accuracy& accuracy, data::Part part);

} // namespace greenfront::train
