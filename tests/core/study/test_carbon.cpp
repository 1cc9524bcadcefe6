// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/carbon.h"

#include "core/arch/search_space.h"
#include "core/base/error.h"
#include "core/store/candidates.h"
#include "core/store/studies.h"
#include "core/study/energy_parts.h"
#include "core/study/idle_baseline.h"
#include "core/study/report.h"
#include "core/study/results.h"
#include "core/study/what_if.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
namespace fs = std::filesystem;

namespace {

const energy::Moment midnight = energy::parseMoment("2026-03-01T00:00:00Z").value();

Metric metric(const std::string& name, double value, std::optional<double> low = {},
              std::optional<double> high = {}) {
    return {.name = name,
            .value = value,
            .unit = "",
            .direction = name == "accuracy" ? Direction::Maximise : Direction::Minimise,
            .provenance = Provenance::Measured,
            .low = low,
            .high = high,
            .method = "made up"};
}

bool near(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

} // namespace

/// A workspace with made-up runs: 7.2 MJ of training, 1.8 MJ of search for each of two devices.
class TestCarbon : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::optional<store::Workspace> workspace_;
    StudyId id_;
    CandidateId candidate_;

    static study::Study madeUp() {
        study::Study study{.name = "made up",
                           .data = "builtin",
                           .dataHash = "5eed",
                           .space = arch::defaultSpace({1, 16, 16}, 10),
                           .parameters = defaultsOf(study::studyParameters())};
        for (const char* assignment : {"grid_intensity=400", "pue=1.25", "deployed_devices=10",
                                       "inferences_a_day=100", "use_days=10", "use_region=FRA"})
            study::setParameter(study, assignment);
        return study;
    }

    void addRun(const std::string& kind, const std::string& subject, const std::string& phase,
                double joules) {
        const RunId run = store::addRun(*workspace_, {.id = {},
                                                      .study = id_,
                                                      .kind = kind,
                                                      .subject = subject,
                                                      .started = {},
                                                      .parameters = Json::object(),
                                                      .versions = Json::object(),
                                                      .error = {}});
        store::setRunState(*workspace_, run, store::RunState::Running);
        store::addRunSeconds(*workspace_, run, Seconds(3600));
        store::addEnergy(*workspace_, run,
                         {.phase = phase,
                          .source = "rapl:package-0",
                          .method = "counter",
                          .provenance = Provenance::Measured,
                          .seconds = Seconds(3600),
                          .joules = Joules(joules),
                          .low = Joules(joules / 2),
                          .high = Joules(joules * 2),
                          .at = {}});
        store::setRunState(*workspace_, run, store::RunState::Finished);
    }

    Metric lifecycle(const std::string& device) {
        const auto front = study::frontOf(*workspace_, id_, "lifecycle_g", "accuracy", device);
        return front.points.at(0).metrics.at("lifecycle_g");
    }

    static energy::IntensitySeries hoursOf(const std::vector<double>& values) {
        std::vector<energy::IntensityRecord> records;
        for (std::size_t i = 0; i < values.size(); ++i)
            records.push_back({midnight + static_cast<int>(i) * std::chrono::hours(1),
                               midnight + static_cast<int>(i + 1) * std::chrono::hours(1),
                               energy::GramsPerKwh(values[i])});
        return {records, "FR", "series"};
    }

private slots:
    void initTestCase() {
        workspace_ = store::Workspace::create(fs::path(folder_.path().toStdString()) / "w.greenfront");
        store::putData(*workspace_, {.hash = "5eed",
                                     .name = "made-up digits",
                                     .kind = "builtin",
                                     .info = {{"samples", {70, 20, 10}}},
                                     .source = "builtin"});
        id_ = store::addStudy(*workspace_, "made up", "5eed", study::toJson(madeUp()));
        addRun("training", "", "training", 7.2e6);
        addRun("search", "this-machine", "measuring", 1.8e6);
        addRun("search", "raspberry-pi-4", "search", 1.8e6);
        candidate_ = store::putCandidate(*workspace_, id_, {0, 0});
        store::putMetric(*workspace_, candidate_, "", metric("accuracy", 90));
        store::putMetric(*workspace_, candidate_, "this-machine", metric("latency_ms", 2, 1, 4));
        store::putMetric(*workspace_, candidate_, "raspberry-pi-4", metric("latency_ms", 10));
        store::putMetric(*workspace_, candidate_, "raspberry-pi-4", metric("energy_mj", 64, 32, 128));
    }

