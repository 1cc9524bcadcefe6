// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/study/study_state.h"

#include "ui/models/job_board.h"

#include <QCoreApplication>

#include <algorithm>

namespace greenfront::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("StudyState", text);
}

} // namespace

StudyState stateOf(const StudyEntry& entry, const study::Study& edited,
                   const std::vector<study::JobInfo>& jobs) {
    const bool changed = edited.parameters != entry.study.parameters || edited.space != entry.study.space;
    const bool active = std::ranges::any_of(
        jobs, [&](const auto& job) { return job.study == entry.id && isActive(job.state); });
    if (changed && entry.begun())
        return {tr("Changed values start a study of their own; the earlier one is kept."), tr("Start")};
    if (active)
        return {tr("This study is running. See Jobs and Training."), tr("Running"), false};
    if (entry.finished)
        return {tr("This study is finished. Change a value to start another one."), tr("Finished"), false};
    if (entry.begun() && entry.runs.back().state == store::RunState::Running)
        return {tr("Another process is running this study."), tr("Running"), false};
    if (entry.begun())
        return {tr("This study was interrupted; what it had done is kept."), tr("Resume")};
    return {tr("Ready to start."), tr("Start")};
}

} // namespace greenfront::ui
