// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/predictor_ensemble.h"

#include "core/base/error.h"

#include <cmath>

namespace greenfront::train {

PredictorEnsemble::PredictorEnsemble(const arch::Weights& weights, const arch::SearchSpace& space,
                                     const std::string& subject) {
    for (std::size_t member = 0;; ++member) {
        const std::string prefix = std::to_string(member) + "/";
        arch::Weights own;
        for (const auto& [name, tensor] : weights)
            if (name.starts_with(prefix))
                own.emplace(name.substr(prefix.size()), tensor);
        if (own.empty())
            break;
        members_.emplace_back(own, fullLayout(space), space, subject);
    }
    if (members_.empty())
        throw Error("read", subject, "it holds no predictor", "Fit one with 'greenfront-cli predictor'");
}

std::vector<PredictorEnsemble::Prediction>
PredictorEnsemble::predict(std::span<const Genotype> genotypes) const {
    std::vector<Prediction> predictions(genotypes.size());
    const auto count = static_cast<double>(members_.size());
    for (const AccuracyPredictor& member : members_) {
        const std::vector<float> values = member.predict(genotypes);
        for (std::size_t i = 0; i < values.size(); ++i) {
            predictions[i].accuracy += values[i] / count;
            predictions[i].spread += static_cast<double>(values[i]) * values[i] / count;
        }
    }
    for (Prediction& prediction : predictions)
        prediction.spread =
            std::sqrt(std::max(0.0, prediction.spread - prediction.accuracy * prediction.accuracy));
    return predictions;
}

double PredictorEnsemble::macs() const {
    return members_.front().macs() * static_cast<double>(members_.size());
}

} // namespace greenfront::train
