// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/study.h"
#include "ui/models/search_draft.h"

#include <filesystem>
#include <vector>

namespace greenfront::ui {

/// A study whose recipe is tuned, by greenfront-cli, which reads it from a file.
struct RecipeSearch {
    study::Study study;
    std::filesystem::path file;
};

/// A search that can be started.
struct SearchOrder {
    study::Tuning tuning{};
    std::vector<std::filesystem::path> history{}; ///< other workspaces that it learns from
    std::vector<RecipeSearch> recipes{};          ///< those whose file the command reads
};
/// On the workspace's thread: writes what the command reads, then stores the search. Throws Error.
StudyId putSearch(store::Workspace& workspace, const SearchOrder& order);

/// greenfront-cli beside this program, else in PATH; throws Error where it is not.
QString cliProgram();
/// A file beside the workspace that is named after the study and what it says.
RecipeSearch recipeOf(const study::Study& study, const std::filesystem::path& workspace);
/// The parameters of the recipe that are worth a search, and the program that tries them.
SearchDraft recipeDraft(const RecipeSearch& recipe, const QString& program,
                        const std::vector<TuningEntry>& others);

} // namespace greenfront::ui
