// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/unit_pass.h"

#include "core/nn/batch_norm.h"
#include "core/nn/depthwise.h"
#include "core/nn/gate.h"
#include "core/nn/im2col.h"
#include "core/nn/packed_weight.h"

#include <algorithm>
#include <cmath>

namespace greenfront::nn {
namespace {

constexpr double epsilon = 1e-5;
constexpr std::size_t floatsAtOnce =
    65536; ///< of input and output together: a part of the second-level cache

DepthwiseShape depthwiseShape(const Unit& unit, std::size_t samples) {
    return {static_cast<int>(samples), unit.in.height, unit.in.width,
            unit.in.channels,          unit.kernel,    unit.stride};
}

PackedShape packedShape(const Unit& unit, const arch::Weights& shared) {
    return {channels(unit.out), channels(unit.in),
            static_cast<std::size_t>(shared.at(unit.conv + ".weight").shape[1]),
            static_cast<std::size_t>(unit.kernel) * static_cast<std::size_t>(unit.kernel)};
}

void addTo(const float* from, std::size_t count, float* sum) {
    for (std::size_t i = 0; i < count; ++i)
        sum[i] += from[i];
}

} // namespace

UnitPass::UnitPass(UnitPlace self, UnitPlace input, UnitPlace residual, const float* images,
                   std::size_t samples, const arch::Weights& shared, UnitScratch& scratch)
    : unit_(*self.unit),
      state_(*self.state),
      input_(input),
      residual_(residual),
      images_(images),
      samples_(samples),
      shared_(shared),
      scratch_(scratch) {}

template <class Body>
void UnitPass::forParts(const Body& body) const {
    if (unit_.kind == ConvKind::Pointwise) {
        const std::size_t rows = samples_ * pixels(unit_.out);
        const std::size_t most =
            std::max<std::size_t>(64, floatsAtOnce / (channels(unit_.in) + channels(unit_.out)));
        for (std::size_t first = 0; first < rows; first += most) {
            const std::size_t count = std::min(most, rows - first);
            body(Part{0, first, count, first, count});
        }
        return;
    }
    const std::size_t most = std::max<std::size_t>(1, floatsAtOnce / (unit_.in.size() + unit_.out.size()));
    for (std::size_t n = 0; n < samples_; n += most) {
        const std::size_t count = std::min(most, samples_ - n);
        body(Part{count, n * pixels(unit_.in), count * pixels(unit_.in), n * pixels(unit_.out),
                  count * pixels(unit_.out)});
    }
}

const float* UnitPass::readInput(const Part& part) const {
    if (!input_.unit)
        return images_ + part.inFirst * channels(unit_.in);
    scratch_.time.enter(WorkKind::Normalising);
    return readOutput(*input_.unit, *input_.state, part.inFirst, part.inRows,
                      scratch_.input.sized(part.inRows * channels(unit_.in)));
}

/// [out][in], in place in the shared tensor, or a dense convolution's own copy, [out][taps * in].
MatrixView UnitPass::weight() const {
    const PackedShape shape = packedShape(unit_, shared_);
    if (unit_.kind == ConvKind::Dense)
        return {state_.packed.data(), shape.out, shape.taps * shape.in, shape.taps * shape.in};
    return {shared_.at(unit_.conv + ".weight").values.data(), shape.out, shape.in, shape.sharedIn};
}

void UnitPass::convolve(const Part& part, const float* input) const {
    float* out = state_.raw.data() + part.first * channels(unit_.out);
    if (unit_.kind == ConvKind::Depthwise) {
        scratch_.time.enter(WorkKind::Depthwise);
        depthwiseForward(depthwiseShape(unit_, part.samples), input, state_.kernel->taps().data(), out, 0,
                         static_cast<int>(part.samples));
        return;
    }
    const MatrixView w = weight();
    if (unit_.kind == ConvKind::Dense) {
        scratch_.time.enter(WorkKind::Columns);
        float* columns = scratch_.columns.sized(part.rows * w.columns);
        imagesToColumns({unit_.in, unit_.out, unit_.kernel, unit_.stride}, part.samples, input, columns);
        input = columns;
    }
    scratch_.time.enter(WorkKind::Products);
    multiplyTransposed({input, part.rows, w.columns, w.columns}, w, out, channels(unit_.out),
                       Result::Overwrite);
}

void UnitPass::forward() {
    const std::size_t width = channels(unit_.out);
    const std::size_t rows = samples_ * pixels(unit_.out);
    float* raw = state_.raw.sized(rows * width);
    if (unit_.kind == ConvKind::Depthwise) {
        state_.kernel.emplace(shared_, unit_.conv, unit_.out.channels, unit_.kernel);
    } else if (unit_.kind == ConvKind::Dense) {
        const PackedShape shape = packedShape(unit_, shared_);
        packWeight(shape, shared_.at(unit_.conv + ".weight").values.data(),
                   state_.packed.sized(shape.size()));
    }
    state_.hasGrad = false;
    state_.sum.assign(width, 0.0);
    state_.products.assign(width, 0.0);
    forParts([&](const Part& part) {
        convolve(part, readInput(part));
        scratch_.time.enter(WorkKind::Normalising);
        channelMoments(raw + part.first * width, part.rows, width, raw, state_.sum.data(),
                       state_.products.data());
    });
    normaliseStatistics();
    computeGate();
    if (unit_.stored)
        normalise(raw, state_.output.sized(rows * width), rows, width, state_.scale.data(),
                  state_.shift.data(), unit_.activation,
                  residual_.unit ? residual_.state->output.data() : nullptr);
    if (unit_.reluAfterSum)
        activate(state_.output.data(), state_.output.data(), rows * width, Activation::Relu);
}

void UnitPass::normaliseStatistics() {
    const std::size_t width = channels(unit_.out);
    const auto count = static_cast<double>(samples_ * pixels(unit_.out));
    const auto& gamma = shared_.at(unit_.norm + ".weight").values;
    const auto& beta = shared_.at(unit_.norm + ".bias").values;
    for (auto* values : {&state_.mean, &state_.variance, &state_.scale, &state_.shift})
        values->resize(width);
    for (std::size_t c = 0; c < width; ++c) {
        const double offset = state_.sum[c] / count;
        const double mean = state_.raw.data()[c] + offset;
        const double variance = std::max(0.0, state_.products[c] / count - offset * offset);
        const double scale = gamma[c] / std::sqrt(variance + epsilon);
        state_.mean[c] = static_cast<float>(mean);
        state_.variance[c] = static_cast<float>(variance);
        state_.scale[c] = static_cast<float>(scale);
        state_.shift[c] = static_cast<float>(beta[c] - mean * scale);
    }
}

void UnitPass::computeGate() {
    state_.gate.values = {};
    if (unit_.gate.empty())
        return;
    float* mean = state_.gate.mean.sized(samples_ * channels(unit_.out));
    meanOutput(unit_, state_, samples_, scratch_, mean);
    state_.gate.values = state_.gate.pass.forward(unit_.gate, mean, samples_, shared_);
}

/// The gradient of the gated output becomes that of the activated one.
void UnitPass::gateBackward(Gradients& gradients) {
    const std::size_t width = channels(unit_.out);
    const std::size_t rows = pixels(unit_.out);
    scratch_.time.enter(WorkKind::Gates);
    const auto gradMean = state_.gate.pass.backward(unit_.gate, state_.gate.grad.data(), shared_, gradients);
    std::vector<float> each(width);
    for (std::size_t n = 0; n < samples_; ++n) {
        for (std::size_t c = 0; c < width; ++c)
            each[c] = gradMean[n * width + c] / static_cast<float>(rows);
        const std::size_t offset = n * unit_.out.size();
        throughGate(state_.grad.data() + offset, rows, width, state_.gate.values.data() + n * width,
                    each.data());
        gradientMoments(state_.raw.data() + offset, state_.grad.data() + offset, rows, width,
                        state_.scale.data(), state_.shift.data(), state_.mean.data(), unit_.activation,
                        state_.sum.data(), state_.products.data());
    }
}

void UnitPass::addGradToResidual() {
    const std::size_t count = samples_ * unit_.out.size();
    const bool first = !residual_.state->hasGrad;
    if (first)
        startGradient(*residual_.unit, *residual_.state, samples_);
    float* sum = residual_.state->grad.data();
    if (first)
        std::copy_n(state_.grad.data(), count, sum);
    else
        addTo(state_.grad.data(), count, sum);
}

void UnitPass::weightGradient(const Part& part, const float* input, const float* grad, Gradients& gradients) {
    if (unit_.kind == ConvKind::Depthwise) {
        scratch_.time.enter(WorkKind::Depthwise);
        depthwiseBackwardWeight(depthwiseShape(unit_, part.samples), input, grad, gradTaps_.data());
        return;
    }
    const MatrixView w = weight();
    if (unit_.kind == ConvKind::Dense) {
        scratch_.time.enter(WorkKind::Columns);
        float* columns = scratch_.columns.sized(part.rows * w.columns);
        imagesToColumns({unit_.in, unit_.out, unit_.kernel, unit_.stride}, part.samples, input, columns);
        input = columns;
    }
    scratch_.time.enter(WorkKind::Products);
    float* sum =
        unit_.kind == ConvKind::Dense ? state_.packedGrad.data() : gradients.of(unit_.conv + ".weight");
    multiplyTransposing({grad, part.rows, w.rows, w.rows}, {input, part.rows, w.columns, w.columns}, sum,
                        w.stride, Result::Add);
}

void UnitPass::inputGradient(const Part& part, const float* grad, float* gradInput, bool add) const {
    const MatrixView w = weight();
    scratch_.time.enter(unit_.kind == ConvKind::Depthwise ? WorkKind::Depthwise : WorkKind::Products);
    const MatrixView gradRows{grad, part.rows, channels(unit_.out), channels(unit_.out)};
    if (unit_.kind == ConvKind::Pointwise) {
        multiply(gradRows, w, gradInput, w.columns, add ? Result::Add : Result::Overwrite);
        return;
    }
    const std::size_t count = part.inRows * channels(unit_.in);
    float* result = add ? scratch_.gradInput.sized(count) : gradInput;
    if (unit_.kind == ConvKind::Dense) {
        float* columns = scratch_.columns.sized(part.rows * w.columns);
        multiply(gradRows, w, columns, w.columns, Result::Overwrite);
        scratch_.time.enter(WorkKind::Columns);
        columnsToImages({unit_.in, unit_.out, unit_.kernel, unit_.stride}, part.samples, columns, result);
    } else if (unit_.stride == 1) {
        depthwiseForward(depthwiseShape(unit_, part.samples), grad, taps_.data(), result, 0,
                         static_cast<int>(part.samples));
    } else {
        depthwiseBackwardInput(depthwiseShape(unit_, part.samples), grad, taps_.data(), result);
    }
    if (add)
        addTo(result, count, gradInput);
}

void UnitPass::backward(Gradients& gradients) {
    const std::size_t width = channels(unit_.out);
    const std::size_t rows = samples_ * pixels(unit_.out);
    if (unit_.reluAfterSum) // the output is above 0 where the sum was
        activationGradient(state_.output.data(), state_.grad.data(), rows * width, Activation::Relu);
    if (unit_.stored)
        gradientArrived(unit_, state_, 0, rows, scratch_);
    if (!unit_.gate.empty())
        gateBackward(gradients);
    if (residual_.unit)
        addGradToResidual();

    // d loss / d raw = scale * (g - mean(g) - (raw - mean) * mean(g * (raw - mean)) / (variance + epsilon)),
    // as a * g + b * raw + c
    std::vector<float> b(width);
    std::vector<float> c(width);
    float* gradGamma = gradients.of(unit_.norm + ".weight");
    float* gradBeta = gradients.of(unit_.norm + ".bias");
    for (std::size_t i = 0; i < width; ++i) {
        const double variance = state_.variance[i] + epsilon;
        const double slope = -state_.scale[i] * state_.products[i] / variance / static_cast<double>(rows);
        b[i] = static_cast<float>(slope);
        c[i] = static_cast<float>(-state_.scale[i] * state_.sum[i] / static_cast<double>(rows) -
                                  slope * state_.mean[i]);
        gradGamma[i] += static_cast<float>(state_.products[i] / std::sqrt(variance));
        gradBeta[i] += static_cast<float>(state_.sum[i]);
    }

    const bool depthwise = unit_.kind == ConvKind::Depthwise;
    if (depthwise) {
        taps_ = unit_.stride == 1 ? state_.kernel->turnedTaps() : state_.kernel->taps();
        gradTaps_.assign(taps_.size(), 0.0F);
    } else if (unit_.kind == ConvKind::Dense) {
        const std::size_t count = packedShape(unit_, shared_).size();
        std::fill_n(state_.packedGrad.sized(count), count, 0.0F);
    }
    const bool add = input_.unit && input_.state->hasGrad;
    if (input_.unit && !add)
        startGradient(*input_.unit, *input_.state, samples_);
    forParts([&](const Part& part) {
        const std::size_t offset = part.first * width;
        scratch_.time.enter(WorkKind::Normalising);
        float* grad = scratch_.grad.sized(part.rows * width);
        gradientInput(state_.raw.data() + offset, state_.grad.data() + offset, grad, part.rows, width,
                      state_.scale.data(), state_.shift.data(), unit_.activation, state_.scale.data(),
                      b.data(), c.data());
        weightGradient(part, readInput(part), grad, gradients);
        if (!input_.unit)
            return;
        inputGradient(part, grad, input_.state->grad.data() + part.inFirst * channels(unit_.in), add);
        if (!input_.unit->stored)
            gradientArrived(*input_.unit, *input_.state, part.inFirst, part.inRows, scratch_);
    });
    if (depthwise)
        state_.kernel->backward(gradTaps_, gradients);
    else if (unit_.kind == ConvKind::Dense)
        addUnpacked(packedShape(unit_, shared_), state_.packedGrad.data(),
                    gradients.of(unit_.conv + ".weight"));
}

} // namespace greenfront::nn
