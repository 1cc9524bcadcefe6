// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/mbconv_space.h"
#include "core/base/control.h"
#include "core/device/lookup_table.h"
#include "core/search/evolution.h"
#include "core/train/accuracy_predictor.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace greenfront::study {

/// A published once-for-all network without its weights: what its accuracy predictor and its latency tables
/// say of each of its networks.
class PublishedNetwork {
public:
    /// MobileNetV3 at the tables' resolutions and, as their first convolutions say, at width 1 or 1.2. Throws
    /// Error for tables that do not belong together, and where a file is wrong.
    PublishedNetwork(const std::filesystem::path& accuracyPredictor,
                     const std::vector<std::filesystem::path>& latencyTables);

    const arch::MbconvSpace& space() const { return *space_; }
    Seconds latency(const Genotype& canonical) const { return times_->latency(canonical); }
    /// Percent, of canonical genotypes. A predictor that gives shares of 1 is read as such.
    std::vector<double> accuracies(std::span<const Genotype> genotypes) const;
    const train::AccuracyPredictor& predictor() const { return *predictor_; }

private:
    std::unique_ptr<arch::MbconvSpace> space_; ///< the others refer to it
    std::unique_ptr<device::BlockTimes> times_;
    std::unique_ptr<train::AccuracyPredictor> predictor_;
    double percent_ = 1; ///< of the predictor's unit
};

struct PublishedChoice {
    Genotype genotype;
    double accuracy = 0; ///< percent, predicted
    Seconds latency;
    std::size_t evaluations = 0;
    Seconds seconds; ///< that the search took
};

/// The most accurate network within the latency that the evolution finds. Throws Error where none fits.
PublishedChoice searchPublished(const PublishedNetwork& network, Seconds most, std::uint64_t seed,
                                std::size_t generations, Control& control,
                                search::EvolutionOptions options = {});

} // namespace greenfront::study
