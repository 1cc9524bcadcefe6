// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/blobs.h"
#include "store_fixture.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>
#include <array>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;

namespace {

/// What a training run does, for ever: a step to two series and a new checkpoint, in one transaction.
int writeForEver(const std::filesystem::path& path) {
    const auto lock = RunnerLock::tryTake(path);
    if (!lock)
        return 2;
    auto workspace = Workspace::open(path);
    setRunState(workspace, {1}, RunState::Running);
    for (std::int64_t step = series(workspace, {1}, "a").size();; ++step) {
        Transaction transaction(workspace);
        putSeries(workspace, {1}, "a", std::array{SeriesPoint{step, 1}});
        putBlob(workspace, {1}, "checkpoint", std::string(1'500'000, static_cast<char>('a' + step % 26)),
                {{"step", step}});
        putSeries(workspace, {1}, "b", std::array{SeriesPoint{step, 1}});
        transaction.commit();
    }
}

bool isWhole(Workspace& workspace) {
    std::string answer;
    const auto read = [](void* to, int, char** values, char**) {
        *static_cast<std::string*>(to) += values[0];
        return 0;
    };
    sqlite3_exec(workspace.handle(), "PRAGMA integrity_check", read, &answer, nullptr);
    return answer == "ok";
}

} // namespace

/// A process that is killed while it writes loses at most the step that was under way.
class TestKilledProcess : public QObject {
    Q_OBJECT
private slots:
    void onlyWholeTransactionsAreLeft() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        {
            auto workspace = Workspace::create(path);
            addRunWithStudy(workspace);
        }
        std::size_t before = 0;
        for (int round = 0; round < 4; ++round) {
            const auto seen = killWhileItWrites(path, before + 3);
            QVERIFY(!RunnerLock::isHeld(path)); // freed by the system
            auto workspace = Workspace::open(path);
            QVERIFY(isWhole(workspace));
            const auto a = series(workspace, {1}, "a");
            QVERIFY(a.size() >= seen);
            QCOMPARE(series(workspace, {1}, "b").size(), a.size());
            const auto blob = findBlob(workspace, {1}, "checkpoint");
            QVERIFY(blob);
            QCOMPARE(blob->meta.at("step").get<std::size_t>(), a.size() - 1);
            QVERIFY(findRun(workspace, {1})->state == RunState::Interrupted);
            before = a.size();
        }
    }

private:
    /// How many steps were there to see at the moment of the kill.
    static std::size_t killWhileItWrites(const std::filesystem::path& path, std::size_t steps) {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedChannels);
        process.start(QCoreApplication::applicationFilePath(),
                      {"--write", QString::fromStdString(path.string())});
        std::size_t seen = 0;
        bool running = false;
        auto workspace = Workspace::open(path, Access::ReadOnly);
        const auto isFarEnough = [&] {
            seen = series(workspace, {1}, "a").size();
            running = running || findRun(workspace, {1})->state == RunState::Running;
            return seen >= steps && running;
        };
        if (!QTest::qWaitFor(isFarEnough, 30'000))
            qWarning("the child has not written");
        process.kill();
        process.waitForFinished();
        return seen;
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--write")
        return writeForEver(argv[2]);
    const QCoreApplication application(argc, argv);
    TestKilledProcess test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_killed_process.moc"
