// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/studies.h"

#include "ui/models/texts.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>

namespace greenfront::ui {
namespace {

QString joined(const Json& list, const char* separator) {
    QStringList texts;
    for (const Json& item : list)
        texts << (item.is_string() ? qt(item.get<std::string>()) : qt(item.dump()));
    return texts.join(QString::fromUtf8(separator));
}

QString classesText(const Json& classes) {
    constexpr std::size_t shown = 12;
    if (!classes.is_array())
        return {};
    const Json few = classes.size() > shown ? Json(classes.begin(), classes.begin() + shown) : classes;
    return QStringLiteral("%1: %2%3")
        .arg(QString::number(classes.size()), joined(few, ", "),
             classes.size() > shown ? QStringLiteral(", …") : QString());
}

/// Parts as an object by name or as an array in the order of data::Part.
QString samplesText(const Json& samples) {
    const QLocale locale;
    QStringList texts;
    constexpr std::array names{"train", "validation", "test"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Json* part = nullptr;
        if (samples.is_object() && samples.contains(names[i]))
            part = &samples.at(names[i]);
        else if (samples.is_array() && i < samples.size())
            part = &samples.at(i);
        if (part != nullptr && part->is_number())
            texts << QStringLiteral("%1 %2").arg(locale.toString(part->get<qlonglong>()),
                                                 QString::fromUtf8(names[i]));
    }
    return texts.join(QStringLiteral(" · "));
}

const Json& memberOf(const Json& json, const char* key) {
    static const Json none;
    return json.is_object() && json.contains(key) ? json.at(key) : none;
}

Joules spentBy(store::Workspace& workspace, const std::vector<store::RunRow>& runs) {
    Joules sum;
    for (const auto& run : runs)
        for (const auto& total : store::energyTotals(workspace, run.id))
            sum += total.joules;
    return sum;
}

} // namespace

QString StudyEntry::name() const {
    return study.name.empty() ? QStringLiteral("Study %1").arg(id.value) : qt(study.name);
}

std::vector<StudyEntry> loadStudies(store::Workspace& workspace) {
    const auto allRuns = store::allRuns(workspace);
    std::vector<StudyEntry> entries;
    for (const auto& row : store::allStudies(workspace)) {
        StudyEntry entry{.id = row.id,
                         .study = study::loadStudy(workspace, row.id),
                         .data = store::findData(workspace, row.dataHash),
                         .runs = {},
                         .spent = {},
                         .finished = study::isFinished(workspace, row.id)};
        entry.study.name = row.name;
        std::ranges::copy_if(allRuns, std::back_inserter(entry.runs),
                             [&](const store::RunRow& run) { return run.study == row.id; });
        entry.spent = spentBy(workspace, entry.runs);
        entries.push_back(std::move(entry));
    }
    return entries;
}

const StudyEntry* findEntry(const std::vector<StudyEntry>& studies, StudyId id) {
    const auto found = std::ranges::find(studies, id, &StudyEntry::id);
    return found == studies.end() ? nullptr : &*found;
}

StudyId studyToShow(const std::vector<StudyEntry>& studies) {
    const auto begun =
        std::find_if(studies.rbegin(), studies.rend(), [](const auto& s) { return s.begun(); });
    if (begun != studies.rend())
        return begun->id;
    return studies.empty() ? StudyId{} : studies.back().id;
}

std::vector<std::pair<QString, QString>> dataSummary(const std::optional<store::DataRow>& data,
                                                     const std::string& source) {
    std::vector<std::pair<QString, QString>> rows{{QStringLiteral("From"), qt(source)}};
    if (!data)
        return rows;
    const QString shape = joined(memberOf(data->info, "shape"), " × ");
    rows.emplace_back(QStringLiteral("Data set"),
                      QStringLiteral("%1 (%2)").arg(qt(data->name), qt(data->kind)));
    rows.emplace_back(QStringLiteral("Samples"), samplesText(memberOf(data->info, "samples")));
    rows.emplace_back(QStringLiteral("Input"), shape + QStringLiteral(" (channels × height × width)"));
    rows.emplace_back(QStringLiteral("Classes"), classesText(memberOf(data->info, "classes")));
    rows.emplace_back(QStringLiteral("Content"), qt(data->hash.substr(0, 12)));
    return rows;
}

} // namespace greenfront::ui
