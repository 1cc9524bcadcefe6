// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/nn/model.h"
#include "core/store/candidates.h"
#include "core/study/results.h"
#include "core/study/trained.h"
#include "core/train/evaluate.h"

namespace greenfront::study {
namespace {

constexpr double joulesPerKwh = 3.6e6;

/// All energy of the study so far: the search and the training are what this model cost.
void addEnergy(formats::ModelFile& file, store::Workspace& workspace, const Study& study, StudyId id) {
    Joules total;
    for (const store::RunRow& run : store::runsOf(workspace, id))
        for (const store::EnergyRow& row : store::energyTotals(workspace, run.id)) {
            file.energy.push_back({row.phase, row.source, row.joules, row.provenance});
            total += row.joules;
        }
    const double intensity = study.parameters.at("grid_intensity").get<double>();
    file.carbon = GramsCO2e(total.value / joulesPerKwh * intensity);
    file.carbonMethod =
        "energy of training and search times a grid intensity of " + numberText(intensity) +
        " g CO2e/kWh, location-based, set in the study (its default is the world's average of 2023, "
        "Ember, Global Electricity Review 2024)";
}

std::string genotypeText(const arch::SearchSpace& space, const Genotype& genotype) {
    std::string text;
    for (std::size_t i = 0; i < genotype.size(); ++i) {
        const arch::Gene& gene = space.genes()[i];
        text += (i > 0 ? " " : "") + gene.name + "=" +
                std::to_string(gene.values[static_cast<std::size_t>(genotype[i])]);
    }
    return text;
}

} // namespace

void exportNetwork(store::Workspace& workspace, const NetworkChoice& choice, formats::Format format,
                   const std::filesystem::path& path, Control& control) {
    const Trained trained(workspace, choice.study, control);
    const data::Info& info = trained.dataset().info();
    formats::ModelFile file;
    file.model = trained.model(choice.genotype);
    file.name = trained.study().name +
                (choice.candidate ? " candidate " + std::to_string(choice.candidate->value) : "");
    file.classes = info.classes;
    file.dataName = info.name;
    file.dataKind = info.kind;
    file.dataHash = info.hash;
    file.inputRange = info.kind == "usps" ? "-1..1" : "0..255";
    if (choice.candidate)
        file.metrics = store::metricsOf(workspace, *choice.candidate);
    const auto test =
        train::evaluate(nn::Model(file.model), trained.dataset(), data::Part::Test, false, control);
    file.metrics.emplace_back("", train::accuracyMetric(test, data::Part::Test));
    addEnergy(file, workspace, trained.study(), choice.study);
    file.genotype = genotypeText(trained.space(), choice.genotype);
    file.created = utcNow();
    formats::writeModel(file, format, path);
}

} // namespace greenfront::study