    void an_account_is_the_sum_of_its_runs() {
        const auto account = study::accountOf(*workspace_, id_);
        QCOMPARE(account.runs.size(), 3U);
        QVERIFY(near(account.joules.value.value, 10.8e6));
        QVERIFY(near(account.joules.low.value, 5.4e6));
        QVERIFY(near(account.seconds.value, 3 * 3600));
        QVERIFY(account.provenance() == Provenance::Measured);
    }

    /// Making: 2.5 kWh x 1.25 x 400 / 10 = 125 g. Use: 1,000 x 64 mJ x 56 g/kWh. Embodied: 10 s of five years
    /// of a small device of 1.4 kg.
    void lifecycle_carbon_on_a_described_device() {
        const Metric life = lifecycle("raspberry-pi-4");
        const double use = 1000 * 0.064 / 3.6e6 * 56;
        const double embodied = 1400 * 10.0 / (5 * energy::oneYear.value);
        QVERIFY(near(life.value, 125 + use + embodied));
        QVERIFY(near(*life.low, 62.5 + use / 2 + embodied * 0.3 / 1.4));
        QVERIFY(near(*life.high, 250 + use * 2 + embodied * 6.3 / 1.4));
        QCOMPARE(life.unit, std::string("g CO2e"));
        QVERIFY(life.provenance == Provenance::Estimated);
    }

    /// This machine drew 500 W while it measured, so 2 ms are 1 J; its PUE counts and its making is not
    /// known.
    void lifecycle_carbon_on_this_machine() {
        const Metric life = lifecycle("this-machine");
        QVERIFY(near(life.value, 125 + 1000 * 1.0 / 3.6e6 * 1.25 * 56));
        QVERIFY(QString::fromStdString(life.method).contains("embodied left out"));
        // 1 ms at 250 W to 4 ms at 1,000 W: as sure as the latency and the source together.
        QVERIFY(near(*life.low, 62.5 + 1000 * 0.25 / 3.6e6 * 1.25 * 56));
        QVERIFY(near(*life.high, 250 + 1000 * 4.0 / 3.6e6 * 1.25 * 56));
    }

    void the_metric_is_listed_like_any_other() {
        const auto names = study::metricNames(*workspace_, id_, "this-machine");
        QVERIFY(std::ranges::find(names, "lifecycle_g") != names.end());
    }

    void what_if_changes_the_assumptions_and_not_the_runs() {
        const auto account = study::accountOf(*workspace_, id_);
        auto settings = study::carbonSettings(madeUp());
        std::vector<study::Scenario> scenarios{{"as it was", settings}};
        settings.grid = energy::gridOf("FRA");
        settings.pue = 1;
        settings.machine = energy::deviceClass("laptop");
        scenarios.push_back({"FRA", settings});
        const auto outcomes = study::whatIf(account, scenarios, std::nullopt);
        QVERIFY(near(outcomes[0].operational.value.value, 3 * 1.25 * 400));
        QVERIFY(near(outcomes[1].operational.value.value, 3 * 56));
        QVERIFY(near(outcomes[1].savedPercent, 100 * (1 - 56 / 500.0)));
        QVERIFY(!outcomes[0].embodied && outcomes[1].embodied);
        QVERIFY(near(outcomes[1].embodied->value.value, 154e3 * 3 * 3600 / (4 * energy::oneYear.value)));
    }

