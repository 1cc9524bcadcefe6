// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/published_search.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace greenfront::study {
namespace {

constexpr int classes = 1000; ///< of ImageNet, on which such networks are published
constexpr Bytes largestPredictor(256.0 * 1024 * 1024);

arch::MbconvParameters parametersFor(std::span<const device::LookupTable> tables) {
    constexpr std::array widths{1.0, 1.2};
    std::vector<int> resolutions;
    for (const device::LookupTable& table : tables) {
        resolutions.push_back(table.resolution());
        if (table.stem() != tables.front().stem())
            throw Error("use", "latency table " + table.name(),
                        "its first convolution has another width than that of " + tables.front().name(),
                        "Give tables of the same network");
    }
    if (const auto twice = std::ranges::adjacent_find(resolutions); twice != resolutions.end())
        throw Error("use", "latency tables", "two are for " + std::to_string(*twice) + " pixels",
                    "Give one table a resolution");
    const Shape input{3, resolutions.back(), resolutions.back()};
    for (const double width : widths) {
        arch::MbconvParameters parameters = arch::mobileNetV3(input, classes, width);
        parameters.resolutions = resolutions;
        if (parameters.stem == tables.front().stem())
            return parameters;
    }
    throw Error("use", "latency table " + tables.front().name(),
                "its first convolution has " + std::to_string(tables.front().stem()) + " channels",
                "Known are 16 and 24, of widths 1 and 1.2");
}

} // namespace

PublishedNetwork::PublishedNetwork(const std::filesystem::path& accuracyPredictor,
                                   const std::vector<std::filesystem::path>& latencyTables) {
    std::vector<device::LookupTable> tables;
    tables.reserve(latencyTables.size());
    for (const auto& file : latencyTables)
        tables.push_back(device::LookupTable::read(file));
    if (tables.empty())
        throw Error("search", "a published network", "there is no latency table", "Give one a resolution");
    std::ranges::sort(tables, {}, &device::LookupTable::resolution);
    space_ = std::make_unique<arch::MbconvSpace>(parametersFor(tables));
    times_ = std::make_unique<device::BlockTimes>(tables, *space_);
    const std::string subject = "accuracy predictor " + accuracyPredictor.string();
    const arch::Weights weights =
        arch::decodeSafetensors(readFile(accuracyPredictor, largestPredictor), subject);
    predictor_ = std::make_unique<train::AccuracyPredictor>(weights, train::publishedLayout(*space_), *space_,
                                                            subject);
    const std::vector<Genotype> largest{space_->largest()};
    constexpr float mostAsShare = 1.5F;
    constexpr double percent = 100;
    if (predictor_->predict(largest).front() <= mostAsShare)
        percent_ = percent;
}

std::vector<double> PublishedNetwork::accuracies(std::span<const Genotype> genotypes) const {
    const std::vector<float> values = predictor_->predict(genotypes);
    std::vector<double> accuracies(values.begin(), values.end());
    for (double& accuracy : accuracies)
        accuracy *= percent_;
    return accuracies;
}

PublishedChoice searchPublished(const PublishedNetwork& network, Seconds most, std::uint64_t seed,
                                std::size_t generations, Control& control, search::EvolutionOptions options) {
    const auto start = std::chrono::steady_clock::now();
    const arch::MbconvSpace& space = network.space();
    std::vector<int> choices;
    for (const arch::Gene& gene : space.genes())
        choices.push_back(static_cast<int>(gene.values.size()));
    const Genotype smallest = space.canonical(space.smallest());
    if (network.latency(smallest) > most)
        throw Error("search", "a network of at most " + numberText(most.value * 1000) + " ms",
                    "the smallest one takes " + fixedText(network.latency(smallest).value * 1000, 2) + " ms",
                    "Allow more, or take tables of a faster device");
    search::Evolution evolution(
        choices, options, seed, [&](Genotype genotype) { return space.canonical(std::move(genotype)); },
        [&](const Genotype& genotype) { return network.latency(genotype) <= most; });
    evolution.seedWith({smallest});
    PublishedChoice choice;
    for (std::size_t generation = 0; generation <= generations; ++generation) {
        control.checkpoint();
        const std::vector<Genotype> asked = evolution.ask();
        evolution.tell(network.accuracies(asked));
        choice.evaluations += asked.size();
    }
    std::tie(choice.genotype, choice.accuracy) = *evolution.best();
    choice.latency = network.latency(choice.genotype);
    choice.seconds = Seconds(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return choice;
}

} // namespace greenfront::study
