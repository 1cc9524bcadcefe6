// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/device/runnable.h"
#include "core/store/candidates.h"
#include "core/store/runs.h"
#include "core/study/devices.h"
#include "core/study/specialise.h"
#include "small_study.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace greenfront;

namespace {

Json described(const std::string& id) {
    return {{"id", id},         {"title", id},         {"threads", 1},
            {"peak_gflops", 1}, {"bandwidth_gb_s", 1}, {"source", "made up"}};
}

/// Every unit of the space's networks takes a microsecond.
device::LatencyTable tableFor(const arch::SearchSpace& space) {
    device::LatencyTable table{.machine = "made up",
                               .processor = "none",
                               .library = "none",
                               .method = "made up",
                               .at = "2026-01-01T00:00:00Z",
                               .space = space.toJson(),
                               .blocks = {},
                               .networks = {},
                               .power = {}};
    std::map<std::string, device::FusedUnit> units;
    Rng rng(1);
    for (int i = 0; i < 200; ++i)
        for (const device::FusedUnit& unit : device::fusedUnits(space.decode(space.random(rng))))
            units.emplace(unit.key(), unit);
    for (const Genotype& genotype : {space.smallest(), space.largest()})
        for (const device::FusedUnit& unit : device::fusedUnits(space.decode(space.canonical(genotype))))
            units.emplace(unit.key(), unit);
    for (const auto& [key, unit] : units)
        table.blocks.push_back({unit, Seconds(1e-6), Seconds(1e-6), Seconds(1e-6), 1});
    device::FusedUnit normalise;
    normalise.kind = arch::toText(arch::Op::Normalise);
    normalise.input = normalise.output = space.decode(space.smallest()).input();
    table.blocks.push_back({normalise, Seconds(1e-6), Seconds(1e-6), Seconds(1e-6), 1});
    return table;
}

QString refusalOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

} // namespace

/// Devices that a workspace's users have added, in its searches.
class TestDevices : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    Control control_;
    std::optional<store::Workspace> workspace_;
    study::Study study_;
    StudyId id_;
    std::shared_ptr<const arch::SearchSpace> space_;
    static void ignore(const Progress&) {}

