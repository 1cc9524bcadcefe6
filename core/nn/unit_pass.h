// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/gemm.h"
#include "core/nn/unit_state.h"

namespace greenfront::nn {

/// One unit's work on a batch, part by part, so that what a part needs stays in the cache.
class UnitPass {
public:
    UnitPass(UnitPlace self, UnitPlace input, UnitPlace residual, const float* images, std::size_t samples,
             const arch::Weights& shared, UnitScratch& scratch);

    void forward();
    void backward(Gradients& gradients);

private:
    struct Part {
        std::size_t samples;         ///< whole images in it; 0 if it is some of the rows
        std::size_t inFirst, inRows; ///< of the input
        std::size_t first, rows;     ///< of the output
    };
    template <class Body>
    void forParts(const Body& body) const;

    const float* readInput(const Part& part) const;
    MatrixView weight() const;
    void convolve(const Part& part, const float* input) const;
    void weightGradient(const Part& part, const float* input, const float* grad, Gradients& gradients);
    void inputGradient(const Part& part, const float* grad, float* gradInput, bool add) const;
    void normaliseStatistics();
    void computeGate();
    void gateBackward(Gradients& gradients);
    void addGradToResidual();

    const Unit& unit_;
    UnitState& state_;
    UnitPlace input_, residual_;
    const float* images_;
    std::size_t samples_;
    const arch::Weights& shared_;
    UnitScratch& scratch_;
    std::vector<float> taps_, gradTaps_;
};

} // namespace greenfront::nn
