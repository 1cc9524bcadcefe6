// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/constraint.h"

#include "core/base/error.h"

#include <QtTest>
#include <cmath>
#include <map>

using namespace greenfront;
using namespace greenfront::search;

namespace {

double violation(const std::vector<std::string>& texts, const std::map<std::string, double>& values) {
    return violationOf(constraintsFrom(texts), [&](const std::string& metric) {
        const auto found = values.find(metric);
        return found == values.end() ? std::nullopt : std::optional(found->second);
    });
}

} // namespace

class TestConstraint : public QObject {
    Q_OBJECT

private slots:
    void it_is_read_and_written() {
        QCOMPARE(constraintFrom(" lat <= 5"), (Constraint{"lat", true, 5}));
        QCOMPARE(constraintFrom("acc>=-0.5"), (Constraint{"acc", false, -0.5}));
        for (const char* text : {"lat<=5", "acc>=-0.5"})
            QCOMPARE(toText(constraintFrom(text)), std::string(text));
    }

    void what_it_lacks_counts_as_a_share_of_the_bound() {
        QCOMPARE(violation({"lat<=5"}, {{"lat", 5}}), 0.0);
        QCOMPARE(violation({"lat<=5"}, {{"lat", 6}}), 0.2);
        QCOMPARE(violation({"acc>=0.8"}, {{"acc", 0.6}}), 0.25);
        QCOMPARE(violation({"gain>=0"}, {{"gain", -3}}), 3.0);
        QCOMPARE(violation({"lat<=5", "acc>=0.8"}, {{"lat", 6}, {"acc", 0.6}}), 0.45);
    }

    void a_metric_that_is_missing_breaks_it_altogether() {
        QVERIFY(std::isinf(violation({"lat<=5"}, {})));
        QVERIFY(std::isinf(violation({"lat<=5"}, {{"lat", std::nan("")}})));
    }

    void anything_else_is_refused() {
        for (const char* text : {"lat", "lat<5", "<=5", "lat<=", "lat<=five", "lat<=inf", "lat==5"})
            QVERIFY_EXCEPTION_THROWN(constraintFrom(text), Error);
    }
};

QTEST_APPLESS_MAIN(TestConstraint)
#include "test_constraint.moc"
