// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/model_carbon.h"

#include "core/arch/search_space.h"
#include "core/base/error.h"
#include "core/store/candidates.h"
#include "core/store/studies.h"
#include "core/study/energy_parts.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using Answer = study::BreakEven::Answer;

namespace {

store::EnergyRow energyRow(const std::string& phase, const std::string& source, Provenance provenance,
                           double joules) {
    return {.phase = phase,
            .source = source,
            .method = "made up",
            .provenance = provenance,
            .seconds = Seconds(10),
            .joules = Joules(joules),
            .low = Joules(joules / 2),
            .high = Joules(joules * 2),
            .at = {}};
}

study::Study madeUp(const std::string& name, const std::vector<std::string>& assignments) {
    study::Study study{.name = name,
                       .data = "builtin",
                       .dataHash = "5eed",
                       .space = arch::defaultSpace({1, 16, 16}, 10),
                       .parameters = defaultsOf(study::studyParameters())};
    for (const std::string& assignment : assignments)
        study::setParameter(study, assignment);
    return study;
}

Metric metric(const std::string& name, double value) {
    return {.name = name,
            .value = value,
            .unit = "",
            .direction = name == "accuracy" ? Direction::Maximise : Direction::Minimise,
            .provenance = Provenance::Measured,
            .low = {},
            .high = {},
            .method = "made up"};
}

bool near(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

} // namespace

/// Two studies at 360 g/kWh: one spent 36 MJ (10 kWh, 3.6 kg), the other 3.6 MJ (360 g), a third of it
/// estimated.
class TestModelCarbon : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::optional<store::Workspace> workspace_;
    StudyId dear_, cheap_;

    StudyId addStudy(const std::string& name, const std::vector<store::EnergyRow>& rows, double millijoules) {
        const auto study = madeUp(name, {"grid_intensity=360", "deployed_devices=100", "inferences_a_day=10",
                                         "use_days=10", "use_region=FRA"});
        const StudyId id = store::addStudy(*workspace_, name, "5eed", study::toJson(study));
        const RunId run = store::addRun(*workspace_, {.id = {},
                                                      .study = id,
                                                      .kind = "training",
                                                      .subject = "",
                                                      .started = {},
                                                      .parameters = Json::object(),
                                                      .versions = Json::object(),
                                                      .error = {}});
        for (const auto& row : rows)
            store::addEnergy(*workspace_, run, row);
        int gene = 0;
        for (const double accuracy : {90.0, 80.0}) { // the second is dominated
            const CandidateId candidate = store::putCandidate(*workspace_, id, {gene++});
            store::putMetric(*workspace_, candidate, "", metric("accuracy", accuracy));
            store::putMetric(*workspace_, candidate, "raspberry-pi-4", metric("latency_ms", 5 + gene));
            store::putMetric(*workspace_, candidate, "raspberry-pi-4", metric("energy_mj", millijoules));
        }
        return id;
    }

    study::ModelCarbon modelOf(StudyId study, const study::Assumptions& assumptions = {}) {
        return study::frontCarbon(*workspace_, study, "raspberry-pi-4", assumptions).at(0);
    }

private slots:
    void initTestCase() {
        workspace_ = store::Workspace::create(std::filesystem::path(folder_.path().toStdString()) / "w.gf");
        store::putData(
            *workspace_,
            {.hash = "5eed", .name = "made up", .kind = "builtin", .info = {}, .source = "builtin"});
        dear_ = addStudy("dear", {energyRow("training", "rapl:package-0", Provenance::Measured, 36e6)}, 36);
        cheap_ = addStudy("cheap",
                          {energyRow("training", "rapl:package-0", Provenance::Measured, 1.2e6),
                           energyRow("search", "rapl:package-0", Provenance::Measured, 1.2e6),
                           energyRow("training", "memory-model", Provenance::Estimated, 1.2e6)},
                          72);
    }

    void parts_are_kept_apart_by_phase_source_and_provenance_and_add_up() {
        const auto account = study::accountOf(*workspace_, cheap_);
        const auto settings = study::carbonSettings(study::loadStudy(*workspace_, cheap_));
        const auto parts = study::energyParts(account, settings);
        QCOMPARE(parts.size(), 3U);
        const auto measured = study::totalOf(parts, Provenance::Measured);
        const auto estimated = study::totalOf(parts, Provenance::Estimated);
        QVERIFY(near(measured->joules.value.value, 2.4e6));
        QVERIFY(near(estimated->joules.value.value, 1.2e6));
        QVERIFY(!study::totalOf(parts, Provenance::Imported));
        const auto total = study::totalOf(parts);
        QVERIFY(near(total.joules.value.value, account.joules.value.value));
        QVERIFY(near(total.carbon.value.value, 360));
        QVERIFY(near(total.carbon.low.value, 180));
        QVERIFY(near(total.carbon.high.value, 720));
        QVERIFY(total.provenance == Provenance::Estimated);
    }

