// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/energy/intensity_series.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using namespace greenfront::energy;

/// Series from outside, damaged in thousands of ways: each is refused with an error, or read as a series that
/// keeps its promises.
class TestSeriesDamage : public QObject {
    Q_OBJECT

private:
    static std::string damaged(std::string text, Rng& rng) {
        static const std::string digits = "0123456789-+.eE:TZ,;\"[]{}\n\r\t nulNaNinf";
        const auto place = [&] { return rng.below(text.size() + 1); };
        const auto changes = 1 + rng.below(4);
        for (std::size_t i = 0; i < changes; ++i) {
            const char letter =
                rng.chance(0.8) ? digits[rng.below(digits.size())] : static_cast<char>(rng.below(256));
            switch (rng.below(5)) {
            case 0:
                text.insert(place(), 1, letter);
                break;
            case 1:
                text.erase(place(), 1 + rng.below(6));
                break;
            case 2:
                text.resize(place());
                break;
            case 3:
                text.insert(place(), text.substr(0, rng.below(40)));
                break;
            default:
                if (!text.empty())
                    text[rng.below(text.size())] = letter;
            }
        }
        return text;
    }

    /// Ascending, without overlaps, of possible intensities; a mean over all of it exactly where nothing is
    /// missing.
    static void checkPromises(const IntensitySeries& series, const std::string& text) {
        QVERIFY2(!series.records().empty(), text.c_str());
        const IntensityRecord* last = nullptr;
        for (const IntensityRecord& record : series.records()) {
            QVERIFY2(record.start < record.end, text.c_str());
            QVERIFY2(last == nullptr || last->end <= record.start, text.c_str());
            QVERIFY2(std::isfinite(record.value.value) && record.value.value >= 0, text.c_str());
            last = &record;
        }
        const auto mean = series.mean(series.start(), series.end());
        QCOMPARE(mean.has_value(), series.gaps().empty());
        QVERIFY2(!mean || std::isfinite(mean->value), text.c_str());
    }

private slots:
    void nothing_from_outside_is_believed_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("csv") << QByteArray("datetime,carbon_intensity,zone\n2026-03-01T00:00:00Z,210,FR\n"
                                           "2026-03-01T01:00:00Z,190.5,FR\n2026-03-01T02:00:00+01:00,180,DE\n"
                                           "2026-03-01T02:00:00Z,,FR\n2026-03-01T03:00:00Z,170,FR\n");
        QTest::newRow("csv, zone in the heading") << QByteArray(
            "Datetime (UTC),Country,Carbon intensity gCO2eq/kWh\n2026-03-01 00:00:00,France,21\n"
            "2026-03-01 01:00:00,France,\"22\"\n2026-03-01 02:00:00,France,23\n");
        QTest::newRow("carbon aware sdk") << QByteArray(
            R"([{"Location":"fr","Time":"2026-03-01T00:00:00Z","Rating":210,"Duration":"01:00:00"},
                {"Location":"fr","Time":"2026-03-01T01:00:00Z","Rating":90.25,"Duration":"00:30:00"}])");
        QTest::newRow("electricity maps") << QByteArray(
            R"({"zone":"FR","history":[{"datetime":"2026-03-01T00:00:00.000Z","carbonIntensity":50},
                {"datetime":"2026-03-01T01:00:00.000Z","carbonIntensity":null},
                {"datetime":"2026-03-01T02:00:00.000Z","carbonIntensity":62}]})");
    }

    void nothing_from_outside_is_believed() {
        QFETCH(QByteArray, text);
        const std::string whole = text.toStdString();
        const std::string place = whole.find("DE\n") == std::string::npos ? "" : "FR";
        checkPromises(parseIntensitySeries(whole, "series", place), whole);
        Rng rng(7);
        int read = 0, refused = 0;
        for (int i = 0; i < 3000; ++i) {
            const std::string other = damaged(whole, rng);
            try {
                checkPromises(parseIntensitySeries(other, "series", place), other);
                ++read;
            } catch (const Error&) {
                ++refused;
            }
        }
        QVERIFY2(read > 50 && refused > 500, qPrintable(QString("%1 %2").arg(read).arg(refused)));
    }
};

QTEST_APPLESS_MAIN(TestSeriesDamage)
#include "test_series_damage.moc"