    /// 2, 0.5 and 0.5 kWh, an hour each.
    void at_another_hour_each_part_counts_at_its_own_time() {
        using namespace std::chrono_literals;
        const auto account = study::accountOf(*workspace_, id_);
        const auto parts = study::drawnParts(*workspace_, account);
        QCOMPARE(parts.size(), 3U);
        QCOMPARE(parts[2].begin.value, 7200.0);
        const auto series = hoursOf({100, 200, 400, 800});
        const auto now = study::startedAt(series, midnight, parts, "series");
        QVERIFY(near(now.carbon.value.value, 2 * 100 + 0.5 * 200 + 0.5 * 400));
        QVERIFY(near(now.carbon.low.value, 250) && near(now.carbon.high.value, 1000));
        QVERIFY(near(now.grid.value.value, 500.0 / 3));
        QVERIFY(!now.grid.annual && now.grid.place == "FR" && now.end == midnight + 3h);
        const auto later = study::startedAt(series, midnight + 30min, parts, "series");
        QVERIFY(near(later.carbon.value.value, 2 * 150 + 0.5 * 300 + 0.5 * 600));

        const auto settings = study::carbonSettings(madeUp());
        const std::vector<study::Scenario> scenarios{{"as it was", settings},
                                                     study::atHour("later", settings, later)};
        const auto outcomes = study::whatIf(account, scenarios, std::nullopt);
        QVERIFY(near(outcomes[1].operational.value.value, 1.25 * 750));
        QVERIFY(near(outcomes[1].savedPercent, 100 * (1 - 750 / 1200.0)));
        QCOMPARE(outcomes[1].settings.useGrid.code, std::string("FRA")); // where it is used stays
    }

    void an_hour_that_the_series_does_not_know_is_refused() {
        using namespace std::chrono_literals;
        const auto parts = study::drawnParts(*workspace_, study::accountOf(*workspace_, id_));
        const auto series = hoursOf({100, 200, 400});
        study::startedAt(series, midnight, parts, "series");
        for (const auto start : {midnight - 1s, midnight + 1s})
            QVERIFY_THROWS_EXCEPTION(Error, study::startedAt(series, start, parts, "series"));
        const energy::IntensitySeries gap({{midnight, midnight + 90min, energy::GramsPerKwh(100)},
                                           {midnight + 91min, midnight + 5h, energy::GramsPerKwh(100)}},
                                          "FR", "series");
        QVERIFY_THROWS_EXCEPTION(Error, study::startedAt(gap, midnight, parts, "series"));
        study::startedAt(gap, midnight + 91min, parts, "series");
    }

    /// Sources are read together, and more often than once a second.
    void parts_of_a_run_follow_each_other() {
        const StudyId id = store::addStudy(*workspace_, "parts", "5eed", study::toJson(madeUp()));
        const RunId run = store::addRun(*workspace_, {.id = {},
                                                      .study = id,
                                                      .kind = "training",
                                                      .subject = {},
                                                      .started = {},
                                                      .parameters = Json::object(),
                                                      .versions = Json::object(),
                                                      .error = {}});
        for (const char* source : {"cpu", "gpu", "cpu", "gpu", "cpu"})
            store::addEnergy(*workspace_, run,
                             {.phase = "training",
                              .source = source,
                              .method = "counter",
                              .provenance = Provenance::Measured,
                              .seconds = Seconds(0.25),
                              .joules = Joules(3.6e6),
                              .low = Joules(3.6e6),
                              .high = Joules(3.6e6),
                              .at = {}});
        const auto parts = study::drawnParts(*workspace_, study::accountOf(*workspace_, id));
        QCOMPARE(parts.size(), 3U);
        QCOMPARE(parts[1].begin.value, 0.25);
        QCOMPARE(parts[1].joules.value.value, 7.2e6);
        QCOMPARE(parts[2].joules.value.value, 3.6e6);
        const energy::IntensitySeries series(
            {{midnight, midnight + std::chrono::seconds(1), energy::GramsPerKwh(100)},
             {midnight + std::chrono::seconds(1), midnight + std::chrono::hours(1),
              energy::GramsPerKwh(500)}},
            "FR", "series");
        QCOMPARE(study::startedAt(series, midnight, parts, "series").carbon.value.value, 500.0);
        std::vector<study::DrawnPart> across{parts[1]};
        across[0].begin = Seconds(0.875);
        QCOMPARE(study::startedAt(series, midnight, across, "series").carbon.value.value, 2 * 300.0);
    }

