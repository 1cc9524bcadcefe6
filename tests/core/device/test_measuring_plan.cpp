// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/measuring_plan.h"
#include "made_up_machine.h"
#include "refusal.h"

#include <QtTest>
#include <set>

using namespace greenfront;
using device::MeasuringPlan;

class TestMeasuringPlan : public QObject {
    Q_OBJECT

private:
    static QString refusal(const Json& json) {
        return testing::refusalOf([&] { device::measuringPlanFromJson(json, "plan.json"); });
    }

private slots:
    void no_network_is_in_it_twice() {
        const auto space = testing::smallSpace();
        const MeasuringPlan plan = device::planFor(*space, {.networks = 50});
        QCOMPARE(plan.networks.size(), std::size_t{50});
        QVERIFY(plan.blocks.size() > 2 && plan.adaptive);
        std::set<Genotype> all(plan.blocks.begin(), plan.blocks.end());
        all.insert(plan.networks.begin(), plan.networks.end());
        QCOMPARE(all.size(), plan.blocks.size() + plan.networks.size());
        QVERIFY(all.contains(space->canonical(space->largest())));
        QCOMPARE(device::planFor(*space, {.networks = 50}).networks, plan.networks);
        QVERIFY(device::planFor(*space, {.networks = 50, .seed = 2}).networks != plan.networks);
        const MeasuringPlan whole = device::planFor(*space, {.blocks = false, .networks = 10});
        QVERIFY(whole.blocks.empty() && !whole.adaptive);
    }

    void a_plan_comes_back_as_it_was_written() {
        const MeasuringPlan plan =
            device::planFor(*testing::smallSpace(), {.networks = 5, .limit = Seconds(7), .seed = 3});
        const MeasuringPlan back = device::measuringPlanFromJson(device::toJson(plan), "plan.json");
        QCOMPARE(back.space, plan.space);
        QCOMPARE(back.blocks, plan.blocks);
        QCOMPARE(back.networks, plan.networks);
        QCOMPARE(back.limit, Seconds(7));
        QCOMPARE(back.seed, std::uint64_t{3});
    }

    void what_is_wrong_is_named() {
        const Json good = device::toJson(device::planFor(*testing::smallSpace(), {.networks = 5}));
        QVERIFY(refusal(good).isEmpty());
        const auto changed = [&](const char* pointer, const Json& value) {
            Json json = good;
            json[Json::json_pointer(pointer)] = value;
            return refusal(json);
        };
        QVERIFY(changed("/version", 9).contains("plan.json: it is of version 9"));
        QVERIFY(changed("/format", "other").contains("'format'"));
        QVERIFY(changed("/networks/1/genotype/0", 99).contains("'networks[1]'"));
        QVERIFY(changed("/networks/1/genotype", "all").contains("'networks[1]"));
        QVERIFY(changed("/limit_s", -1).contains("'limit_s'"));
        QVERIFY(changed("/space/kind", "cubes").contains("cubes"));
        Json nothing = good;
        nothing["blocks"] = Json::array();
        nothing["networks"] = Json::array();
        QVERIFY(refusal(nothing).contains("neither"));
        Json without = good;
        without.erase("networks");
        QVERIFY(refusal(without).contains("'networks' is missing"));
    }
};

QTEST_APPLESS_MAIN(TestMeasuringPlan)
#include "test_measuring_plan.moc"
