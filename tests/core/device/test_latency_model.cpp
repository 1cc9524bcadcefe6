// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/latency_model.h"
#include "made_up_machine.h"
#include "refusal.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::device;

namespace {

Profile described() {
    Profile profile;
    profile.id = profile.title = "toaster";
    profile.peakGflops = 10;
    profile.bandwidthGBs = 5;
    return profile;
}

/// Of these networks' units, each as the made-up machine takes.
LatencyTable tableOf(const std::vector<arch::Network>& networks) {
    LatencyTable table{.machine = "m",
                       .processor = "p",
                       .library = "l",
                       .method = "watched",
                       .at = "now",
                       .space = testing::smallSpace()->toJson(),
                       .blocks = {},
                       .networks = {},
                       .power = {}};
    std::map<std::string, FusedUnit> units;
    for (const arch::Network& network : networks)
        for (const FusedUnit& unit : fusedUnits(network))
            units.emplace(unit.key(), unit);
    for (const auto& [key, unit] : units) {
        const Seconds time(testing::rooflineSeconds(unit));
        table.blocks.push_back({unit, time, time, time, 1});
    }
    table.correction.error = 0.05;
    return table;
}

double sumOf(const arch::Network& network) {
    double sum = 0;
    for (const FusedUnit& unit : fusedUnits(network))
        sum += testing::rooflineSeconds(unit);
    return sum;
}

} // namespace

class TestLatencyModel : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const arch::SearchSpace> space_ = testing::smallSpace();
    arch::Network large_ = space_->decode(space_->canonical(space_->largest()));
    arch::Network small_ = space_->decode(space_->canonical(space_->smallest()));

