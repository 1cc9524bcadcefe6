// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/energy/prediction.h"
#include "core/study/study.h"

#include <array>

namespace greenfront::study {

/// How much a network computes and moves for one sample.
struct NetworkWork {
    double macs = 0, bytes = 0;
};
NetworkWork workOf(const arch::Network& network);

/// What the cost of a study's runs hangs on, from its description alone.
struct Workload {
    NetworkWork largest, smallest, mean; ///< mean: of random networks of the space
    NetworkWork step;                    ///< of one sample in one step, by the study's recipe
    double parameters = 0;
    double batch = 0, stepsAnEpoch = 0;
    double calibrationImages = 0, validationImages = 0;
    int epochs = 0, evaluations = 0;
    Seconds latencyLimit;

    /// That one network is calibrated and judged on.
    double judgedImages() const { return calibrationImages + validationImages; }
};
/// samples: of the data set, by part
Workload workloadOf(const Study& study, const std::array<std::size_t, 3>& samples);

/// Kinds of work of a training: multiply-accumulates and bytes of its steps, parameters updated,
/// multiply-accumulates and bytes of judging the two networks at the end of each epoch.
energy::Work trainingWork(const Workload& load, double steps, double epochs);
/// Kinds of work of a search: multiply-accumulates and bytes of judging networks; the same where an earlier
/// search of the study has judged some of them; seconds of measuring; networks.
energy::Work searchWork(const Workload& load, double evaluations, bool measured, bool first);

/// Roughly what a unit of each kind costs on a processor, s. Only the ratios count: earlier runs give the
/// scale.
const energy::Work& trainingGuess();
const energy::Work& searchGuess();

/// Roughly the seconds of one step in which the passes together compute this for each sample, and of
/// judging the two networks at an epoch's end. Only their ratio counts.
double guessedStep(const Workload& load, const NetworkWork& passes);
double guessedEpochEnd(const Workload& load);
/// The same for one network of a search.
double guessedEvaluation(const Workload& load, const NetworkWork& network, bool measured);

} // namespace greenfront::study
