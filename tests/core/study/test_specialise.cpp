// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/store/candidates.h"
#include "core/store/runs.h"
#include "core/study/predictor.h"
#include "core/study/single_network.h"
#include "core/study/specialise.h"
#include "small_study.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;

class TestSpecialise : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    Control control_;
    std::optional<store::Workspace> workspace_;
    StudyId id_;
    static void ignore(const Progress&) {}
    void search(const std::vector<std::string>& devices) {
        study::searchDevices(*workspace_, id_, {.devices = devices, .evaluations = 8}, control_, ignore);
    }

private slots:
    void initTestCase() {
        const auto path = std::filesystem::path(folder_.path().toStdString()) / "w.greenfront";
        workspace_ = store::Workspace::create(path);
        study::Study study = testing::smallStudy();
        study::setParameter(study, "devices=raspberry-pi-4");
        id_ = study::putStudy(*workspace_, study);
        QVERIFY_THROWS_EXCEPTION(Error, search({"raspberry-pi-5"}));
        study::runStudy(*workspace_, id_, control_, ignore);
    }

    void devices_that_come_later_are_searched_without_training() {
        const auto trainings = [&] {
            return std::ranges::count(store::allRuns(*workspace_), "training", &store::RunRow::kind);
        };
        QCOMPARE(trainings(), 1);
        search({"raspberry-pi-5", "server-cpu"});
        QCOMPARE(trainings(), 1);
        for (const char* device : {"raspberry-pi-5", "server-cpu"})
            QVERIFY(study::chooseFor(*workspace_, id_, device, {}, {}).considered >= 8);
        const auto runs = store::allRuns(*workspace_).size();
        search({"raspberry-pi-5"}); // was searched already
        QCOMPARE(store::allRuns(*workspace_).size(), runs);
    }

    void the_choice_is_the_best_that_keeps_the_limits() {
        const auto front = study::frontOf(*workspace_, id_, "latency_ms", "accuracy", "raspberry-pi-4");
        const double middle = front.points[front.points.size() / 2].metrics.at("latency_ms").value;
        const auto choice =
            study::chooseFor(*workspace_, id_, "raspberry-pi-4", {{"latency_ms", middle}}, {});
        double best = 0;
        std::size_t feasible = 0;
        for (const auto& point : front.points)
            if (point.metrics.at("latency_ms").value <= middle) {
                best = std::max(best, point.metrics.at("accuracy").value);
                ++feasible;
            }
        QCOMPARE(choice.point.metrics.at("accuracy").value, best);
        QCOMPARE(choice.feasible, feasible);
        QVERIFY(feasible < choice.considered);
        const auto fastest =
            study::chooseFor(*workspace_, id_, "raspberry-pi-4", {}, study::objectiveFrom("min:latency_ms"));
        QCOMPARE(fastest.point.candidate, front.points.front().candidate);
        const double memory = fastest.point.metrics.at("memory_mb").value;
        QCOMPARE(memory, (fastest.point.metrics.at("weights_kb").value +
                          fastest.point.metrics.at("peak_memory_kb").value) /
                             1000);
    }

    void a_predictor_makes_later_devices_quick() {
        const auto report = study::fitStudyPredictor(*workspace_, id_, {.samples = 24}, control_, ignore);
        QCOMPARE(report.quality.samples, 24U);
        QVERIFY(report.judged > 0 && report.judged < 24); // some were judged by the searches
        QVERIFY(report.quality.rmse > 0 && report.quality.interval > 0);
        const auto space = arch::makeSpace(study::loadStudy(*workspace_, id_).space);
        QCOMPARE(study::findPredictor(*workspace_, id_, *space)->quality.samples, 24U);
        // The device needs no more than a few judged networks now, and its choice is a judged one.
        const auto before = store::candidatesOf(*workspace_, id_).size();
        search({"laptop-cpu"});
        const auto after = store::candidatesOf(*workspace_, id_).size();
        QVERIFY2(after <= before + 8, qPrintable(QString("%1 after %2").arg(after).arg(before)));
        const auto choice = study::chooseFor(*workspace_, id_, "laptop-cpu", {}, {});
        QVERIFY(choice.considered >= 1);
        QCOMPARE(choice.point.metrics.at("accuracy").provenance, Provenance::Measured);
        const auto runs = store::runsOf(*workspace_, id_);
        const auto run = std::ranges::find(runs, "laptop-cpu", &store::RunRow::subject);
        QVERIFY(QString::fromStdString(run->note).contains("by predicted accuracy"));
    }

    /// From the shared weights, not from scratch: one epoch does not fall back to chance.
    void a_choice_is_trained_on_alone() {
        const auto choice = study::chooseFor(*workspace_, id_, "raspberry-pi-4", {}, {});
        const auto tuned = study::fineTune(*workspace_, id_, choice.point.candidate, 1, control_, ignore);
        QVERIFY(tuned.study != id_);
        const auto space = arch::makeSpace(study::loadStudy(*workspace_, tuned.study).space);
        QCOMPARE(space->count(), 1.0);
        const auto runs = store::runsOf(*workspace_, tuned.study).size();
        QVERIFY2(tuned.after >= tuned.before - 15,
                 qPrintable(QString("%1 to %2").arg(tuned.before).arg(tuned.after)));
        const auto again = study::fineTune(*workspace_, id_, choice.point.candidate, 1, control_, ignore);
        QCOMPARE(again.study, tuned.study);
        QCOMPARE(again.after, tuned.after);
        QCOMPARE(store::runsOf(*workspace_, tuned.study).size(), runs);
    }

    void what_to_start_from_must_exist_and_fit() {
        study::Study study = study::loadStudy(*workspace_, id_);
        study::setParameter(study, "start_from=123456");
        const StudyId missing = study::putStudy(*workspace_, study);
        QVERIFY_THROWS_EXCEPTION(Error, study::trainOnly(*workspace_, missing, control_, ignore));
        const auto smallest =
            study::chooseFor(*workspace_, id_, "raspberry-pi-4", {}, study::objectiveFrom("min:latency_ms"));
        study::setParameter(study, "start_from=" + std::to_string(smallest.point.candidate.value));
        const StudyId other = study::putStudy(*workspace_, study);
        QVERIFY_THROWS_EXCEPTION(Error, study::trainOnly(*workspace_, other, control_, ignore));
    }

    void what_cannot_be_kept_is_told_with_what_could() {
        try {
            study::chooseFor(*workspace_, id_, "raspberry-pi-4", {{"latency_ms", 1e-6}, {"memory_mb", 1000}},
                             {});
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("the least latency_ms is"), error.what());
        }
        QVERIFY_THROWS_EXCEPTION(Error,
                                 study::chooseFor(*workspace_, id_, "raspberry-pi-4", {{"colour", 1}}, {}));
        for (const char* wrong : {"latency_ms", "latency_ms=", "latency_ms=fast", "latency_ms=-1", "=3"})
            QVERIFY_THROWS_EXCEPTION(Error, study::limitFrom(wrong));
        QVERIFY_THROWS_EXCEPTION(Error, study::objectiveFrom("accuracy"));
    }
};

QTEST_APPLESS_MAIN(TestSpecialise)
#include "test_specialise.moc"
