// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recipe_search.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/search/azure_space.h"
#include "core/study/recipe_space.h"
#include "core/study/tuning_history.h"
#include "ui/models/texts.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <span>

namespace greenfront::ui {
namespace {

std::string documentOf(const study::Study& study) {
    return study::toJson(study).dump(2) + "\n";
}

} // namespace

QString cliProgram() {
    const QString name = QStringLiteral("greenfront-cli");
    const QString folder = QCoreApplication::applicationDirPath();
    for (const QString& found :
         {QStandardPaths::findExecutable(name, {folder}), QStandardPaths::findExecutable(name)})
        if (!found.isEmpty())
            return found;
    throw Error("tune a study's recipe", "with greenfront-cli",
                "it is neither in " + folder.toStdString() + " nor in the folders of PATH",
                "Install it beside this program, or give a program of your own");
}

RecipeSearch recipeOf(const study::Study& study, const std::filesystem::path& workspace) {
    constexpr std::size_t digits = 8;
    const std::string text = documentOf(study);
    const std::string hash = sha256(std::as_bytes(std::span(text))).substr(0, digits);
    std::filesystem::path file = workspace;
    file.replace_extension(".study-" + hash + ".json");
    return {study, file};
}

SearchDraft recipeDraft(const RecipeSearch& recipe, const QString& program,
                        const std::vector<TuningEntry>& others) {
    study::Tuning tuning{.name = "recipe of " + recipe.study.name,
                         .space = study::recipeSpace(study::studyParameters())};
    tuning.command = {program.toStdString(), "study", "try", fromPath(recipe.file).toStdString()};
    const auto space = search::readParameterSpace(tuning.space);
    for (const search::SpaceParameter& parameter : space.parameters()) {
        tuning.command.emplace_back("--set");
        tuning.command.push_back(std::string(parameter.name).append("={").append(parameter.name) + "}");
    }
    tuning.objectives = {{"accuracy_largest", Direction::Maximise}, {"energy_j", Direction::Minimise}};
    tuning.budget.trials = 30;
    return draftOf(tuning, others);
}

StudyId putSearch(store::Workspace& workspace, const SearchOrder& order) {
    study::Tuning tuning = order.tuning;
    for (const RecipeSearch& recipe : order.recipes) {
        writeFile(recipe.file, documentOf(recipe.study));
        tuning.metaFeatures = study::metaFeaturesOf(recipe.study);
    }
    return study::putTuning(workspace, tuning, order.history);
}

} // namespace greenfront::ui
