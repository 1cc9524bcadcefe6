// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/studies.h"
#include "ui/pages/write_dialog.h"

namespace greenfront::ui {

/// Writes a candidate as a model file, with its card beside it.
WriteDialog* makeExportDialog(const std::filesystem::path& workspace, StudyId study, CandidateId candidate,
                              QWidget* parent);

} // namespace greenfront::ui
