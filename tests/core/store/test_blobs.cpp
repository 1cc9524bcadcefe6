// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/blobs.h"
#include "store_fixture.h"

#include <QTest>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;

namespace {

constexpr std::size_t megabyte = 1 << 20;

std::string noise(std::size_t size, std::uint64_t seed) {
    std::string bytes(size, '\0');
    std::uint64_t state = seed; // a linear congruence (Knuth's MMIX) is random enough, and quick
    for (auto& byte : bytes) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        byte = static_cast<char>(state >> 56U);
    }
    return bytes;
}

int ask(Workspace& workspace, const char* sql) {
    int answer = -1;
    const auto read = [](void* to, int, char** values, char**) {
        *static_cast<int*>(to) = std::atoi(values[0]);
        return 0;
    };
    return sqlite3_exec(workspace.handle(), sql, read, &answer, nullptr) == SQLITE_OK ? answer : -1;
}

int chunksIn(Workspace& workspace) {
    return ask(workspace, "SELECT count(*) FROM chunks");
}

} // namespace

/// Weights: cut into chunks of 1 MiB, each stored once, each checked.
class TestBlobs : public QObject {
    Q_OBJECT
private slots:
    void contentComesBack_data() {
        QTest::addColumn<qulonglong>("size");
        QTest::newRow("empty") << qulonglong{0};
        QTest::newRow("one byte") << qulonglong{1};
        QTest::newRow("one chunk") << qulonglong{megabyte};
        QTest::newRow("one chunk and a byte") << qulonglong{megabyte + 1};
        QTest::newRow("several chunks") << qulonglong{3 * megabyte - 5};
    }
    void contentComesBack() {
        QFETCH(qulonglong, size);
        const TestFolder folder;
        const auto content = noise(size, 1);
        RunId run;
        {
            auto workspace = Workspace::create(folder / "w.greenfront");
            run = addRunWithStudy(workspace);
            putBlob(workspace, run, "checkpoint", content, {{"epoch", 3}});
        }
        auto workspace = Workspace::open(folder / "w.greenfront", Access::ReadOnly);
        const auto blob = findBlob(workspace, run, "checkpoint");
        QVERIFY(blob);
        QVERIFY(blob->bytes == content);
        QCOMPARE(blob->meta.at("epoch").get<int>(), 3);
        QVERIFY(!findBlob(workspace, run, "absent"));
        QVERIFY(!findBlob(workspace, {99}, "checkpoint"));
    }

    void equalChunksAreStoredOnce() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        const auto other = addRunWithStudy(workspace);
        const auto shared = noise(2 * megabyte, 1);
        putBlob(workspace, run, "supernet", shared, {});
        putBlob(workspace, other, "supernet", shared + noise(10, 2), {});
        QCOMPARE(chunksIn(workspace), 3);
        putBlob(workspace, run, "zeros", std::string(5 * megabyte, '\0'), {});
        QCOMPARE(chunksIn(workspace), 4);
        QCOMPARE(findBlob(workspace, run, "zeros")->bytes.size(), 5 * megabyte);
    }

    void replacingFreesWhatNobodyUses() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        const auto first = noise(3 * megabyte, 1);
        putBlob(workspace, run, "checkpoint", first, {{"epoch", 1}});
        putBlob(workspace, run, "best", first.substr(0, megabyte), {});
        putBlob(workspace, run, "checkpoint", noise(2 * megabyte, 2), {{"epoch", 2}});
        QCOMPARE(chunksIn(workspace), 3); // two of the new one, and the one that "best" still uses
        QCOMPARE(findBlob(workspace, run, "checkpoint")->meta.at("epoch").get<int>(), 2);
        QVERIFY(findBlob(workspace, run, "best")->bytes == first.substr(0, megabyte));
        putBlob(workspace, run, "checkpoint", "", {});
        QCOMPARE(chunksIn(workspace), 1);
        QVERIFY(findBlob(workspace, run, "checkpoint")->bytes.empty());
    }

    void freedSpaceIsUsedAgain() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        int pages = 0;
        for (std::uint64_t epoch = 0; epoch < 6; ++epoch) {
            putBlob(workspace, run, "checkpoint", noise(megabyte, epoch), {});
            const int now = ask(workspace, "PRAGMA page_count");
            if (epoch < 2)
                pages = now;
            else
                QVERIFY(now <= pages + 8);
        }
    }

    void aReplacementThatIsNotCommittedLeavesTheEarlierOne() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        const auto first = noise(megabyte, 1);
        putBlob(workspace, run, "checkpoint", first, {{"epoch", 1}});
        {
            const Transaction transaction(workspace);
            putBlob(workspace, run, "checkpoint", noise(megabyte, 2), {{"epoch", 2}});
        }
        QVERIFY(findBlob(workspace, run, "checkpoint")->bytes == first);
    }

    void damageIsReported() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        const auto change = [&](const char* sql) {
            QCOMPARE(sqlite3_exec(workspace.handle(), sql, nullptr, nullptr, nullptr), SQLITE_OK);
        };
        putBlob(workspace, run, "checkpoint", noise(megabyte + 2, 1), {});
        change("UPDATE chunks SET bytes = x'0000' WHERE length(bytes) = 2");
        COMPLAINS("a part of \"checkpoint\" of run 1 has changed", findBlob(workspace, run, "checkpoint"));
        change("UPDATE chunks SET bytes = x'000000' WHERE length(bytes) = 2");
        COMPLAINS("\"checkpoint\" of run 1 is not complete", findBlob(workspace, run, "checkpoint"));
        change("DELETE FROM blob_chunks WHERE position = 1");
        COMPLAINS("not complete", findBlob(workspace, run, "checkpoint"));
        change("UPDATE blobs SET size = 1 << 62");
        COMPLAINS("not complete", findBlob(workspace, run, "checkpoint"));
        change("UPDATE blobs SET size = -1");
        COMPLAINS("not complete", findBlob(workspace, run, "checkpoint"));
    }
};

QTEST_APPLESS_MAIN(TestBlobs)
#include "test_blobs.moc"
