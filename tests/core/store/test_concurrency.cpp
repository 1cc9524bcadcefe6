// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/candidates.h"
#include "store_fixture.h"

#include <QTest>
#include <array>
#include <atomic>
#include <set>
#include <thread>
#include <vector>

using namespace greenfront;
using namespace greenfront::store;

namespace {

/// Writes the same step to two series in one transaction, again and again.
void writePairs(const std::filesystem::path& path, RunId run, const std::atomic<bool>& stop,
                std::atomic<int>& written) {
    auto workspace = Workspace::open(path);
    for (int step = 0; !stop; ++step) {
        Transaction transaction(workspace);
        putSeries(workspace, run, "a", std::array{SeriesPoint{step, 1}});
        putSeries(workspace, run, "b", std::array{SeriesPoint{step, 1}});
        transaction.commit();
        written = step + 1;
    }
}

/// A writer thread for as long as the object lives.
class Writer {
public:
    Writer(const std::filesystem::path& path, RunId run)
        : thread_([this, path, run] { writePairs(path, run, stop_, written_); }) {}
    ~Writer() {
        stop_ = true;
        thread_.join();
    }
    void waitFor(int steps) const {
        while (written_ < steps)
            std::this_thread::yield();
    }
    int written() const { return written_; }

private:
    std::atomic<bool> stop_{false};
    std::atomic<int> written_{0};
    std::thread thread_;
};

} // namespace

/// A connection a thread: one writes while others read, copy, or write too.
class TestConcurrency : public QObject {
    Q_OBJECT
private slots:
    void readersSeeWholeTransactionsWhileOneWrites() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        auto reader = Workspace::create(path);
        const auto run = addRunWithStudy(reader);
        const Writer writer(path, run);
        std::size_t last = 0;
        for (int wanted = 1; wanted <= 40; ++wanted) {
            writer.waitFor(wanted);
            const auto a = series(reader, run, "a");
            const auto b = series(reader, run, "b"); // read later: as far as a, or further
            QVERIFY(a.size() >= static_cast<std::size_t>(wanted));
            QVERIFY(b.size() >= a.size());
            QVERIFY(a.size() >= last);
            last = a.size();
        }
    }

    void copyingWhileOneWritesGivesOneMoment() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        auto workspace = Workspace::create(path);
        const auto run = addRunWithStudy(workspace);
        const Writer writer(path, run);
        for (int i = 0; i < 5; ++i) {
            writer.waitFor(10 * (i + 1));
            const int before = writer.written();
            const auto target = folder / ("copy" + std::to_string(i) + ".greenfront");
            workspace.saveAs(target);
            auto copy = Workspace::open(target, Access::ReadOnly);
            const auto a = series(copy, run, "a");
            QCOMPARE(series(copy, run, "b").size(), a.size());
            QVERIFY(a.size() >= static_cast<std::size_t>(before));
        }
    }

    void writersTakeTurns() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        auto workspace = Workspace::create(path);
        const auto study = addStudyWithData(workspace);
        constexpr int writers = 4;
        constexpr int candidates = 25;
        std::atomic<int> failures{0};
        {
            std::vector<std::jthread> threads;
            for (int writer = 0; writer < writers; ++writer)
                threads.emplace_back([&, writer] {
                    try {
                        auto own = Workspace::open(path);
                        for (int i = 0; i < candidates; ++i) {
                            const auto id = putCandidate(own, study, {i});
                            putMetric(own, id, "device " + std::to_string(writer),
                                      {"latency_ms", 1.0 * writer, "ms", {}, {}, {}, {}, "a clock"});
                        }
                    } catch (const std::exception&) {
                        ++failures;
                    }
                });
        }
        QCOMPARE(failures.load(), 0);
        QCOMPARE(candidatesOf(workspace, study).size(), std::size_t{candidates});
        QCOMPARE(devicesOf(workspace, study).size(), std::size_t{writers});
        for (const auto& row : candidatesOf(workspace, study))
            QCOMPARE(metricsOf(workspace, row.id).size(), std::size_t{writers});
    }

    void creatingAtTheSameTimeGivesOneWorkspace() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        std::atomic<int> failures{0};
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([&] {
                    try {
                        auto workspace = Workspace::openOrCreate(path);
                        addStudyWithData(workspace);
                    } catch (const std::exception& error) {
                        qWarning("%s", error.what());
                        ++failures;
                    }
                });
        }
        QCOMPARE(failures.load(), 0);
        auto workspace = Workspace::open(path);
        QCOMPARE(allStudies(workspace).size(), std::size_t{4});
    }
};

QTEST_APPLESS_MAIN(TestConcurrency)
#include "test_concurrency.moc"
