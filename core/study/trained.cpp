// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/trained.h"

#include "core/base/error.h"
#include "core/nn/runtime.h"
#include "core/store/blobs.h"
#include "core/store/studies.h"
#include "core/train/batches.h"
#include "core/train/supernet_trainer.h"

namespace greenfront::study {
namespace {

std::string loadCheckpoint(store::Workspace& workspace, StudyId id) {
    for (const store::RunRow& run : store::runsOf(workspace, id))
        if (run.kind == trainingKind)
            if (auto blob = store::findBlob(workspace, run.id, checkpointName))
                return std::move(blob->bytes);
    throw Error("use", "study " + std::to_string(id.value), "it has not trained a single epoch yet",
                "Run it with 'greenfront-cli study run' or press Start");
}

} // namespace

std::shared_ptr<const data::Dataset> openData(store::Workspace& workspace, const Study& study,
                                              Control& control) {
    const auto row = store::findData(workspace, study.dataHash);
    if (!row)
        throw Error("open", "the data of '" + study.name + "'", "the workspace does not know it",
                    "The workspace may be damaged");
    return data::reopen(row->source, row->hash, &control);
}

void applyThreads(const Study& study) {
    const int wanted = study.parameters.at("threads").get<int>();
    nn::setThreads(wanted > 0 ? wanted : nn::defaultThreads());
}

Trained::Trained(Study study, std::shared_ptr<const data::Dataset> dataset, const std::string& checkpoint)
    : study_(std::move(study)),
      dataset_(std::move(dataset)),
      space_(arch::makeSpace(study_.space)),
      supernet_(space_->decode(space_->largest()), 0),
      calibration_(train::normalisedImages(*dataset_, data::Part::Train,
                                           study_.parameters.at("calibration_images").get<std::size_t>())) {
    supernet_.setWeights(train::supernetWeights(checkpoint));
}

Trained::Trained(store::Workspace& workspace, StudyId id, Control& control)
    : Trained(loadStudy(workspace, id), openData(workspace, loadStudy(workspace, id), control),
              loadCheckpoint(workspace, id)) {
    applyThreads(study_);
}

arch::Model Trained::unfolded(const Genotype& genotype) const {
    return supernet_.specialise(space_->decode(genotype), calibration_);
}

arch::Model Trained::model(const Genotype& genotype) const {
    const data::Normalisation& normalisation = dataset_->normalisation();
    return arch::withNormalisation(arch::foldBatchNorm(unfolded(genotype)), normalisation.mean,
                                   normalisation.deviation);
}

} // namespace greenfront::study