private slots:
    void measured_networks_are_trusted_most() {
        LatencyTable table = tableOf({large_});
        table.networks.push_back({.genotype = space_->largest(),
                                  .key = networkKey(fusedUnits(large_)),
                                  .time = Seconds(0.5),
                                  .low = Seconds(0.4),
                                  .high = Seconds(0.6)});
        const auto model = tableModel(table);
        const Latency latency = model->of(large_);
        QCOMPARE(latency.source, LatencySource::MeasuredNetworks);
        QCOMPARE(latency.median, Seconds(0.5));
        QCOMPARE(latency.low, Seconds(0.4));
        QCOMPARE(latency.provenance, Provenance::Measured);
        QVERIFY(latency.method.starts_with("measured networks"));
        QCOMPARE(latencyMetric(latency).high.value(), 600.0);
    }

    void then_the_sum_of_measured_blocks() {
        const Latency latency = tableModel(tableOf({large_}))->of(large_);
        QCOMPARE(latency.source, LatencySource::MeasuredBlocks);
        QVERIFY(std::abs(latency.median.value / sumOf(large_) - 1) < 1e-9);
        QCOMPARE(latency.provenance, Provenance::Predicted);
        QVERIFY(std::abs(latency.high / latency.median - 1.05) < 1e-9);
        QVERIFY(latency.method.starts_with("measured blocks"));
    }

    void then_regressors_for_the_blocks_that_are_missing() {
        LatencyTable table = tableOf({large_, small_});
        const std::string missing = table.blocks.front().unit.key();
        table.blocks.erase(table.blocks.begin());
        const auto model = tableModel(table);
        const bool inLarge = std::ranges::any_of(
            fusedUnits(large_), [&](const FusedUnit& unit) { return unit.key() == missing; });
        const arch::Network& lacking = inLarge ? large_ : small_;
        const Latency latency = model->of(lacking);
        QCOMPARE(latency.source, LatencySource::Regressors);
        QVERIFY(latency.method.starts_with("regressors for 1 of"));
        QVERIFY(std::abs(latency.median.value / sumOf(lacking) - 1) < 0.3);
    }

    void a_kind_that_nothing_is_known_of_is_named() {
        LatencyTable table = tableOf({large_});
        std::erase_if(table.blocks, [](const BlockTime& block) { return block.unit.kind == "depthwise"; });
        const auto model = tableModel(table);
        const QString said = testing::refusalOf([&] { model->of(large_); });
        QVERIFY2(said.contains("'depthwise'"), qPrintable(said));
    }

    void last_a_roofline_from_the_description() {
        const Latency latency = rooflineModel(described())->of(large_);
        QCOMPARE(latency.source, LatencySource::Roofline);
        QCOMPARE(latency.provenance, Provenance::Estimated);
        QVERIFY(latency.method.starts_with("roofline"));
    }

    void another_device_is_adapted() {
        const Correction thrice{.offset = std::log(3.0), .slope = 1, .error = 0.1};
        const auto model = adaptedModel(tableModel(tableOf({large_})), thrice, {}, "the other");
        const Latency latency = model->of(large_);
        QVERIFY(std::abs(latency.median.value / (3 * sumOf(large_)) - 1) < 1e-9);
        QCOMPARE(latency.source, LatencySource::MeasuredBlocks);
        QVERIFY(latency.method.find("the other, adapted by 0 networks") != std::string::npos);
        QVERIFY(std::abs(latency.high / latency.median - 1.1) < 1e-9);
    }

    void what_the_workspace_keeps_becomes_the_model() {
        const LatencyTable table = tableOf({large_});
        const Json own{{"kind", "table"}, {"table", toJson(table)}};
        QCOMPARE(latencyModelFromJson(own, described(), "w")->of(large_).source,
                 LatencySource::MeasuredBlocks);
        QCOMPARE(latencyModelFromJson(nullptr, described(), "w")->of(large_).source, LatencySource::Roofline);
        LatencyTable measured = table;
        measured.blocks.clear();
        measured.correction.offset = std::log(2.0);
        measured.networks.push_back({.genotype = space_->smallest(),
                                     .key = networkKey(fusedUnits(small_)),
                                     .time = Seconds(1),
                                     .low = Seconds(1),
                                     .high = Seconds(1)});
        const Json adapted{{"kind", "adapted"},
                           {"title", "other"},
                           {"base", own},
                           {"profile", nullptr},
                           {"measured", toJson(measured)}};
        const auto model = latencyModelFromJson(adapted, described(), "w");
        QVERIFY(std::abs(model->of(large_).median.value / (2 * sumOf(large_)) - 1) < 1e-9);
        QCOMPARE(model->of(small_).source, LatencySource::MeasuredNetworks);
        QVERIFY(testing::refusalOf([&] {
                    latencyModelFromJson({{"kind", "guess"}}, described(), "w");
                }).contains("'guess'"));
        QVERIFY(testing::refusalOf([&] {
                    latencyModelFromJson({{"kind", "table"}}, described(), "w");
                }).contains("'table' is missing"));
    }

    /// The tables' own reader sums them by the genotype; here it is the network that says what it is made of.
    void published_tables_are_summed_by_the_network() {
        auto parameters = arch::mobileNetV3({3, 64, 64}, 100);
        const arch::MbconvSpace space(parameters);
        Rng rng(3);
        std::map<std::string, double> means;
        std::vector<Genotype> genotypes;
        for (int i = 0; i < 400; ++i) {
            genotypes.push_back(space.random(rng));
            for (const std::string& key : publishedKeys(space.decode(genotypes.back())))
                means[key] = 0.01 * static_cast<double>(key.size());
        }
        for (const Genotype& genotype : {space.smallest(), space.largest()})
            for (const std::string& key : publishedKeys(space.decode(space.canonical(genotype))))
                means[key] = 0.01 * static_cast<double>(key.size());
        const Json json{{"file", "lut.yaml"}, {"means", means}};
        const std::vector<LookupTable> tables{LookupTable::fromJson(json)};
        const BlockTimes times(tables, space);
        const auto model = publishedModel(tables);
        for (const Genotype& genotype : genotypes) {
            const Latency latency = model->of(space.decode(genotype));
            QVERIFY(std::abs(latency.median / times.latency(genotype) - 1) < 1e-9);
            QCOMPARE(latency.provenance, Provenance::Imported);
            QCOMPARE(latency.source, LatencySource::MeasuredBlocks);
        }
        const QString said = testing::refusalOf([&] { model->of(large_); });
        QVERIFY2(said.contains("16 pixels") && said.contains("64 pixels"), qPrintable(said));
        Json short_ = json;
        const std::string missing = publishedKeys(space.decode(genotypes.front())).at(2);
        short_["means"].erase(missing);
        const auto lacking = publishedModel({LookupTable::fromJson(short_)});
        QVERIFY(testing::refusalOf([&] {
                    lacking->of(space.decode(genotypes.front()));
                }).contains(QString::fromStdString(missing)));
    }
};

QTEST_APPLESS_MAIN(TestLatencyModel)
#include "test_latency_model.moc"
