// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recipe.h"

#include "core/base/error.h"
#include "core/base/schema.h"

#include <QtTest>
#include <algorithm>
#include <set>

using namespace greenfront;

class TestRecipe : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const arch::SearchSpace> space_ = [] {
        Json description = arch::proposedSpace("mobilenet-v3", {3, 32, 32}, 10);
        return arch::makeSpace(description);
    }();
    Rng rng_{1};

    train::Recipe recipe(const Json& parameters) const {
        return {*space_, checked(train::supernetSchema(), parameters, "training")};
    }
    static double never(const arch::Network&) { return 0; }
    /// The values that a gene took in many steps of a phase.
    std::set<int> seen(const std::vector<train::Phase>& phases, std::size_t phase, const std::string& gene) {
        std::set<int> values;
        const auto& genes = space_->genes();
        const auto found = std::find_if(genes.begin(), genes.end(),
                                        [&](const arch::Gene& each) { return each.name == gene; });
        const auto index = static_cast<std::size_t>(found - genes.begin());
        for (int i = 0; i < 200; ++i)
            values.insert(found->values[static_cast<std::size_t>(
                train::drawOpen(*space_, phases[phase].open, rng_)[index])]);
        return values;
    }

private slots:
    void progressive_shrinking_opens_kernels_then_depths_then_expansions() {
        const auto text = train::supernetSchema();
        const auto phases =
            train::shrinkingPhases(findParameter(text, "phases")->defaultValue.get<std::string>(), *space_);
        QCOMPARE(phases.size(), 6U);
        using Values = std::set<int>;
        const std::string kernel = "stage2.block1.kernel", depth = "stage2.depth",
                          expansion = "stage2.block1.expansion";
        QCOMPARE(seen(phases, 0, kernel), Values{7});
        QCOMPARE(seen(phases, 1, kernel), (Values{3, 5, 7}));
        QCOMPARE(seen(phases, 1, depth), Values{4});
        QCOMPARE(seen(phases, 2, depth), (Values{3, 4}));
        QCOMPARE(seen(phases, 3, depth), (Values{2, 3, 4}));
        QCOMPARE(seen(phases, 3, expansion), Values{6});
        QCOMPARE(seen(phases, 4, expansion), (Values{4, 6}));
        QCOMPARE(seen(phases, 5, expansion), (Values{3, 4, 6}));
        double shares = 0;
        for (const train::Phase& phase : phases)
            shares += phase.share;
        QVERIFY(std::abs(shares - 1) < 1e-12);
    }

    void phases_that_open_nothing_are_left_out() {
        Json description = arch::proposedSpace("mobilenet-v3", {3, 32, 32}, 10);
        for (Json& stage : description["stages"])
            stage["kernels"] = {3};
        const auto space = arch::makeSpace(description);
        const auto phases = train::shrinkingPhases("full:1:1:1, kernel:2:1:1, depth:1:2:0.5", *space);
        QCOMPARE(phases.size(), 2U);
        QCOMPARE(phases[1].name, std::string("depth"));
        QCOMPARE(phases[1].share, 0.5);
    }

    void phases_that_cannot_be_read_are_named_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("parts") << "full:1:1"
                               << "full:1:1";
        QTest::newRow("name") << "full:1:1:1, wide:1:1:1"
                              << "wide";
        QTest::newRow("number") << "full:1:1:1, depth:x:1:1"
                                << "depth:x";
        QTest::newRow("negative") << "full:-1:1:1"
                                  << "full:-1";
        QTest::newRow("first") << "kernel:1:1:1"
                               << "kernel";
    }
    void phases_that_cannot_be_read_are_named() {
        QFETCH(QString, text);
        QFETCH(QString, named);
        try {
            train::shrinkingPhases(text.toStdString(), *space_);
            QFAIL("read");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(named), error.what());
        }
    }

    void only_the_first_phase_has_no_teacher() {
        const auto shrinking = recipe({{"recipe", "progressive-shrinking"}});
        QVERIFY(!shrinking.plan(0, rng_, never).teacher);
        QCOMPARE(shrinking.plan(0, rng_, never).networks.size(), 1U);
        const auto last = shrinking.plan(5, rng_, never);
        QVERIFY(last.teacher.has_value());
        QCOMPARE(last.networks.size(), 4U);
        QVERIFY(!recipe(Json::object()).plan(0, rng_, never).teacher);
    }

    void attentive_sampling_trains_the_best_of_three_networks_of_equal_cost() {
        const auto attentive = recipe({{"sampling", "attentive"}, {"random_networks", 1}});
        std::vector<double> macs;
        const auto lossOf = [&](const arch::Network& network) {
            macs.push_back(arch::networkCosts(network).macs);
            return -static_cast<double>(macs.size()); // the last one does best
        };
        const auto plan = attentive.plan(0, rng_, lossOf);
        QVERIFY(macs.size() >= 2 && macs.size() <= 3);
        QCOMPARE(plan.networks.size(), 3U);
        QCOMPARE(arch::networkCosts(plan.networks[1]).macs, macs.back());
        const auto [least, most] = std::minmax_element(macs.begin(), macs.end());
        QVERIFY(*most <= 1.23 * *least);
    }

    void a_space_of_one_network_trains_that_one_alone() {
        Json description = arch::proposedSpace("mbconv-small", {1, 16, 16}, 4);
        for (Json& stage : description["stages"])
            for (const char* gene : {"depths", "widths", "kernels", "expansions"})
                stage[gene] = Json::array({stage[gene].back()});
        const auto space = arch::makeSpace(description);
        const train::Recipe alone(*space, defaultsOf(train::supernetSchema()));
        QCOMPARE(alone.plan(0, rng_, never).networks.size(), 1U);
    }

    void the_expected_work_is_the_mean_of_the_steps() {
        for (const Json& parameters :
             {Json{{"recipe", "sandwich"}}, Json{{"recipe", "progressive-shrinking"}}}) {
            const auto trained = recipe(parameters);
            double mean = 0;
            constexpr int steps = 100;
            for (std::size_t phase = 0; phase < trained.phases().size(); ++phase)
                for (int i = 0; i < steps; ++i)
                    mean += trained.phases()[phase].share / steps *
                            trained.workOf(trained.plan(phase, rng_, never)).macs;
            const double expected = trained.expectedWork().macs;
            QVERIFY2(std::abs(expected / mean - 1) < 0.1,
                     qPrintable(QString("%1 for %2").arg(expected).arg(mean)));
        }
    }
};

QTEST_APPLESS_MAIN(TestRecipe)
#include "test_recipe.moc"
