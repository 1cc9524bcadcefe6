// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/job_rows.h"

#include "ui/models/job_board.h"
#include "ui/models/texts.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>

namespace greenfront::ui {
namespace {

using study::JobInfo;
using study::JobState;

QString stateText(JobState state) {
    switch (state) {
    case JobState::Queued:
        return QStringLiteral("Waiting for its turn");
    case JobState::Running:
        return QStringLiteral("Running");
    case JobState::Paused:
        return QStringLiteral("Paused");
    case JobState::Cancelled:
        return QStringLiteral("Cancelled");
    case JobState::Failed:
        return QStringLiteral("Failed");
    case JobState::Finished:
        return QStringLiteral("Finished");
    }
    return {};
}

std::vector<JobAction> actionsFor(JobState state) {
    switch (state) {
    case JobState::Queued:
        return {JobAction::Cancel};
    case JobState::Running:
        return {JobAction::Pause, JobAction::Cancel};
    case JobState::Paused:
        return {JobAction::Resume, JobAction::Cancel};
    case JobState::Cancelled:
    case JobState::Failed:
        return {JobAction::Start};
    case JobState::Finished:
        return {};
    }
    return {};
}

/// What the workspace knows of a study, whatever its kind.
struct Work {
    QString name;
    Seconds seconds;
    Joules spent;
    QString notes; ///< why runs ended before all was done
};

Work workOf(const StudyEntry& entry) {
    Work work{entry.name(), {}, entry.spent, {}};
    QStringList notes;
    for (const auto& run : entry.runs) {
        work.seconds += run.seconds;
        if (!run.note.empty())
            notes << capitalised(qt(run.kind + (run.subject.empty() ? "" : " for " + run.subject))) +
                         QStringLiteral(": ") + qt(run.note);
    }
    work.notes = notes.join(QLatin1Char('\n'));
    return work;
}

Work workOf(const TuningEntry& entry) {
    return {entry.name, entry.trials.seconds, entry.trials.joules, {}};
}

std::optional<Work> findWork(StudyId id, const std::vector<StudyEntry>& studies,
                             const std::vector<TuningEntry>& tunings) {
    if (const StudyEntry* entry = findEntry(studies, id))
        return workOf(*entry);
    const auto found = std::ranges::find(tunings, id, &TuningEntry::id);
    return found == tunings.end() ? std::nullopt : std::optional(workOf(*found));
}

JobRow rowOf(StudyId study, const Work& work) {
    JobRow row;
    row.study = study;
    row.title = work.name;
    row.detail = work.notes;
    if (work.seconds.value > 0)
        row.times = qt(toText(work.seconds)) + QStringLiteral(" of work");
    if (work.spent.value > 0)
        row.energy = qt(toText(work.spent));
    return row;
}

JobRow rowOf(const JobInfo& job, const std::optional<Work>& work) {
    JobRow row = rowOf(job.study, work.value_or(Work{qt(job.title), {}, {}, {}}));
    row.job = job.id;
    row.state = stateText(job.state);
    row.error = qt(job.error);
    row.fraction = job.progress.fraction;
    row.active = isActive(job.state);
    row.actions = actionsFor(job.state);
    if (job.state == JobState::Finished)
        row.fraction = 1;
    if (!row.active)
        return row;
    if (!row.energy.isEmpty())
        row.energy += QStringLiteral(" so far");
    if (job.state == JobState::Running && job.progress.phase == study::waitingPhase) {
        row.state = QStringLiteral("Waiting for clean electricity");
        row.detail = capitalised(qt(job.progress.message));
        if (job.progress.remaining)
            row.times = QStringLiteral("goes on in about %1").arg(qt(toText(*job.progress.remaining)));
        return row;
    }
    row.expected = capitalised(qt(job.progress.forecast));
    QStringList detail{capitalised(qt(job.progress.phase)), qt(job.progress.message)};
    detail.removeAll(QString());
    row.detail = detail.join(QStringLiteral(" – "));
    if (job.progress.remaining)
        row.times = QStringLiteral("about %1 left").arg(qt(toText(*job.progress.remaining)));
    if (job.progress.remainingEnergy)
        row.energy += (row.energy.isEmpty() ? QString() : QStringLiteral(", ")) +
                      QStringLiteral("about %1 to come").arg(qt(toText(*job.progress.remainingEnergy)));
    return row;
}

/// Of a study that the queue does not know, because an earlier session ran it.
JobRow rowOf(const StudyEntry& entry) {
    JobRow row = rowOf(entry.id, workOf(entry));
    row.state = QStringLiteral("Finished");
    row.fraction = 1;
    if (entry.finished)
        return row;
    const auto& last = entry.runs.back();
    row.fraction = 0;
    row.state = last.state == store::RunState::Failed      ? QStringLiteral("Failed")
                : last.state == store::RunState::Cancelled ? QStringLiteral("Cancelled")
                : last.state == store::RunState::Running   ? QStringLiteral("Runs in another process")
                                                           : QStringLiteral("Interrupted");
    row.error = last.state == store::RunState::Failed ? qt(last.error) : QString();
    row.detail = last.state == store::RunState::Running
                     ? QString()
                     : QStringLiteral("Everything up to its last completed step is kept.");
    if (last.state != store::RunState::Running)
        row.actions = {JobAction::Start};
    return row;
}

/// busy: a job of this window runs, so that no other process can
JobRow rowOf(const TuningEntry& entry, bool busy) {
    JobRow row = rowOf(entry.id, workOf(entry));
    row.begun = entry.trials.all > 0;
    row.state = QStringLiteral("Finished");
    row.fraction = 1;
    if (entry.finished)
        return row;
    row.fraction = 0;
    const bool elsewhere = entry.running && !busy;
    row.state = elsewhere   ? QStringLiteral("Runs in another process")
                : row.begun ? QStringLiteral("Interrupted")
                            : QStringLiteral("Not started");
    if (elsewhere)
        return row;
    if (row.begun)
        row.detail = QStringLiteral("Every trial that has ended is kept.");
    row.actions = {JobAction::Start};
    return row;
}

int rank(const JobRow& row) {
    return row.active ? 0 : row.actions.empty() ? 2 : 1;
}

/// The latest job of a study stands for it.
std::optional<JobInfo> latestJob(const std::vector<JobInfo>& jobs, StudyId study) {
    std::optional<JobInfo> latest;
    for (const auto& job : jobs)
        if (job.study == study && (!latest || latest->id.value < job.id.value))
            latest = job;
    return latest;
}

} // namespace

std::vector<JobRow> jobRows(const std::vector<JobInfo>& jobs, const std::vector<StudyEntry>& studies,
                            const std::vector<TuningEntry>& tunings) {
    std::vector<JobRow> rows;
    for (const auto& job : jobs)
        if (latestJob(jobs, job.study)->id == job.id)
            rows.push_back(rowOf(job, findWork(job.study, studies, tunings)));
    std::for_each(studies.rbegin(), studies.rend(), [&](const StudyEntry& entry) {
        if (entry.begun() && !latestJob(jobs, entry.id))
            rows.push_back(rowOf(entry));
    });
    const bool busy = std::ranges::any_of(jobs, [](const JobInfo& job) { return isActive(job.state); });
    std::for_each(tunings.rbegin(), tunings.rend(), [&](const TuningEntry& entry) {
        if (entry.hasProgram && !latestJob(jobs, entry.id))
            rows.push_back(rowOf(entry, busy));
    });
    std::ranges::stable_sort(rows, {}, rank);
    return rows;
}

QString runningText(const std::vector<JobInfo>& jobs, const std::vector<StudyEntry>& studies,
                    const std::vector<TuningEntry>& tunings) {
    const auto running = std::ranges::find_if(jobs, [](const auto& job) {
        return job.state == JobState::Running || job.state == JobState::Paused;
    });
    if (running == jobs.end())
        return {};
    const JobRow row = rowOf(*running, findWork(running->study, studies, tunings));
    QStringList parts{row.state + QStringLiteral(": ") + row.title, row.detail, row.energy, row.times};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace greenfront::ui
