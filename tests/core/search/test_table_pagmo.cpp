// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/base/statistics.h"
#include "core/search/hypervolume.h"
#include "core/search/optimiser.h"
#include "tests/core/search/pagmo_oracle.h"

#include <QtTest>
#include <map>

using namespace greenfront;
using namespace greenfront::search;

namespace {

constexpr unsigned budget = 200;
constexpr unsigned seeds = 20;
const std::vector<Direction> down(2, Direction::Minimise);

/// NAS-Bench-Macro (Su et al. 2021), accuracy with its sign turned and operations.
std::map<std::vector<double>, Point> readTable() {
    std::map<std::vector<double>, Point> table;
    const Json json = readJson(qEnvironmentVariable("GREENFRONT_TEST_DATA").toStdString() +
                               "/nas-bench-macro/nas-bench-macro_cifar10.json");
    for (const auto& [key, entry] : json.items()) {
        std::vector<double> choices;
        for (const char digit : key)
            choices.push_back(digit - '0');
        table[choices] = {-entry.at("mean_acc").get<double>(), entry.at("flops").get<double>()};
    }
    return table;
}

std::vector<Point> searched(const std::map<std::vector<double>, Point>& table, const std::string& method,
                            unsigned seed) {
    std::vector<SpaceParameter> parameters;
    for (int i = 0; i < 8; ++i)
        parameters.push_back(
            {.name = "op" + std::to_string(i), .type = ParameterType::Ordinal, .values = {0, 1, 2}});
    const auto optimiser = makeOptimiser(method, {ParameterSpace(parameters), down, seed});
    std::vector<Point> points;
    while (points.size() < budget) {
        const auto proposal = optimiser->ask();
        points.push_back(table.at(proposal->assignment.values));
        optimiser->tell(proposal->id, {.objectives = points.back()});
    }
    return points;
}

} // namespace

/// 200 of 6,561 trained networks, beside what somebody else's NSGA-II finds in as many.
class TestTablePagmo : public QObject {
    Q_OBJECT

private slots:
    void the_best_method_finds_nearly_all_and_more_than_pagmo() {
        if (!qEnvironmentVariableIsSet("GREENFRONT_TEST_DATA") ||
            !QFile::exists(qEnvironmentVariable("GREENFRONT_TEST_DATA") + "/nas-bench-macro"))
            QSKIP("GREENFRONT_TEST_DATA has no nas-bench-macro");
        const auto table = readTable();
        std::vector<Point> all;
        for (const auto& [choices, point] : table)
            all.push_back(point);
        const Point worst = worstOf(all, down);
        const double exact = hypervolume(all, down, worst);
        std::vector<double> tpe, theirs, chance;
        for (unsigned seed = 1; seed <= seeds; ++seed) {
            const auto share = [&](const std::vector<Point>& points) {
                return hypervolume(points, down, worst) / exact;
            };
            tpe.push_back(share(searched(table, "tpe", seed)));
            chance.push_back(share(searched(table, "random", seed)));
            theirs.push_back(share(
                testing::pagmoNsga2([&](const std::vector<double>& choices) { return table.at(choices); }, 8,
                                    3, 2, budget, seed)));
        }
        const double found = quantileOf(tpe, 0.5);
        qInfo("TPE %.4f, pagmo's NSGA-II %.4f, chance %.4f", found, quantileOf(theirs, 0.5),
              quantileOf(chance, 0.5));
        QVERIFY(found >= 0.99);
        QVERIFY(found > quantileOf(theirs, 0.5));
        QVERIFY(found > quantileOf(chance, 0.5));
    }
};

QTEST_APPLESS_MAIN(TestTablePagmo)
#include "test_table_pagmo.moc"