    void a_workspace_is_the_sum_of_its_studies() {
        const auto all = study::workspaceCarbon(*workspace_);
        QCOMPARE(all.studies, 2U);
        QVERIFY(near(all.total.joules.value.value, 39.6e6));
        QVERIFY(near(all.total.carbon.value.value, 3960));
    }

    void what_is_not_assumed_stays_as_the_study_has_it() {
        const auto study = madeUp("s", {"pue=1.5", "use_days=10", "machine_class=laptop"});
        const auto before = study::carbonSettings(study);
        const auto same = study::changedSettings(study, {});
        QCOMPARE(same.pue, before.pue);
        QCOMPARE(same.grid.value.value, before.grid.value.value);
        study::Assumptions assumptions;
        assumptions.days = 20;
        assumptions.machine = "unknown";
        const auto changed = study::changedSettings(study, assumptions);
        QCOMPARE(changed.days, 20.0);
        QCOMPARE(changed.pue, 1.5);
        QVERIFY(before.machine && !changed.machine);
    }

    void a_region_moves_the_devices_too_unless_the_study_says_where_they_are() {
        study::Assumptions assumptions;
        assumptions.region = "SWE";
        const auto along = study::changedSettings(madeUp("s", {}), assumptions);
        QCOMPARE(along.grid.code, std::string("SWE"));
        QCOMPARE(along.useGrid.code, std::string("SWE"));
        const auto apart = study::changedSettings(madeUp("s", {"use_region=FRA"}), assumptions);
        QCOMPARE(apart.useGrid.code, std::string("FRA"));
    }

    void impossible_assumptions_are_refused() {
        study::Assumptions nowhere;
        nowhere.region = "Atlantis";
        QVERIFY_THROWS_EXCEPTION(Error, study::changedSettings(madeUp("s", {}), nowhere));
        study::Assumptions free;
        free.pue = 0.5;
        QVERIFY_THROWS_EXCEPTION(Error, study::changedSettings(madeUp("s", {}), free));
    }

    void a_change_is_told_in_grams_and_percent() {
        const auto less = study::changeOf(GramsCO2e(200), GramsCO2e(50));
        QCOMPARE(less.grams.value, -150.0);
        QCOMPARE(*less.percent, -75.0);
        QVERIFY(!study::changeOf(GramsCO2e(0), GramsCO2e(50)).percent);
    }

    void only_the_front_is_listed_and_devices_without_metrics_have_none() {
        QCOMPARE(study::frontCarbon(*workspace_, dear_, "raspberry-pi-4", {}).size(), 1U);
        QVERIFY(study::frontCarbon(*workspace_, dear_, "this-machine", {}).empty());
    }

    /// 3.6 kg over 100 devices.
    void making_is_shared_by_the_devices_that_are_assumed() {
        study::Assumptions assumptions;
        assumptions.deployed = 10;
        const auto model = modelOf(dear_, assumptions);
        QVERIFY(near(model.recorded.life->making.value.value, 36));
        QVERIFY(near(model.assumed.life->making.value.value, 360));
    }

    void too_many_inferences_for_a_day_are_explained() {
        study::Assumptions assumptions;
        assumptions.inferencesPerDay = 1e9;
        const auto model = modelOf(dear_, assumptions);
        QVERIFY(model.recorded.life && !model.assumed.life);
        QVERIFY(QString::fromStdString(model.assumed.unknown).contains("do not fit into a day"));
    }

    /// What the dear one cost more, over what it saves: 36 mJ of French electricity and no time.
    void the_dear_model_breaks_even_after_exactly_the_extra_over_the_saving() {
        const auto dear = modelOf(dear_).recorded;
        const auto cheap = modelOf(cheap_).recorded;
        const auto answer = study::compareModels(dear, cheap);
        QVERIFY(answer.answer == Answer::FirstLater);
        QVERIFY(answer.firstCheaperInUse);
        const double saving = 36e-3 / 3.6e6 * energy::gridOf("FRA").value.value;
        QVERIFY(near(answer.inferences, (3600.0 - 360.0) / saving));
        QVERIFY(study::compareModels(cheap, dear).answer == Answer::SecondLater);
    }

    void other_answers() {
        const auto dear = modelOf(dear_).recorded;
        const auto cheap = modelOf(cheap_).recorded;
        auto wasteful = dear;
        wasteful.input->perInference = cheap.input->perInference;
        QVERIFY(study::compareModels(wasteful, cheap).answer == Answer::SecondAlways);
        QVERIFY(study::compareModels(cheap, wasteful).answer == Answer::FirstAlways);
        QVERIFY(study::compareModels(dear, wasteful).answer == Answer::SameToMake);
        QVERIFY(study::compareModels(dear, {}).answer == Answer::Unknown);
    }
};

QTEST_APPLESS_MAIN(TestModelCarbon)
#include "test_model_carbon.moc"
