// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/trial_energy.h"

#include "core/store/runs.h"
#include "core/store/studies.h"
#include "core/store/trials.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::study;

namespace {

/// Says what the test sets.
class SetMeter : public energy::DescribedMeter {
public:
    SetMeter(const double* joules, energy::Part part)
        : DescribedMeter({.source = part == energy::Part::Gpu ? "gpu" : "processor",
                          .method = "set by the test",
                          .provenance = Provenance::Measured,
                          .uncertainty = 0.1,
                          .part = part}),
          joules_(joules) {}
    std::optional<Joules> read() override { return Joules(*joules_); }

private:
    const double* joules_;
};

energy::Meters metersOf(const double* processor, const double* gpu) {
    energy::Meters meters;
    meters.usable.push_back(std::make_unique<SetMeter>(processor, energy::Part::Processor));
    meters.usable.push_back(std::make_unique<SetMeter>(gpu, energy::Part::Gpu));
    return meters;
}

} // namespace

/// Whose joules they are when several trials run at the same time.
class TestTrialEnergy : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::optional<store::Workspace> workspace_;
    StudyId study_{};
    double processor_ = 0, gpu_ = 0;
    std::map<std::uint64_t, Seconds> used_;
    std::optional<energy::Recorder> recorder_;
    std::optional<TrialEnergy> energy_;

    RunId add(std::uint64_t trial) {
        return store::addTrial(*workspace_, study_, trial, Json::object(), Json::object());
    }

private slots:
    void init() {
        workspace_ = store::Workspace::create(folder_.filePath(QTest::currentTestFunction()).toStdString() +
                                              ".greenfront");
        store::putData(*workspace_, {"program-1", "p", "program", Json::object(), Json::object()});
        study_ = store::addStudy(*workspace_, "tune", "program-1", Json::object(), store::tuningKind);
        processor_ = gpu_ = 0;
        used_.clear();
        recorder_.emplace(metersOf(&processor_, &gpu_), Seconds(1000));
        energy_.emplace(*recorder_, [this](std::uint64_t trial) {
            return used_.contains(trial) ? std::optional(used_.at(trial)) : std::nullopt;
        });
    }
    void cleanup() {
        energy_.reset();
        recorder_.reset();
        workspace_.reset();
    }

    void a_trial_alone_has_everything_as_it_was_measured() {
        processor_ = 100; // before it began
        const RunId run = add(0);
        energy_->begin(*workspace_, 0, run);
        processor_ = 130;
        gpu_ = 5;
        QCOMPARE(energy_->end(*workspace_, 0).value, 35.0);
        for (const auto& row : store::energyTotals(*workspace_, run))
            QVERIFY(row.provenance == Provenance::Measured);
    }

    void two_share_by_their_processor_time_and_what_they_have_adds_up() {
        const RunId first = add(0);
        const RunId second = add(1);
        used_ = {{0, Seconds(0)}, {1, Seconds(0)}};
        energy_->begin(*workspace_, 0, first);
        processor_ = 10; // while the first was alone
        used_[0] = Seconds(1);
        energy_->begin(*workspace_, 1, second);
        processor_ = 50;
        used_ = {{0, Seconds(4)}, {1, Seconds(1)}};
        QCOMPARE(energy_->end(*workspace_, 1).value, 10.0); // 1 s of 4 s, of 40 J
        QCOMPARE(energy_->of(0).value, 40.0);
        processor_ = 60;
        QCOMPARE(energy_->end(*workspace_, 0).value, 50.0);
        QCOMPARE(energy_->total().value, 60.0);
        const auto rows = store::energyTotals(*workspace_, second);
        QVERIFY(rows.front().provenance == Provenance::Estimated);
        QVERIFY(rows.front().low < rows.front().joules && rows.front().joules < rows.front().high);
    }

    void without_processor_times_they_share_evenly() {
        const RunId first = add(0);
        const RunId second = add(1);
        energy_->begin(*workspace_, 0, first);
        energy_->begin(*workspace_, 1, second);
        processor_ = 8;
        QCOMPARE(energy_->end(*workspace_, 0).value, 4.0);
        QCOMPARE(energy_->end(*workspace_, 1).value, 4.0);
    }

    void a_gpu_is_split_evenly_and_bounded_by_nothing_and_all() {
        const RunId first = add(0);
        const RunId second = add(1);
        used_ = {{0, Seconds(0)}, {1, Seconds(0)}};
        energy_->begin(*workspace_, 0, first);
        energy_->begin(*workspace_, 1, second);
        gpu_ = 20;
        used_ = {{0, Seconds(9)}, {1, Seconds(1)}};
        QCOMPARE(energy_->end(*workspace_, 1).value, 10.0);
        for (const auto& row : store::energyTotals(*workspace_, second))
            if (row.source == "gpu") {
                QCOMPARE(row.low.value, 0.0);
                QVERIFY(row.high.value >= 20);
            }
    }
};

QTEST_GUILESS_MAIN(TestTrialEnergy)
#include "test_trial_energy.moc"
