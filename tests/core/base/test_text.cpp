// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/base/units.h"

#include <QtTest>
#include <set>

using namespace greenfront;

class TestText : public QObject {
    Q_OBJECT

private slots:
    void quantities_read_well() {
        QCOMPARE(toText(Joules(0)), std::string("0 J"));
        QCOMPARE(toText(Joules(1234)), std::string("1.23 kJ"));
        QCOMPARE(toText(Joules(0.0456)), std::string("45.6 mJ"));
        QCOMPARE(toText(Watts(999.9)), std::string("1.00 kW"));
        QCOMPARE(toText(Bytes(2.5e6)), std::string("2.50 MB"));
        QCOMPARE(toText(Seconds(0.00125)), std::string("1.25 ms"));
        QCOMPARE(toText(Seconds(65)), std::string("1 min 05 s"));
        QCOMPARE(toText(Seconds(7260)), std::string("2 h 01 min"));
        QCOMPARE(countText(1.37e6), std::string("1.37 M"));
    }

    void numbers_read_back_as_themselves() {
        for (const double number : {0.1, 1.0 / 3.0, 1e300, -2.5e-9})
            QCOMPARE(std::stod(numberText(number)), number);
        QCOMPARE(fixedText(2.345, 1), std::string("2.3"));
    }

    void a_short_number_has_four_significant_digits() {
        const std::vector<std::pair<double, std::string>> cases{
            {0, "0"},         {2.0 / 3, "0.6667"},   {1.5, "1.5"},
            {380.9, "380.9"}, {123456.78, "123457"}, {1e-7 / 3, "0.00000003333"},
            {-0.05, "-0.05"}, {100, "100"}};
        for (const auto& [number, text] : cases)
            QCOMPARE(shortText(number), text);
    }

    void text_is_split_and_trimmed() {
        const auto parts = split("a,,b", ',');
        QCOMPARE(parts.size(), 3U);
        QVERIFY(parts[1].empty());
        QVERIFY(trimmed("  x \t") == "x");
        QVERIFY(trimmed("  ").empty());
    }

    void random_numbers_follow_from_the_seed_and_cover_their_range() {
        Rng a(7, 1), b(7, 1), other(7, 2);
        std::set<std::size_t> seen;
        bool same = true;
        for (int i = 0; i < 200; ++i) {
            const std::size_t value = a.below(10);
            QCOMPARE(b.below(10), value);
            same = same && other.below(10) == value;
            seen.insert(value);
        }
        QCOMPARE(seen.size(), 10U);
        QVERIFY(!same);
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "test_text.moc"
