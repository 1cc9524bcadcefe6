// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/transfer_record.h"
#include "core/study/tuning.h"

#include <filesystem>
#include <optional>
#include <span>

namespace greenfront::study {

struct Study;

/// What a new tuning may learn from: the studies of parameters in its workspace and in others that have its
/// objectives among theirs, oldest first; nothing where it does not learn. Of each at most the newest 1,000
/// trials with a result. Throws Error where another workspace cannot be read.
search::History pastOf(const Tuning& tuning, store::Workspace& workspace,
                       std::span<const std::filesystem::path> others);

/// A search that is taken up again learns from what it began with, whatever has come to the workspace since.
void putHistory(store::Workspace& workspace, StudyId id, const search::History& history);
/// Empty for a study that keeps none.
search::History loadHistory(store::Workspace& workspace, StudyId id);

/// What the search has used of it, when it ended last.
void putTransferRecord(store::Workspace& workspace, StudyId id, const search::TransferRecord& record);
std::optional<search::TransferRecord> findTransferRecord(store::Workspace& workspace, StudyId id);

/// Of the study's data set, each as its logarithm to the base 10: samples, classes and numbers a sample.
search::MetaFeatures metaFeaturesOf(const Study& study);

} // namespace greenfront::study
