// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/store/candidates.h"
#include "core/store/runs.h"
#include "core/store/studies.h"
#include "core/study/results.h"
#include "small_study.h"

#include <QTemporaryDir>
#include <QtTest>
#include <set>

using namespace greenfront;
namespace fs = std::filesystem;

class TestStudy : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    Control control_;
    std::optional<store::Workspace> workspace_;
    StudyId id_;

    fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }
    static void ignore(const Progress&) {}

private slots:
    void initTestCase() {
        workspace_ = store::Workspace::create(path("study.greenfront"));
        id_ = study::putStudy(*workspace_, testing::smallStudy());
        study::runStudy(*workspace_, id_, control_, ignore);
    }

    void a_study_reads_back_from_its_json() {
        const study::Study study = testing::smallStudy();
        const study::Study again = study::studyFromJson(Json(study::toJson(study)), "test");
        QVERIFY(study::toJson(again) == study::toJson(study));
        QVERIFY_THROWS_EXCEPTION(Error, study::studyFromJson(Json{{"format", "other"}}, "test"));
    }

    void parameters_are_set_by_key_and_checked() {
        study::Study study = testing::smallStudy();
        study::setParameter(study, "learning_rate=0.2");
        QCOMPARE(study.parameters.at("learning_rate").get<double>(), 0.2);
        QVERIFY_THROWS_EXCEPTION(Error, study::setParameter(study, "learning_rate=fast"));
        QVERIFY_THROWS_EXCEPTION(Error, study::setParameter(study, "no_such=1"));
        QVERIFY_THROWS_EXCEPTION(Error, study::setParameter(study, "epochs"));
    }

    void the_same_study_is_stored_once() {
        study::Study renamed = testing::smallStudy();
        QVERIFY(study::putStudy(*workspace_, renamed) == id_);
        study::setParameter(renamed, "seed=2");
        auto other = store::Workspace::create(path("other.greenfront"));
        QVERIFY(study::putStudy(other, renamed));
        QCOMPARE(store::allStudies(other).size(), 1U);
    }

    void every_run_ends_finished_with_its_energy_by_phase() {
        std::set<std::string> phases;
        for (const store::RunRow& run : store::runsOf(*workspace_, id_)) {
            QVERIFY(run.state == store::RunState::Finished);
            QVERIFY(run.seconds.value > 0);
            QVERIFY(!run.versions.empty());
            for (const store::EnergyRow& energy : store::energyTotals(*workspace_, run.id)) {
                phases.insert(energy.phase);
                QVERIFY(energy.joules.value > 0);
                QVERIFY(energy.low <= energy.joules && energy.joules <= energy.high);
            }
        }
        QCOMPARE(phases, (std::set<std::string>{"training", "search", "measuring"}));
        QVERIFY(study::isFinished(*workspace_, id_));
    }

    void the_curves_hold_every_step_and_epoch() {
        const RunId training = store::runsOf(*workspace_, id_).front().id;
        QCOMPARE(store::series(*workspace_, training, "accuracy_largest").size(), 2U);
        QCOMPARE(store::series(*workspace_, training, "joules").size(), 2U);
        const auto losses = store::series(*workspace_, training, "loss");
        QVERIFY(losses.size() > 2);
        for (std::size_t i = 0; i < losses.size(); ++i)
            QCOMPARE(losses[i].step, static_cast<std::int64_t>(i) + 1);
    }

    void the_front_of_each_device_says_where_its_numbers_come_from() {
        for (const std::string device : {"this-machine", "raspberry-pi-4"}) {
            const study::Front front = study::frontOf(*workspace_, id_, "latency_ms", "accuracy", device);
            QVERIFY(front.points.size() >= 6);
            double best = -1;
            for (const study::FrontPoint& point : front.points) {
                const bool better = point.metrics.at("accuracy").value > best;
                best = std::max(best, point.metrics.at("accuracy").value);
                QVERIFY(!point.onFront || better);
                QVERIFY(point.metrics.at("latency_ms").provenance ==
                        (device == "this-machine" ? Provenance::Measured : Provenance::Estimated));
                QVERIFY(point.metrics.at("accuracy").provenance == Provenance::Measured);
            }
        }
        QVERIFY_THROWS_EXCEPTION(Error,
                                 study::frontOf(*workspace_, id_, "speed", "accuracy", "this-machine"));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 study::frontOf(*workspace_, id_, "latency_ms", "accuracy", "toaster"));
    }

    void a_candidates_accuracy_is_what_evaluating_it_gives() {
        const auto front = study::frontOf(*workspace_, id_, "latency_ms", "accuracy", "this-machine");
        const study::FrontPoint& point = front.points.back();
        const auto choice = study::chooseNetwork(*workspace_, id_, std::to_string(point.candidate.value));
        const auto evaluation = study::evaluateNetwork(*workspace_, choice, data::Part::Validation, control_);
        QCOMPARE(evaluation.accuracy, point.metrics.at("accuracy").value);
        QVERIFY_THROWS_EXCEPTION(Error, study::chooseNetwork(*workspace_, id_, "99999"));
        QVERIFY_THROWS_EXCEPTION(Error, study::chooseNetwork(*workspace_, id_, "tiny"));
    }

    void an_export_leaves_a_model_and_its_card() {
        const auto choice = study::chooseNetwork(*workspace_, id_, "smallest");
        study::exportNetwork(*workspace_, choice, formats::Format::Onnx, path("model.onnx"), control_);
        QVERIFY(fs::file_size(path("model.onnx")) > 1000);
        const std::string card = readFile(path("model.md"), Bytes(1e6));
        for (const char* word : {"test\\_accuracy", "training", "search", "co2_eq_emissions"})
            QVERIFY2(card.find(word) != std::string::npos, word);
    }

    void a_finished_study_has_nothing_left_to_do() {
        const auto before = store::candidatesOf(*workspace_, id_).size();
        study::runStudy(*workspace_, id_, control_, ignore);
        QCOMPARE(store::candidatesOf(*workspace_, id_).size(), before);
    }

    void a_cancelled_study_goes_on_and_finds_the_same() {
        auto workspace = store::Workspace::create(path("stopped.greenfront"));
        const StudyId id = study::putStudy(workspace, testing::smallStudy());
        for (const char* phase : {"training", "search"}) {
            Control control;
            const auto stop = [&](const Progress& progress) {
                if (progress.phase == phase && progress.fraction > 0.45)
                    control.requestCancel();
            };
            QVERIFY_THROWS_EXCEPTION(Cancelled, study::runStudy(workspace, id, control, stop));
            QVERIFY(!study::isFinished(workspace, id));
        }
        study::runStudy(workspace, id, control_, ignore);
        const auto accuracies = [](store::Workspace& in, StudyId study) {
            std::map<Genotype, double> found;
            for (const auto& row : store::candidatesOf(in, study))
                found[row.genotype] = store::metricsFor(in, study, "").at(row.id).at("accuracy").value;
            return found;
        };
        const auto resumed = accuracies(workspace, id);
        for (const auto& [genotype, accuracy] : accuracies(*workspace_, id_))
            if (resumed.contains(genotype))
                QCOMPARE(resumed.at(genotype), accuracy);
    }

    void only_one_process_runs_studies_in_a_workspace() {
        const auto lock = store::RunnerLock::tryTake(path("study.greenfront"));
        QVERIFY(lock);
        QVERIFY_THROWS_EXCEPTION(Error, study::runStudy(*workspace_, id_, control_, ignore));
    }
};

QTEST_GUILESS_MAIN(TestStudy)
#include "test_study.moc"
