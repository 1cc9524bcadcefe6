// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/dense_pass.h"
#include "core/nn/elastic_kernel.h"
#include "core/nn/time_spent.h"
#include "core/nn/training_plan.h"

#include <optional>

namespace greenfront::nn {

inline std::size_t channels(const Shape& shape) {
    return static_cast<std::size_t>(shape.channels);
}
inline std::size_t pixels(const Shape& shape) {
    return shape.size() / channels(shape);
}

/// Squeeze and excite: a unit's gate, and what its backward pass needs. [samples][channels] each.
struct GateState {
    DensePass pass;
    Buffer mean;
    Buffer grad;                   ///< of the loss by the gate
    std::span<const float> values; ///< empty: no gate, or not known yet
};

/// What a unit keeps between its forward and its backward pass. Rows are pixels of all samples.
struct UnitState {
    Buffer raw;    ///< the convolution's output, [rows][channels]
    Buffer output; ///< normalised, activated and with the residual, if the unit stores it
    Buffer grad;   ///< of the loss by the output
    bool hasGrad = false;
    std::vector<float> mean, variance, scale, shift; ///< [channels]; normalised = raw * scale + shift
    std::vector<double> sum,
        products; ///< forward: of raw and its square; backward: of g and g * (raw - mean)
    std::optional<ElasticKernel> kernel; ///< depthwise
    Buffer packed, packedGrad;           ///< dense: weights and their gradient, [out][taps][in]
    GateState gate;
};

/// Memory for what is needed only while a part of a unit is worked on, and where the time goes.
struct UnitScratch {
    Buffer input, grad, columns, gradInput;
    TimeSpent time;
};

struct UnitPlace {
    const Unit* unit = nullptr;
    UnitState* state = nullptr;
};

/// Rows first..first + rows - 1 of a unit's output: where they are stored, or computed into `into`.
const float* readOutput(const Unit& unit, const UnitState& state, std::size_t first, std::size_t rows,
                        float* into);

/// The mean over the pixels of a unit's output, [samples][channels].
void meanOutput(const Unit& unit, const UnitState& state, std::size_t samples, UnitScratch& scratch,
                float* mean);

/// Before the first gradient of a unit's output arrives.
void startGradient(const Unit& unit, UnitState& state, std::size_t samples);
/// After these rows of it are complete; batch norm's sums are taken while they are in the cache.
void gradientArrived(const Unit& unit, UnitState& state, std::size_t first, std::size_t rows,
                     UnitScratch& scratch);

} // namespace greenfront::nn
