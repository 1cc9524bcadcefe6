// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/arch/transform.h"
#include "core/data/dataset.h"
#include "core/nn/supernet.h"
#include "core/store/runs.h"
#include "core/study/study.h"

#include <memory>
#include <vector>

namespace greenfront::study {

constexpr const char* trainingKind = "training";
constexpr const char* searchKind = "search";
constexpr const char* predictorKind = "predictor";
constexpr const char* checkpointName = "checkpoint";

/// A study's trained supernet with what is needed to turn a genotype into a model.
class Trained {
public:
    /// Opens the data again and loads the weights; throws Error if the study has not trained an epoch yet.
    Trained(store::Workspace& workspace, StudyId id, Control& control);
    Trained(Study study, std::shared_ptr<const data::Dataset> dataset, const std::string& checkpoint);

    const arch::SearchSpace& space() const { return *space_; }
    const data::Dataset& dataset() const { return *dataset_; }
    const Study& study() const { return study_; }
    /// As it is judged, measured and exported: statistics recalibrated, batch norm folded, normalisation
    /// inside.
    arch::Model model(const Genotype& genotype) const;
    /// As it is trained on: batch norm as a layer of its own.
    arch::Model unfolded(const Genotype& genotype) const;

private:
    Study study_;
    std::shared_ptr<const data::Dataset> dataset_;
    std::shared_ptr<const arch::SearchSpace> space_;
    nn::Supernet supernet_;
    std::vector<float> calibration_;
};

/// The data set of a stored study, checked by its hash.
std::shared_ptr<const data::Dataset> openData(store::Workspace& workspace, const Study& study,
                                              Control& control);
/// Sets this thread's LibTorch threads as the study says.
void applyThreads(const Study& study);

} // namespace greenfront::study
