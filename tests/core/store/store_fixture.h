// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"
#include "core/store/runs.h"
#include "core/store/studies.h"
#include "core/store/workspace.h"

#include <QTemporaryDir>
#include <filesystem>
#include <functional>
#include <string>

namespace greenfront::store {

/// A folder of a test's own, gone with the object.
class TestFolder {
public:
    std::filesystem::path operator/(const std::string& name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

private:
    QTemporaryDir folder_;
};

/// A data set and a study: what everything else in a workspace hangs on.
inline StudyId addStudyWithData(Workspace& workspace) {
    putData(workspace, {"0123abcd", "shapes", "built-in", {{"samples", 100}}, {{"seed", 1}}});
    return addStudy(workspace, "first", "0123abcd", {{"epochs", 3}});
}

inline RunId addRunTo(Workspace& workspace, StudyId study) {
    RunRow row;
    row.study = study;
    row.kind = "training";
    return addRun(workspace, row);
}

inline RunId addRunWithStudy(Workspace& workspace) {
    return addRunTo(workspace, addStudyWithData(workspace));
}

/// What the Error says that an action throws; empty if it throws none.
inline QString complaintOf(const std::function<void()>& action) {
    try {
        action();
        return {};
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
}

} // namespace greenfront::store

/// Does an action throw an Error whose text has this in it?
#define COMPLAINS(text, ...)                                                                                 \
    do {                                                                                                     \
        const QString complaint = greenfront::store::complaintOf([&] { __VA_ARGS__; });                      \
        QVERIFY2(complaint.contains(QStringLiteral(text)),                                                   \
                 qPrintable(QStringLiteral("it said: \"") + complaint + QLatin1Char('"')));                  \
    } while (false)
