// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include <QTest>
#include <array>
#include <fstream>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;
namespace fs = std::filesystem;

namespace {

std::string bytesAt(const fs::path& path, std::streamoff offset, std::size_t size) {
    std::string bytes(size, '\0');
    std::ifstream in(path, std::ios::binary);
    in.seekg(offset).read(bytes.data(), static_cast<std::streamsize>(size));
    return bytes;
}

} // namespace

/// The file itself: how it is made, opened, copied and closed.
class TestWorkspace : public QObject {
    Q_OBJECT
private slots:
    void aNewFileIsMarkedAndAloneAfterClosing() {
        const TestFolder folder;
        const auto path = folder / "sp a#c?e %41 \xc3\xa4.greenfront";
        {
            auto workspace = Workspace::create(path);
            QVERIFY(workspace.path() == path);
            QVERIFY(workspace.hasWriteAheadLog());
            addStudyWithData(workspace);
        }
        QCOMPARE(bytesAt(path, 0, 15), std::string("SQLite format 3"));
        QCOMPARE(bytesAt(path, 68, 4), std::string("GRFT"));
        const auto folderPath = path.parent_path();
        QCOMPARE(std::distance(fs::directory_iterator(folderPath), fs::directory_iterator()), 1);
        auto workspace = Workspace::open(path, Access::ReadOnly);
        QCOMPARE(allStudies(workspace).size(), std::size_t{1});
    }

    void creatingNeverReplacesAFile() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        std::ofstream(path) << "mine";
        COMPLAINS("a file of this name is there already", Workspace::create(path));
        QCOMPARE(bytesAt(path, 0, 4), std::string("mine"));
    }

    void openOrCreateDoesEither() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        {
            auto workspace = Workspace::openOrCreate(path);
            addStudyWithData(workspace);
        }
        auto workspace = Workspace::openOrCreate(path);
        QCOMPARE(allStudies(workspace).size(), std::size_t{1});
        std::ofstream(folder / "empty.greenfront").close();
        auto filled = Workspace::openOrCreate(folder / "empty.greenfront");
        QVERIFY(allStudies(filled).empty());
    }

    void aWorkspaceMoves() {
        const TestFolder folder;
        auto first = Workspace::create(folder / "a.greenfront");
        auto second = Workspace::create(folder / "b.greenfront");
        addStudyWithData(first);
        QVERIFY(allStudies(second).empty());
        second = std::move(first);
        QVERIFY(second.path() == folder / "a.greenfront");
        QCOMPARE(allStudies(second).size(), std::size_t{1});
        QVERIFY(!fs::exists(folder / "b.greenfront-wal"));
        auto third = std::move(second);
        QCOMPARE(allStudies(third).size(), std::size_t{1});
    }

    void whatIsOpenedForReadingCannotBeWritten() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        RunId run;
        {
            auto workspace = Workspace::create(path);
            run = addRunWithStudy(workspace);
        }
        auto workspace = Workspace::open(path, Access::ReadOnly);
        COMPLAINS("it can only be read", renameStudy(workspace, {1}, "x"));
        COMPLAINS("it can only be read", putSeries(workspace, run, "loss", std::array{SeriesPoint{1, 1}}));
        const Transaction oneMoment(workspace); // several reads may want to see the same
        QCOMPARE(allRuns(workspace).size(), std::size_t{1});
    }

    void aTransactionThatIsNotCommittedLeavesNothing() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        {
            const Transaction transaction(workspace);
            addRunWithStudy(workspace);
            putSeries(workspace, run, "loss", std::array{SeriesPoint{1, 1}});
        }
        QCOMPARE(allRuns(workspace).size(), std::size_t{1});
        QVERIFY(seriesNames(workspace, run).empty());
        {
            Transaction transaction(workspace);
            putSeries(workspace, run, "loss", std::array{SeriesPoint{1, 1}});
            transaction.commit();
        }
        QCOMPARE(series(workspace, run, "loss").size(), std::size_t{1});
    }

    void aChangeByAnotherConnectionShows() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        auto writer = Workspace::create(path);
        const auto reader = Workspace::open(path, Access::ReadOnly);
        const auto before = reader.dataVersion();
        QCOMPARE(reader.dataVersion(), before);
        const auto own = writer.dataVersion();
        addStudyWithData(writer);
        QVERIFY(reader.dataVersion() != before);
        QCOMPARE(writer.dataVersion(), own);
    }

    void aCopyHoldsEverything() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        putSeries(workspace, run, "loss", std::array{SeriesPoint{1, 0.5}});
        workspace.saveAs(folder / "copy.greenfront");
        renameStudy(workspace, {1}, "changed later");
        auto copy = Workspace::open(folder / "copy.greenfront");
        QCOMPARE(series(copy, run, "loss")[0].value, 0.5);
        QCOMPARE(allStudies(copy)[0].name, std::string("first"));
        QVERIFY(copy.hasWriteAheadLog());
        COMPLAINS("there already", workspace.saveAs(folder / "copy.greenfront"));
        COMPLAINS("folder does not exist", workspace.saveAs(folder / "absent/copy.greenfront"));
    }
};

QTEST_APPLESS_MAIN(TestWorkspace)
#include "test_workspace.moc"
