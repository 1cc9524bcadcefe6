// SPDX-License-Identifier: GPL-3.0-or-later
#include "own_mount.h"
#include "store_fixture.h"

#include <QTest>

using namespace greenfront;
using namespace greenfront::store;
namespace fs = std::filesystem;

namespace {

/// 0 if the workspace can be read, holds the latest change, and cannot be opened for writing.
int readThere(const fs::path& path) {
    try {
        auto workspace = Workspace::open(path, Access::ReadOnly);
        if (allStudies(workspace).at(0).name != "latest")
            return 2;
    } catch (const std::exception& error) {
        qWarning("%s", error.what());
        return 3;
    }
    const auto complaint = complaintOf([&] { Workspace::open(path); });
    return complaint.contains(QStringLiteral("it can only be read")) ? 0 : 4;
}

/// The file, and of what stands beside it while it is open, these.
void copyWhileOpen(const TestFolder& folder, const QStringList& neighbours) {
    auto workspace = Workspace::create(folder / "w.greenfront");
    addStudyWithData(workspace);
    renameStudy(workspace, {1}, "latest"); // in the log only
    fs::create_directory(folder / "disk");
    for (const auto& suffix : QStringList{QString()} + neighbours)
        fs::copy_file(folder / ("w.greenfront" + suffix.toStdString()),
                      folder / ("disk/w %41.greenfront" + suffix.toStdString()));
}

} // namespace

/// A disk on which nothing can be written: the workspace is read, with a log left behind by a killed process
/// too.
class TestReadOnlyDisk : public QObject {
    Q_OBJECT
private slots:
    void readingNeedsNoWriting_data() {
        QTest::addColumn<QStringList>("neighbours");
        QTest::newRow("a log and its index") << QStringList{"-wal", "-shm"};
        QTest::newRow("a log alone") << QStringList{"-wal"};
    }
    void readingNeedsNoWriting() {
        QFETCH(QStringList, neighbours);
        const TestFolder folder;
        copyWhileOpen(folder, neighbours);
        checkDisk(folder);
    }

    void aFileThatWasClosed() {
        const TestFolder folder;
        fs::create_directory(folder / "disk");
        {
            auto workspace = Workspace::create(folder / "disk/w %41.greenfront");
            addStudyWithData(workspace);
            renameStudy(workspace, {1}, "latest");
        }
        checkDisk(folder);
    }

private:
    static void checkDisk(const TestFolder& folder) {
        const auto disk = QString::fromStdString((folder / "disk").string());
        const auto code =
            runOnOwnMount(QStringLiteral("mount --bind '%1' '%1' && mount -o remount,ro,bind '%1'").arg(disk),
                          QStringLiteral("--read"), disk + QStringLiteral("/w %41.greenfront"));
        if (!code)
            QSKIP("no mounts of one's own here");
        QCOMPARE(*code, 0);
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--read")
        return readThere(argv[2]);
    const QCoreApplication application(argc, argv);
    TestReadOnlyDisk test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_read_only_disk.moc"
