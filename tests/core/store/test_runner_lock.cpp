// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include <QTest>
#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

using namespace greenfront;
using namespace greenfront::store;
namespace fs = std::filesystem;

/// At most one process at a time runs the studies of a workspace.
class TestRunnerLock : public QObject {
    Q_OBJECT
private slots:
    void oneHoldsItAtATime() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        QVERIFY(!RunnerLock::isHeld(path));
        {
            const auto lock = RunnerLock::tryTake(path);
            QVERIFY(lock);
            QVERIFY(RunnerLock::isHeld(path));
            QVERIFY(!RunnerLock::tryTake(path));
            QVERIFY(!RunnerLock::tryTake(folder / "./w.greenfront")); // the same file by another name
            QVERIFY(RunnerLock::isHeld(path));                        // asking has not let it go
            QVERIFY(RunnerLock::tryTake(folder / "other.greenfront"));
        }
        QVERIFY(!RunnerLock::isHeld(path));
        QVERIFY(RunnerLock::tryTake(path));
    }

    void itLeavesNoFileBehind() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        {
            const auto lock = RunnerLock::tryTake(path);
            QVERIFY(fs::exists(folder / "w.greenfront-runner"));
        }
        QCOMPARE(std::distance(fs::directory_iterator(path.parent_path()), fs::directory_iterator()), 0);
    }

    void itMoves() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        std::optional<RunnerLock> kept;
        {
            auto lock = RunnerLock::tryTake(path);
            kept = std::move(lock);
        }
        QVERIFY(RunnerLock::isHeld(path));
        kept.reset();
        QVERIFY(!RunnerLock::isHeld(path));
    }

    void aFileLeftBehindDoesNotHoldIt() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        std::ofstream(folder / "w.greenfront-runner").close();
        QVERIFY(!RunnerLock::isHeld(path));
        QVERIFY(RunnerLock::tryTake(path));
    }

    void aForeignFileInItsPlaceIsReported() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        std::ofstream(folder / "w.greenfront-runner") << std::string(5000, 'x');
        QVERIFY(!RunnerLock::isHeld(path));
        COMPLAINS("w.greenfront-runner", RunnerLock::tryTake(path));
        COMPLAINS("Check that the folder exists", RunnerLock::tryTake(folder / "absent/w.greenfront"));
    }

    void threadsThatRaceForItNeverShareIt() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        std::atomic<int> holders{0};
        std::atomic<int> taken{0};
        std::atomic<int> mistakes{0};
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&] {
                    for (int attempt = 0; attempt < 25; ++attempt) {
                        const auto lock = RunnerLock::tryTake(path);
                        if (!lock)
                            continue;
                        ++taken;
                        if (++holders != 1 || !RunnerLock::isHeld(path))
                            ++mistakes;
                        --holders;
                    }
                });
        }
        QCOMPARE(mistakes.load(), 0);
        QVERIFY(taken > 0);
        QVERIFY(!RunnerLock::isHeld(path));
    }
};

QTEST_APPLESS_MAIN(TestRunnerLock)
#include "test_runner_lock.moc"
