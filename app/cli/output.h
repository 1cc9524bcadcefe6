// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/progress.h"
#include "core/store/workspace.h"

#include <string>
#include <vector>

namespace greenfront::cli {

void printJson(const OrderedJson& json);

/// Columns as wide as their widest cell, the first row as a heading; numbers to the right.
void printTable(const std::vector<std::vector<std::string>>& rows);

/// Writes progress to standard error, a line every two seconds and whenever the phase changes.
ProgressSink progressPrinter();

/// Any: a search for parameters too, where there is no supernet's study.
enum class StudyChoice { Supernet, Any };
/// The study with this number, or the newest one if it is 0; throws Error if there is none.
StudyId chooseStudy(store::Workspace& workspace, std::int64_t number,
                    StudyChoice choice = StudyChoice::Supernet);

} // namespace greenfront::cli
