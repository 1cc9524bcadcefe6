// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/candidates.h"
#include "store_fixture.h"

#include <QTest>
#include <array>
#include <cmath>
#include <limits>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;

namespace {

Metric metric(const std::string& name, double value) {
    return {name, value, "ms", Direction::Minimise, Provenance::Measured, {}, {}, "median of 100 runs"};
}

} // namespace

/// Candidates, their metrics, and the order in which a search was told of them.
class TestMetrics : public QObject {
    Q_OBJECT
private slots:
    void theSameGenotypeIsTheSameCandidate() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto study = addStudyWithData(workspace);
        const auto other = addStudy(workspace, "other", "0123abcd", {});
        const auto first = putCandidate(workspace, study, {0, 12, 3});
        QVERIFY(first);
        QVERIFY(putCandidate(workspace, study, {0, 12, 3}) == first);
        const auto second = putCandidate(workspace, study, {0, 1, 23});
        QVERIFY(second != first);
        QVERIFY(putCandidate(workspace, other, {0, 12, 3}) != first);
        const auto empty = putCandidate(workspace, study, {});
        const auto all = candidatesOf(workspace, study);
        QCOMPARE(all.size(), std::size_t{3});
        QVERIFY(all[0].id == first);
        QVERIFY(all[1].genotype == (Genotype{0, 1, 23}));
        QVERIFY(findCandidate(workspace, empty)->genotype.empty());
        QVERIFY(findCandidate(workspace, first)->study == study);
        QVERIFY(!findCandidate(workspace, {99}));
        COMPLAINS("refers to something", putCandidate(workspace, {99}, {1}));
    }

    void aMetricComesBackWithItsOrigin() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto id = putCandidate(workspace, addStudyWithData(workspace), {1, 2});
        const Metric accuracy{
            "accuracy",   97.25,           "%", Direction::Maximise, Provenance::Predicted, 96.5,
            std::nullopt, "shared weights"};
        putMetric(workspace, id, "", accuracy);
        const auto metrics = metricsOf(workspace, id);
        QCOMPARE(metrics.size(), std::size_t{1});
        const auto& [device, found] = metrics[0];
        QCOMPARE(device, std::string());
        QCOMPARE(found.name, accuracy.name);
        QCOMPARE(found.value, accuracy.value);
        QCOMPARE(found.unit, accuracy.unit);
        QVERIFY(found.direction == Direction::Maximise);
        QVERIFY(found.provenance == Provenance::Predicted);
        QVERIFY(found.low == accuracy.low);
        QVERIFY(!found.high);
        QCOMPARE(found.method, accuracy.method);
        COMPLAINS("refers to something", putMetric(workspace, {99}, "", accuracy));
    }

    void aMetricReplacesTheEarlierOneOfItsNameAndDevice() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto id = putCandidate(workspace, addStudyWithData(workspace), {1});
        putMetric(workspace, id, "phone", metric("latency_ms", 3));
        putMetric(workspace, id, "board", metric("latency_ms", 9));
        auto better = metric("latency_ms", 4);
        better.method = "median of 200 runs";
        putMetric(workspace, id, "phone", better);
        const auto metrics = metricsOf(workspace, id);
        QCOMPARE(metrics.size(), std::size_t{2});
        QCOMPARE(metrics[0].first, std::string("board"));
        QCOMPARE(metrics[1].second.value, 4.0);
        QCOMPARE(metrics[1].second.method, better.method);
    }

    void aValueThatIsNoNumberComesBack() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto id = putCandidate(workspace, addStudyWithData(workspace), {1});
        putMetric(workspace, id, "", metric("loss", std::nan("")));
        QVERIFY(std::isnan(metricsOf(workspace, id)[0].second.value));
    }

    void oneQueryReadsTheMetricsOfAWholeStudyForADevice() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto study = addStudyWithData(workspace);
        const auto other = addStudy(workspace, "other", "0123abcd", {});
        const auto a = putCandidate(workspace, study, {1});
        const auto b = putCandidate(workspace, study, {2});
        const auto elsewhere = putCandidate(workspace, other, {1});
        putMetric(workspace, a, "phone", metric("latency_ms", 3));
        putMetric(workspace, a, "board", metric("latency_ms", 9));
        putMetric(workspace, a, "", metric("parameters", 1000));
        putMetric(workspace, a, "phone", metric("parameters", 500)); // the device's own goes first
        putMetric(workspace, b, "", metric("parameters", 2000));
        putMetric(workspace, elsewhere, "server", metric("latency_ms", 1));

        const auto phone = metricsFor(workspace, study, "phone");
        QCOMPARE(phone.size(), std::size_t{2});
        QCOMPARE(phone.at(a).size(), std::size_t{2});
        QCOMPARE(phone.at(a).at("latency_ms").value, 3.0);
        QCOMPARE(phone.at(a).at("parameters").value, 500.0);
        QCOMPARE(phone.at(b).at("parameters").value, 2000.0);
        const auto any = metricsFor(workspace, study, "");
        QCOMPARE(any.at(a).size(), std::size_t{1});
        QCOMPARE(any.at(a).at("parameters").value, 1000.0);
        QVERIFY(devicesOf(workspace, study) == (std::vector<std::string>{"board", "phone"}));
        QVERIFY(devicesOf(workspace, other) == std::vector<std::string>{"server"});
    }

    void evaluationsComeBackInTheOrderTheyWereTold() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        const auto study = findRun(workspace, run)->study;
        const auto a = putCandidate(workspace, study, {1, 1});
        const auto b = putCandidate(workspace, study, {2, 2});
        constexpr auto infinity = std::numeric_limits<double>::infinity();
        addEvaluation(workspace, run, b, std::array{0.1, -infinity});
        addEvaluation(workspace, run, a, std::array{1e-300, std::nan("")});
        addEvaluation(workspace, run, b, std::array{0.1, 3.0}); // told twice is kept twice
        const auto told = evaluationsOf(workspace, run);
        QCOMPARE(told.size(), std::size_t{3});
        QVERIFY(told[0].first == (Genotype{2, 2}));
        QVERIFY(told[0].second == (std::vector{0.1, -infinity}));
        QCOMPARE(told[1].second[0], 1e-300);
        QVERIFY(std::isnan(told[1].second[1]));
        QVERIFY(told[2].second == (std::vector{0.1, 3.0}));
        QVERIFY(evaluationsOf(workspace, {99}).empty());
    }

    void contentThatGreenfrontDoesNotWriteIsReported() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        const auto study = findRun(workspace, run)->study;
        const auto id = putCandidate(workspace, study, {1});
        putMetric(workspace, id, "", metric("loss", 1));
        addEvaluation(workspace, run, id, std::array{1.0});
        const auto change = [&](const char* sql) {
            QCOMPARE(sqlite3_exec(workspace.handle(), sql, nullptr, nullptr, nullptr), SQLITE_OK);
        };
        change("UPDATE metrics SET provenance = 'guessed'");
        COMPLAINS("unknown provenance", metricsOf(workspace, id));
        change("UPDATE metrics SET provenance = 'measured', direction = 'up'");
        COMPLAINS("unknown direction", metricsOf(workspace, id));
        change("UPDATE evaluations SET objectives = x'0102'");
        COMPLAINS("cut off", evaluationsOf(workspace, run));
        change("UPDATE candidates SET genotype = '1,99999999999'");
        COMPLAINS("not a list of numbers", candidatesOf(workspace, study));
        change("UPDATE runs SET state = 'resting'");
        COMPLAINS("unknown state", allRuns(workspace));
        change("UPDATE studies SET config = '{'");
        COMPLAINS("w.greenfront", allStudies(workspace));
    }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "test_metrics.moc"
