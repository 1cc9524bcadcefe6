// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/archive.h"
#include "tests/core/search/random_points.h"

#include <QtTest>
#include <algorithm>
#include <limits>

using namespace greenfront;
using search::Point;

namespace {

/// A list that is looked through from end to end.
class NaiveArchive {
public:
    explicit NaiveArchive(std::vector<Direction> directions) : directions_(std::move(directions)) {}

    bool insert(const Point& point, std::size_t id) {
        for (const auto& member : members_)
            if (member.point == point || search::dominates(member.point, point, directions_))
                return false;
        std::erase_if(members_, [&](const search::Archive::Member& member) {
            return search::dominates(point, member.point, directions_);
        });
        members_.push_back({point, id});
        return true;
    }
    const std::vector<search::Archive::Member>& members() const { return members_; }

private:
    std::vector<Direction> directions_;
    std::vector<search::Archive::Member> members_;
};

} // namespace

class TestArchive : public QObject {
    Q_OBJECT

private slots:
    void keeps_what_a_list_would_keep_data() {
        QTest::addColumn<int>("objectives");
        QTest::addColumn<int>("levels");
        for (const int objectives : {1, 2, 3, 4, 6})
            for (const int levels : {3, 12, 1'000'000})
                QTest::addRow("%d objectives of %d levels", objectives, levels) << objectives << levels;
    }
    void keeps_what_a_list_would_keep() {
        QFETCH(int, objectives);
        QFETCH(int, levels);
        Rng rng(5);
        const auto size = static_cast<std::size_t>(objectives);
        const auto directions = testing::randomDirections(size, rng);
        search::Archive archive(directions);
        NaiveArchive expected(directions);
        const auto points = testing::randomPoints(800, size, static_cast<std::size_t>(levels), rng);
        for (std::size_t id = 0; id < points.size(); ++id) {
            QCOMPARE(archive.insert(points[id], id), expected.insert(points[id], id));
            QCOMPARE(archive.size(), expected.members().size());
        }
        const auto members = archive.members();
        QCOMPARE(members.size(), expected.members().size());
        for (std::size_t i = 0; i < members.size(); ++i) {
            QCOMPARE(members[i].id, expected.members()[i].id);
            QCOMPARE(members[i].point, expected.members()[i].point);
        }
    }

    void a_point_better_than_all_stands_alone() {
        for (const std::size_t objectives : {2, 3}) {
            Rng rng(6);
            search::Archive archive(std::vector<Direction>(objectives, Direction::Minimise));
            for (std::size_t id = 0; id < 500; ++id)
                archive.insert(testing::randomPoints(1, objectives, 1000, rng).front(), id);
            QVERIFY(archive.size() > 1);
            QVERIFY(archive.insert(Point(objectives, -100), 500));
            QCOMPARE(archive.size(), 1U);
            QCOMPARE(archive.members().front().id, 500U);
        }
    }

    void not_a_number_is_never_kept_and_infinity_is_a_value() {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        constexpr double infinite = std::numeric_limits<double>::infinity();
        search::Archive archive(std::vector<Direction>(3, Direction::Maximise));
        QVERIFY(!archive.insert({1, none, 1}, 0));
        for (std::size_t id = 1; id <= 50; ++id) {
            const auto value = static_cast<double>(id);
            QVERIFY(archive.insert({value, -value, id % 2 == 0 ? infinite : -infinite}, id) || id % 2 == 1);
        }
        QVERIFY(!archive.insert({50, -50, 7}, 51));
        QVERIFY(archive.insert({infinite, infinite, infinite}, 52));
        QCOMPARE(archive.size(), 1U);
    }
};

QTEST_APPLESS_MAIN(TestArchive)
#include "test_archive.moc"
