// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/store/blobs.h"
#include "own_mount.h"
#include "store_fixture.h"

#include <QTest>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;
namespace fs = std::filesystem;

namespace {

std::string noise(std::size_t size) {
    Rng rng(1);
    std::string bytes(size, '\0');
    for (auto& byte : bytes)
        byte = static_cast<char>(rng.below(256));
    return bytes;
}

/// Fills a small disk with a workspace; 0 if what was there before is whole and the message is right.
int fillDisk(const fs::path& folder) {
    auto workspace = Workspace::create(folder / "w.greenfront");
    const auto run = addRunWithStudy(workspace);
    putBlob(workspace, run, "checkpoint", "small", {});
    const auto content = noise(3'000'000);
    const auto complaint = complaintOf([&] { putBlob(workspace, run, "checkpoint", content, {}); });
    if (!complaint.contains(QStringLiteral("the disk is full")))
        return 2;
    if (findBlob(workspace, run, "checkpoint")->bytes != "small")
        return 3;
    return 0;
}

/// Creates a workspace on a disk that has no room for one; 0 if nothing of it is left.
int createOnFullDisk(const fs::path& folder) {
    const auto complaint = complaintOf([&] { Workspace::create(folder / "w.greenfront"); });
    if (!complaint.contains(QStringLiteral("the disk is full")))
        return 2;
    return fs::is_empty(folder) ? 0 : 3;
}

} // namespace

/// A disk that is full ends the operation, and what was written before stays.
class TestFullDisk : public QObject {
    Q_OBJECT
private slots:
    void aLimitOnPagesActsLikeAFullDisk() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        putBlob(workspace, run, "checkpoint", "small", {{"epoch", 1}});
        QCOMPARE(sqlite3_exec(workspace.handle(), "PRAGMA max_page_count = 100", nullptr, nullptr, nullptr),
                 SQLITE_OK);
        const auto content = noise(3'000'000);
        COMPLAINS("the disk is full. Free some space", putBlob(workspace, run, "checkpoint", content, {}));
        COMPLAINS("the disk is full", {
            Transaction transaction(workspace);
            renameStudy(workspace, {1}, "changed");
            putBlob(workspace, run, "other", content, {});
            transaction.commit();
        });
        QCOMPARE(findBlob(workspace, run, "checkpoint")->bytes, std::string("small"));
        QCOMPARE(allStudies(workspace)[0].name, std::string("first"));
        renameStudy(workspace, {1}, "goes on"); // the connection is still good
        QCOMPARE(allStudies(workspace)[0].name, std::string("goes on"));
    }

    void aSmallDisk() {
        const TestFolder folder;
        const auto at = QString::fromStdString((folder / "").string());
        const auto code = runOnOwnMount(QStringLiteral("mount -t tmpfs -o size=1m none '%1'").arg(at),
                                        QStringLiteral("--fill"), at);
        if (!code)
            QSKIP("no mounts of one's own here");
        QCOMPARE(*code, 0);
    }

    void aDiskThatIsFullAlready() {
        const TestFolder folder;
        const auto at = QString::fromStdString((folder / "").string());
        const auto code = runOnOwnMount(QStringLiteral("mount -t tmpfs -o size=16k none '%1'").arg(at),
                                        QStringLiteral("--create"), at);
        if (!code)
            QSKIP("no mounts of one's own here");
        QCOMPARE(*code, 0);
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--fill")
        return fillDisk(argv[2]);
    if (argc == 3 && std::string_view(argv[1]) == "--create")
        return createOnFullDisk(argv[2]);
    const QCoreApplication application(argc, argv);
    TestFullDisk test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_full_disk.moc"
