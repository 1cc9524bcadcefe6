// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/search/hypervolume.h"
#include "core/search/nsga2.h"

#include <QtTest>
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

using namespace greenfront;
using search::Point;

namespace {

const std::vector<Direction> accuracyAndFlops{Direction::Maximise, Direction::Minimise};
constexpr int budget = 1500;

/// NAS-Bench-Macro (Su et al. 2021): all 6,561 networks of a space of 8 layers with 3 choices, each trained
/// three times on CIFAR-10.
std::map<Genotype, Point> readTable(const std::filesystem::path& file) {
    std::map<Genotype, Point> table;
    const Json json = readJson(file);
    for (const auto& [key, entry] : json.items()) {
        Genotype genotype;
        for (const char digit : key)
            genotype.push_back(digit - '0');
        table[genotype] = {entry.at("mean_acc").get<double>(), entry.at("flops").get<double>()};
    }
    return table;
}

std::vector<Point> pointsOf(const std::map<Genotype, Point>& table) {
    std::vector<Point> points;
    for (const auto& [genotype, point] : table)
        points.push_back(point);
    return points;
}

std::vector<Point> searched(const std::map<Genotype, Point>& table, std::uint64_t seed) {
    search::Nsga2 search(std::vector<int>(8, 3), accuracyAndFlops, {}, seed);
    search.seedWith({Genotype(8, 0), Genotype(8, 2)});
    std::vector<Point> points;
    for (int i = 0; i < budget; ++i) {
        const Genotype genotype = search.ask();
        points.push_back(table.at(genotype));
        search.tell(genotype, points.back());
    }
    return points;
}

std::vector<Point> drawn(std::vector<Point> points, std::uint64_t seed) {
    Rng(seed).shuffle(std::span(points));
    points.resize(budget);
    return points;
}

} // namespace

class TestNsga2Table : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        const std::filesystem::path file =
            std::filesystem::path(qgetenv("GREENFRONT_TEST_DATA").toStdString()) /
            "nas-bench-macro/nas-bench-macro_cifar10.json";
        if (!std::filesystem::exists(file))
            QSKIP("GREENFRONT_TEST_DATA has no nas-bench-macro/nas-bench-macro_cifar10.json");
        table_ = readTable(file);
        all_ = pointsOf(table_);
        QCOMPARE(table_.size(), std::size_t(6561));
        const auto onFront = search::paretoFront(all_, accuracyAndFlops);
        networksOnFront_ = onFront.size();
        for (const std::size_t index : onFront)
            front_.insert(all_[index]);
    }

    /// A layer that passes its input on may stand before or behind its neighbour: the same network twice.
    void theFrontHas35PointsOf66Networks() {
        QCOMPARE(front_.size(), std::size_t(35));
        QCOMPARE(networksOnFront_, std::size_t(66));
    }

    void aQuarterOfTheTableIsEnoughForItsFront_data() {
        QTest::addColumn<int>("seed");
        for (const int seed : {1, 2, 3})
            QTest::addRow("seed %d", seed) << seed;
    }
    void aQuarterOfTheTableIsEnoughForItsFront() {
        QFETCH(int, seed);
        const auto number = static_cast<std::uint64_t>(seed);
        const auto found = searched(table_, number);
        const auto random = drawn(all_, number);
        const double share = shareOfArea(found);
        const double randomShare = shareOfArea(random);
        qInfo("%.3f %% of the area, %d of 35 points; at random %.3f %%, %d", 100 * share, foundOf(found),
              100 * randomShare, foundOf(random));
        QVERIFY(share >= 0.999);
        QVERIFY(share > randomShare);
        QVERIFY(foundOf(found) >= 30);
    }

private:
    double shareOfArea(const std::vector<Point>& points) const {
        const Point reference = search::worstOf(all_, accuracyAndFlops);
        return search::hypervolume(points, accuracyAndFlops, reference) /
               search::hypervolume(all_, accuracyAndFlops, reference);
    }
    int foundOf(const std::vector<Point>& points) const {
        return static_cast<int>(std::ranges::count_if(
            front_, [&points](const Point& point) { return std::ranges::count(points, point) > 0; }));
    }

    std::map<Genotype, Point> table_;
    std::vector<Point> all_;
    std::set<Point> front_; ///< each point once
    std::size_t networksOnFront_ = 0;
};

QTEST_APPLESS_MAIN(TestNsga2Table)
#include "test_nsga2_table.moc"
