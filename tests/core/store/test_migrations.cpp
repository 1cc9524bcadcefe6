// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include "core/store/migrations.h"
#include "core/store/schema.h"

#include <QTest>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;

namespace {

int run(sqlite3* handle, const char* sql) {
    return sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
}

/// A workspace of before the first version: marked, and without tables.
std::filesystem::path oldFile(const TestFolder& folder) {
    const auto path = folder / "old.greenfront";
    sqlite3* handle = nullptr;
    sqlite3_open(path.string().c_str(), &handle);
    run(handle, "PRAGMA application_id = 0x47524654");
    sqlite3_close(handle);
    return path;
}

/// Steps that follow on those of this version, each of which is replaced by `done`.
std::vector<std::string_view> after(std::string_view done, const std::vector<std::string_view>& added) {
    std::vector<std::string_view> steps(migrations().size(), done);
    steps.insert(steps.end(), added.begin(), added.end());
    return steps;
}

} // namespace

/// How files of older versions become files of this one.
class TestMigrations : public QObject {
    Q_OBJECT
private slots:
    void openingBringsAnOldFileUpToDate() {
        const TestFolder folder;
        const auto path = oldFile(folder);
        COMPLAINS("made by an older version", Workspace::open(path, Access::ReadOnly));
        {
            auto workspace = Workspace::open(path);
            addRunWithStudy(workspace);
        }
        auto workspace = Workspace::open(path, Access::ReadOnly);
        QCOMPARE(allRuns(workspace).size(), std::size_t{1});
    }

    void onlyWhatIsMissingIsDone() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto steps = after("this is not SQL, and has been done already",
                                 {"CREATE TABLE second (x INTEGER)",
                                  "INSERT INTO second VALUES (1); INSERT INTO second VALUES (2)"});
        QCOMPARE(versionOf(workspace, steps), migrations().size());
        migrate(workspace, steps);
        QCOMPARE(versionOf(workspace, steps), steps.size());
        migrate(workspace, steps);
        QCOMPARE(run(workspace.handle(), "DELETE FROM second"), SQLITE_OK);
        QCOMPARE(sqlite3_changes(workspace.handle()), 2);
    }

    void aFailureLeavesTheFileAsItWas() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto steps = after("", {"CREATE TABLE second (x)", "CREATE TABLE second (x)"});
        COMPLAINS("second", migrate(workspace, steps));
        QCOMPARE(versionOf(workspace, steps), migrations().size());
        QVERIFY(run(workspace.handle(), "SELECT * FROM second") != SQLITE_OK);
    }
};

QTEST_APPLESS_MAIN(TestMigrations)
#include "test_migrations.moc"
