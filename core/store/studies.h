// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/store/workspace.h"

#include <string>
#include <string_view>
#include <vector>

namespace greenfront::store {

struct DataRow {
    std::string hash, name, kind;
    Json info;   ///< classes, shape, samples
    Json source; ///< how to open it again
};

void putData(Workspace& workspace, const DataRow& row); ///< nothing if it is there already
std::optional<DataRow> findData(Workspace& workspace, const std::string& hash);
std::vector<DataRow> allData(Workspace& workspace);

/// What is searched: the networks of a supernet, or the parameters of something else (trials.h).
constexpr std::string_view supernetKind = "supernet", tuningKind = "tuning";

struct StudyRow {
    StudyId id;
    std::string name, created; ///< ISO 8601, UTC
    std::string dataHash;
    Json config;
    std::string kind = std::string(supernetKind);
};

StudyId addStudy(Workspace& workspace, const std::string& name, const std::string& dataHash,
                 const Json& config, std::string_view kind = supernetKind);
void renameStudy(Workspace& workspace, StudyId id, const std::string& name);
void setStudyConfig(Workspace& workspace, StudyId id, const Json& config);
std::optional<StudyRow> findStudy(Workspace& workspace, StudyId id);
std::vector<StudyRow> allStudies(Workspace& workspace,
                                 std::string_view kind = supernetKind); ///< oldest first

/// What a study keeps beside its configuration, by name. Replaces an earlier one.
void putStudyDocument(Workspace& workspace, StudyId id, const std::string& name, const Json& document);
std::optional<Json> findStudyDocument(Workspace& workspace, StudyId id, const std::string& name);

} // namespace greenfront::store
