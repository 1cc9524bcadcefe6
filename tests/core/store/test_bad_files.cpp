// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include "core/store/schema.h"

#include <QTest>
#include <fstream>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;
namespace fs = std::filesystem;

namespace {

/// Runs SQL on a file without Greenfront.
void change(const fs::path& path, const char* sql) {
    sqlite3* handle = nullptr;
    QCOMPARE(sqlite3_open(path.string().c_str(), &handle), SQLITE_OK);
    QCOMPARE(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
}

void closedWorkspace(const fs::path& path) {
    auto workspace = Workspace::create(path);
    for (int i = 0; i < 200; ++i)
        addRunWithStudy(workspace);
}

} // namespace

/// Files that are not what they should be: each is told apart, and none is changed.
class TestBadFiles : public QObject {
    Q_OBJECT
private slots:
    void aMissingFile() {
        const TestFolder folder;
        COMPLAINS("there is no such file", Workspace::open(folder / "absent.greenfront"));
        COMPLAINS("there is no such file", Workspace::open(folder / "absent.greenfront", Access::ReadOnly));
        QVERIFY(!fs::exists(folder / "absent.greenfront"));
    }

    void aMissingFolder() {
        const TestFolder folder;
        COMPLAINS("its folder does not exist", Workspace::create(folder / "absent/w.greenfront"));
        QVERIFY(!fs::exists(folder / "absent"));
    }

    void aFolder() {
        const TestFolder folder;
        fs::create_directory(folder / "d.greenfront");
        COMPLAINS("it is a folder", Workspace::open(folder / "d.greenfront"));
        COMPLAINS("it is a folder", Workspace::openOrCreate(folder / "d.greenfront"));
    }

    void anEmptyFile() {
        const TestFolder folder;
        std::ofstream(folder / "w.greenfront").close();
        COMPLAINS("it is empty", Workspace::open(folder / "w.greenfront"));
    }

    void aTextFile() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        std::ofstream(path) << std::string(5000, 'x');
        for (const auto access : {Access::ReadOnly, Access::ReadWrite})
            COMPLAINS("it is not a Greenfront workspace", Workspace::open(path, access));
        COMPLAINS("it is not a Greenfront workspace", Workspace::openOrCreate(path));
        QCOMPARE(fs::file_size(path), std::uintmax_t{5000});
        std::ofstream(path) << "short";
        COMPLAINS("it is not a Greenfront workspace", Workspace::open(path));
    }

    void anotherProgramsDatabase() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        change(path, "CREATE TABLE mine (x)");
        for (const auto access : {Access::ReadOnly, Access::ReadWrite})
            COMPLAINS("it is not a Greenfront workspace", Workspace::open(path, access));
        change(path, "PRAGMA application_id = 12345");
        COMPLAINS("it is not a Greenfront workspace", Workspace::open(path));
    }

    void aNewerVersion() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        closedWorkspace(path);
        change(path, "PRAGMA user_version = 1000");
        for (const auto access : {Access::ReadOnly, Access::ReadWrite})
            COMPLAINS("it was made by a newer version of Greenfront. Update Greenfront",
                      Workspace::open(path, access));
        change(path, "PRAGMA user_version = -1");
        COMPLAINS("its version is negative", Workspace::open(path));
    }

    void aFileWithoutTheTables() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        const auto newest = std::to_string(migrations().size());
        change(path,
               ("CREATE TABLE mine (x); PRAGMA application_id = 0x47524654; PRAGMA user_version = " + newest)
                   .c_str());
        auto workspace = Workspace::open(path);
        COMPLAINS("not laid out as this version expects (no such table: studies)", allStudies(workspace));
    }

    void aDamagedFile() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        closedWorkspace(path);
        {
            std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
            file.seekp(4096); // the first page stands
            file << std::string(fs::file_size(path) - 4096, '\x5a');
        }
        COMPLAINS("w.greenfront: the file is damaged", {
            auto workspace = Workspace::open(path, Access::ReadOnly);
            allRuns(workspace);
        });
    }

    void aTruncatedFile() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        closedWorkspace(path);
        fs::resize_file(path, 4096 * 2);
        COMPLAINS("the file is damaged", {
            auto workspace = Workspace::open(path);
            allRuns(workspace);
        });
    }

    void aValueOutOfProportion() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        closedWorkspace(path);
        change(path, "UPDATE studies SET config = zeroblob(100000000) WHERE id = 1");
        auto workspace = Workspace::open(path);
        COMPLAINS("one value in it is too large", findStudy(workspace, {1}));
    }

    void aLockedFile() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        auto other = Workspace::open(folder / "w.greenfront");
        const Transaction transaction(other);
        sqlite3_busy_timeout(workspace.handle(), 20);
        COMPLAINS("another program keeps it locked", addStudyWithData(workspace));
        QVERIFY(allStudies(workspace).empty()); // reading goes on
    }

    void aFileThatMayNotBeWritten() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        closedWorkspace(path);
        fs::permissions(path, fs::perms::owner_read);
        if (std::ofstream(path, std::ios::app))
            QSKIP("this user may write every file");
        COMPLAINS("it can only be read", Workspace::open(path));
        auto workspace = Workspace::open(path, Access::ReadOnly);
        QCOMPARE(allRuns(workspace).size(), std::size_t{200});
    }
};

QTEST_APPLESS_MAIN(TestBadFiles)
#include "test_bad_files.moc"
