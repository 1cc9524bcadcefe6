// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/trial_study.h"
#include "core/search/objective.h"
#include "core/search/parameter_space.h"
#include "core/store/trials.h"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace greenfront::study {

struct ImportOptions {
    std::string name{};                          ///< of the study; of an Optuna file, which one to take
    std::vector<search::Objective> objectives{}; ///< of a table, its columns; of an Optuna study, new names
    std::vector<std::string> parameters{};       ///< of a table, its columns
};

/// One study as it can be kept: its trials lie in its space, in the order in which they ended.
struct TrialsToImport {
    std::string name;
    search::ParameterSpace space;
    std::vector<search::Objective> objectives;
    Json fixed, source;
    std::vector<formats::ForeignTrial> trials;
    std::size_t unfinished = 0; ///< left out: running or waiting
    std::size_t outside = 0;    ///< left out: without a value for each parameter, or beyond the space
    std::string firstOutside{}; ///< why, of the first of those
    std::vector<std::string> notes;

    std::size_t count(formats::TrialEnd end) const;
};

struct FileOfTrials {
    std::string name; ///< of the file
    std::string hash; ///< "import-" and the SHA-256 of its content
    std::vector<TrialsToImport> studies;
    std::vector<std::string> leftOut; ///< studies without a trial or a parameter, and why
};

/// Reads an Optuna SQLite file, or else a table with a row a trial (formats/optuna_study.h and
/// trial_table.h). Throws Error where there is nothing to import, or it cannot be told what is what.
FileOfTrials readTrials(const std::filesystem::path& file, const ImportOptions& options);

struct ImportedStudy {
    StudyId id;
    bool found = false; ///< it was there already, from the same file
};

/// Keeps them as studies of store::tuningKind, all or none: one a study, in their order. The config is
/// {"format": "greenfront-tuning", "version": 1, "name", "space", "objectives": ["min:loss"], "fixed",
/// "source"}. What a trial reported while it ran is the run's series of the first objective's name.
std::vector<ImportedStudy> importTrials(store::Workspace& workspace, const FileOfTrials& file);

} // namespace greenfront::study
