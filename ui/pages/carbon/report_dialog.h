// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/studies.h"
#include "ui/pages/write_dialog.h"

namespace greenfront::ui {

/// Writes the study's energy and carbon as a report.
WriteDialog* makeReportDialog(const std::filesystem::path& workspace, StudyId study, QWidget* parent);

} // namespace greenfront::ui
