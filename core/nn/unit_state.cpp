// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unit_state.h"

#include "core/nn/batch_norm.h"
#include "core/nn/gate.h"

#include <algorithm>

namespace greenfront::nn {
namespace {

/// Calls body(sample, first row within these rows, rows) for the part of each sample in rows first..
template <class Body>
void forSamples(std::size_t first, std::size_t rows, std::size_t pixels, const Body& body) {
    for (std::size_t row = first; row < first + rows;) {
        const std::size_t sample = row / pixels;
        const std::size_t end = std::min(first + rows, (sample + 1) * pixels);
        body(sample, row - first, end - row);
        row = end;
    }
}

} // namespace

const float* readOutput(const Unit& unit, const UnitState& state, std::size_t first, std::size_t rows,
                        float* into) {
    const std::size_t offset = first * channels(unit.out);
    if (unit.stored)
        return state.output.data() + offset;
    normalise(state.raw.data() + offset, into, rows, channels(unit.out), state.scale.data(),
              state.shift.data(), unit.activation);
    if (!state.gate.values.empty())
        forSamples(first, rows, pixels(unit.out),
                   [&](std::size_t sample, std::size_t row, std::size_t count) {
                       applyGate(into + row * channels(unit.out), count, channels(unit.out),
                                 state.gate.values.data() + sample * channels(unit.out));
                   });
    return into;
}

void meanOutput(const Unit& unit, const UnitState& state, std::size_t samples, UnitScratch& scratch,
                float* mean) {
    scratch.time.enter(WorkKind::Gates);
    const std::size_t rows = pixels(unit.out);
    for (std::size_t n = 0; n < samples; ++n, mean += channels(unit.out)) {
        std::fill_n(mean, channels(unit.out), 0.0F);
        addRows(readOutput(unit, state, n * rows, rows, scratch.input.sized(unit.out.size())), rows,
                channels(unit.out), 1.0F / static_cast<float>(rows), mean);
    }
}

void startGradient(const Unit& unit, UnitState& state, std::size_t samples) {
    state.grad.sized(samples * unit.out.size());
    state.sum.assign(channels(unit.out), 0.0);
    state.products.assign(channels(unit.out), 0.0);
    if (!unit.gate.empty())
        std::fill_n(state.gate.grad.sized(samples * channels(unit.out)), samples * channels(unit.out), 0.0F);
    state.hasGrad = true;
}

void gradientArrived(const Unit& unit, UnitState& state, std::size_t first, std::size_t rows,
                     UnitScratch& scratch) {
    const std::size_t width = channels(unit.out);
    const std::size_t offset = first * width;
    scratch.time.enter(unit.gate.empty() ? WorkKind::Normalising : WorkKind::Gates);
    if (!unit.gate.empty()) { // the moments wait for the gate's own gradient
        float* values = scratch.input.sized(rows * width);
        normalise(state.raw.data() + offset, values, rows, width, state.scale.data(), state.shift.data(),
                  unit.activation);
        forSamples(first, rows, pixels(unit.out), [&](std::size_t n, std::size_t row, std::size_t count) {
            addProducts(values + row * width, state.grad.data() + offset + row * width, count, width,
                        state.gate.grad.data() + n * width);
        });
        return;
    }
    gradientMoments(state.raw.data() + offset, state.grad.data() + offset, rows, width, state.scale.data(),
                    state.shift.data(), state.mean.data(), unit.activation, state.sum.data(),
                    state.products.data());
}

} // namespace greenfront::nn
