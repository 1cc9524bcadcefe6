// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/jobs.h"
#include "ui/models/studies.h"

#include <QString>

#include <vector>

namespace greenfront::ui {

/// What the start button does for the study as it stands on the page.
struct StudyState {
    QString text, button;
    bool canStart = true;
};

StudyState stateOf(const StudyEntry& entry, const study::Study& edited,
                   const std::vector<study::JobInfo>& jobs);

} // namespace greenfront::ui