private slots:
    void initTestCase() {
        workspace_ =
            store::Workspace::create(std::filesystem::path(folder_.path().toStdString()) / "w.greenfront");
        study_ = testing::smallStudy();
        space_ = arch::makeSpace(study_.space);
        const Json table{{"kind", "table"}, {"table", device::toJson(tableFor(*space_))}};
        study::addDevice(*workspace_, described("toaster"), table, "toaster.json");
        study::setParameter(study_, "devices=toaster");
        id_ = study::putStudy(*workspace_, study_);
        study::runStudy(*workspace_, id_, control_, ignore);
    }

    void a_search_takes_the_latency_of_the_devices_table() {
        const auto front = study::frontOf(*workspace_, id_, "latency_ms", "accuracy", "toaster");
        QVERIFY(front.points.size() >= 6);
        for (const study::FrontPoint& point : front.points) {
            const Metric& latency = point.metrics.at("latency_ms");
            QVERIFY2(latency.method.starts_with("measured blocks") ||
                         latency.method.starts_with("regressors"),
                     latency.method.c_str());
            QCOMPARE(latency.provenance, Provenance::Predicted);
            const auto units = device::fusedUnits(space_->decode(point.genotype)).size() + 1;
            QVERIFY(std::abs(latency.value - 1e-3 * static_cast<double>(units)) < 1e-9);
        }
    }

    void what_does_not_fit_is_infeasible_and_says_so() {
        const auto largest = arch::networkCosts(space_->decode(space_->canonical(space_->largest())));
        const auto smallest = arch::networkCosts(space_->decode(space_->canonical(space_->smallest())));
        Json tight = described("tight");
        tight["memory_mib"] =
            (smallest.weights + smallest.peakMemory + largest.weights + largest.peakMemory).value / 2 /
            1048576;
        study::addDevice(*workspace_, tight, nullptr, "tight.json");
        study::searchDevices(*workspace_, id_, {.devices = {"tight"}, .evaluations = 6}, control_, ignore);
        const auto profile = study::findDevice(*workspace_, "tight");
        std::size_t fitting = 0;
        std::size_t tooLarge = 0;
        for (const store::CandidateRow& row : store::candidatesOf(*workspace_, id_)) {
            const bool fits = !device::excessOf(space_->decode(row.genotype), profile);
            for (const auto& [device, metric] : store::metricsOf(*workspace_, row.id)) {
                if (device != "tight")
                    continue;
                QVERIFY(metric.name != "latency_ms" || fits);
                fitting += metric.name == "latency_ms" ? 1U : 0U;
                if (metric.name == "excess_memory_kb") {
                    QVERIFY(!fits && metric.value > 0 &&
                            metric.method.find("memory of") != std::string::npos);
                    ++tooLarge;
                }
            }
        }
        QVERIFY(fitting >= 6);  // networks that fit are what is counted
        QVERIFY(tooLarge >= 1); // the largest, at least
        const auto choice = study::chooseFor(*workspace_, id_, "tight", {}, {});
        QVERIFY(!device::excessOf(space_->decode(choice.point.genotype), profile));
    }

    void a_device_that_nothing_fits_into_is_named() {
        Json tiny = described("tiny");
        tiny["flash_kib"] = 1;
        study::addDevice(*workspace_, tiny, nullptr, "tiny.json");
        const QString said = refusalOf([&] {
            study::searchDevices(*workspace_, id_, {.devices = {"tiny"}, .evaluations = 6}, control_, ignore);
        });
        QVERIFY2(said.contains("tiny") && said.contains("smallest network") && said.contains("flash"),
                 qPrintable(said));
    }

    void adding_checks_what_is_added() {
        Json silent = described("silent");
        silent.erase("peak_gflops");
        silent.erase("bandwidth_gb_s");
        QVERIFY(refusalOf([&] {
                    study::addDevice(*workspace_, silent, nullptr, "silent.json");
                }).contains("silent.json: nothing tells"));
        QVERIFY(refusalOf([&] {
                    study::addDevice(*workspace_, silent, {{"kind", "x"}}, "silent.json");
                }).contains("silent.json"));
        QVERIFY(refusalOf([&] { study::findDevice(*workspace_, "absent"); }).contains("toaster"));
    }

    void an_added_device_stands_for_a_shipped_one() {
        const auto shipped = device::knownDevices().size();
        const auto before = study::knownDevices(*workspace_).size();
        study::addDevice(*workspace_, described("raspberry-pi-4"), nullptr, "pi.json");
        QCOMPARE(study::knownDevices(*workspace_).size(), before);
        QVERIFY(before >= shipped);
        QCOMPARE(study::findDevice(*workspace_, "raspberry-pi-4").peakGflops, 1.0);
    }

    void networks_measured_there_adapt_another_device() {
        device::LatencyTable ten = tableFor(*space_);
        ten.blocks.clear();
        const auto like = study::findDevice(*workspace_, "toaster");
        const auto model = study::latencyModelOf(*workspace_, like);
        Rng rng(5);
        for (int i = 0; i < 10; ++i) {
            const Genotype genotype = space_->random(rng);
            const auto network = device::asRun(space_->decode(genotype));
            const Seconds time = model->of(network).median * 7;
            ten.networks.push_back({.genotype = genotype,
                                    .key = device::networkKey(device::fusedUnits(network)),
                                    .time = time,
                                    .low = time,
                                    .high = time});
        }
        const Json latency = study::adaptedLatency(*workspace_, like, ten);
        study::addDevice(*workspace_, described("slow-toaster"), latency, "ten.json");
        const auto adapted =
            study::latencyModelOf(*workspace_, study::findDevice(*workspace_, "slow-toaster"));
        for (int i = 0; i < 20; ++i) {
            const auto network = device::asRun(space_->decode(space_->random(rng)));
            QVERIFY(std::abs(adapted->of(network).median / model->of(network).median - 7) < 0.05);
        }
        ten.networks.resize(2);
        QVERIFY_THROWS_EXCEPTION(Error, study::adaptedLatency(*workspace_, like, ten));
    }
};

QTEST_APPLESS_MAIN(TestDevices)
#include "test_devices.moc"