    void net_energy_is_without_what_the_idle_machine_draws() {
        const Json versions{{"processor", "Some Processor"}, {"hardware_threads", 2}};
        const StudyId id = store::addStudy(*workspace_, "net", "5eed", study::toJson(madeUp()));
        const RunId run = store::addRun(*workspace_, {.id = {},
                                                      .study = id,
                                                      .kind = "training",
                                                      .subject = {},
                                                      .started = {},
                                                      .parameters = Json::object(),
                                                      .versions = versions,
                                                      .error = {}});
        for (const char* source : {"cpu", "gpu"})
            store::addEnergy(*workspace_, run,
                             {.phase = "training",
                              .source = source,
                              .method = "counter",
                              .provenance = Provenance::Measured,
                              .seconds = Seconds(100),
                              .joules = Joules(5000),
                              .low = Joules(4000),
                              .high = Joules(6000),
                              .at = {}});
        const auto parts = [&] {
            return study::energyParts(study::accountOf(*workspace_, id), study::carbonSettings(madeUp()));
        };
        QVERIFY(!parts()[0].net);
        store::IdlePowerRow idle{.source = "cpu",
                                 .method = "counter",
                                 .provenance = Provenance::Measured,
                                 .seconds = Seconds(30),
                                 .power = Watts(20),
                                 .low = Watts(18),
                                 .high = Watts(25)};
        const std::string machine = study::machineOf(versions);
        store::putIdlePower(*workspace_, machine, std::vector{idle});
        const auto one = parts();
        QCOMPARE(one[0].net->value.value, 3000.0);
        QCOMPARE(one[0].net->low.value, 1500.0);
        QCOMPARE(one[0].net->high.value, 4200.0);
        QVERIFY(!one[1].net && !study::totalOf(one).net); // of one part it is not known
        auto other = idle;
        other.source = "gpu";
        store::putIdlePower(*workspace_, machine, std::vector{idle, other});
        QCOMPARE(study::totalOf(parts()).net->value.value, 6000.0);
        QCOMPARE(study::totalOf(parts()).joules.value.value, 10000.0);
    }

    void a_report_holds_everything_and_invents_nothing() {
        const auto report = study::reportOf(*workspace_, id_);
        QVERIFY(near(report.carbon.value.value, 1500));
        QCOMPARE(report.runs.size(), 3U);
        QVERIFY(report.runs[0].machine.processor.empty() && report.runs[0].machine.os.empty());
        QVERIFY(report.grid.code.empty());
        QCOMPARE(report.samples, 70.0);
        QCOMPARE(report.accuracy.value(), 90.0);
        QCOMPARE(report.scores.size(), 5U); // the training run, and two units on each device
        QVERIFY(!report.scores[0].complete);
        QVERIFY_THROWS_EXCEPTION(
            Error, study::reportOf(*workspace_, id_, {.device = "toaster", .candidate = {}, .unit = {}}));
        QVERIFY_THROWS_EXCEPTION(
            Error,
            study::reportOf(*workspace_, id_, {.device = "", .candidate = CandidateId{99}, .unit = {}}));
    }

    void described_devices_are_of_known_classes() {
        for (const device::Profile& device : device::knownDevices())
            if (!device.measured)
                QVERIFY(!energy::deviceClass(device.embodiedClass).source.empty());
    }

    void unknown_regions_are_refused_at_once() {
        study::Study study = madeUp();
        QVERIFY_THROWS_EXCEPTION(Error, study::setParameter(study, "region=Mars"));
        QVERIFY_THROWS_EXCEPTION(Error, study::setParameter(study, "use_region=Mars"));
        QVERIFY_THROWS_EXCEPTION(Error, study::setParameter(study, "pue=0.9"));
        QVERIFY_THROWS_EXCEPTION(Error, study::setParameter(study, "grid_intensity=-1"));
    }
};

QTEST_APPLESS_MAIN(TestCarbon)
#include "test_carbon.moc"
