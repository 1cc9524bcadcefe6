// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/train/accuracy_predictor.h"

namespace greenfront::train {

/// A network whose accuracy is known.
struct JudgedNetwork {
    Genotype genotype; ///< canonical
    double accuracy = 0;
};

/// How well predictions meet networks that the predictor did not learn from.
struct PredictorQuality {
    std::size_t samples = 0;    ///< that it learnt from
    double rmse = 0;            ///< of accuracy, points
    double rankCorrelation = 0; ///< Spearman's
    double interval = 0;        ///< 90 % of the predictions are off by at most this, points
};

/// Several predictors, each of which learnt from another part of the networks.
class PredictorEnsemble {
public:
    /// Weights "<member>/0.weight", ... of fitPredictor(); throws Error naming what does not fit the space.
    PredictorEnsemble(const arch::Weights& weights, const arch::SearchSpace& space,
                      const std::string& subject);

    struct Prediction {
        double accuracy = 0;
        double spread = 0; ///< standard deviation of the members: large where they had little to learn from
    };
    /// Of canonical genotypes.
    std::vector<Prediction> predict(std::span<const Genotype> genotypes) const;
    /// Multiply-accumulates of one prediction.
    double macs() const;

private:
    std::vector<AccuracyPredictor> members_;
};

struct FittedPredictor {
    arch::Weights weights;
    PredictorQuality quality;
};
/// Five members, each learning from four fifths of the networks; its quality is taken on the fifth that a
/// member did not see (Barber et al. 2021 for the interval). Throws Error for fewer than 10 networks.
FittedPredictor fitPredictor(const arch::SearchSpace& space, std::span<const JudgedNetwork> networks,
                             std::uint64_t seed);

} // namespace greenfront::train
