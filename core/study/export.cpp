// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/nn/model.h"
#include "core/store/candidates.h"
#include "core/study/carbon.h"
#include "core/study/results.h"
#include "core/study/trained.h"
#include "core/train/evaluate.h"

namespace greenfront::study {
namespace {

/// All energy of the study so far: the search and the training are what this model cost.
void addEnergy(formats::ModelFile& file, store::Workspace& workspace, const Study& study, StudyId id) {
    const StudyAccount account = accountOf(workspace, id);
    for (const RunAccount& run : account.runs)
        for (const store::EnergyRow& row : run.energy)
            file.energy.push_back({row.phase, row.source, row.joules, row.provenance});
    const CarbonSettings settings = carbonSettings(study);
    file.carbon = energy::carbonOf(account.joules.value, settings.grid.value, settings.pue);
    file.carbonMethod = "energy of training and search times a PUE of " + numberText(settings.pue) +
                        " times a grid intensity of " + describe(settings.grid);
}

/// The candidate's metrics, and what follows from them for each device.
std::vector<std::pair<std::string, Metric>> metricsWithLifecycle(store::Workspace& workspace,
                                                                 const NetworkChoice& choice) {
    auto metrics = store::metricsOf(workspace, *choice.candidate);
    for (const std::string& device : store::devicesOf(workspace, choice.study)) {
        auto all = store::metricsFor(workspace, choice.study, device);
        std::map<CandidateId, std::map<std::string, Metric>> own{{*choice.candidate, all[*choice.candidate]}};
        addLifecycle(workspace, choice.study, device, own);
        if (const auto& found = own.begin()->second; found.contains(lifecycleName))
            metrics.emplace_back(device, found.at(lifecycleName));
    }
    return metrics;
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

/// What a value of the input means.
std::string inputRangeOf(const data::Info& info) {
    if (!info.table)
        return info.kind == "usps" ? "-1..1" : "0..255";
    std::string text = "in this order, with what stands for a missing number: ";
    for (std::size_t i = 0; i < info.table->features.size(); ++i)
        text += (i > 0 ? ", " : "") + info.table->features[i] + " " +
                numberText(static_cast<double>(info.table->medians[i]));
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
    file.inputRange = inputRangeOf(info);
    if (choice.candidate)
        file.metrics = metricsWithLifecycle(workspace, choice);
    const auto test =
        train::evaluate(nn::Model(file.model), trained.dataset(), data::Part::Test, false, control);
    file.metrics.emplace_back("", train::accuracyMetric(test, data::Part::Test));
    addEnergy(file, workspace, trained.study(), choice.study);
    file.genotype = genotypeText(trained.space(), choice.genotype);
    file.created = utcNow();
    formats::writeModel(file, format, path);
}

} // namespace greenfront::study
