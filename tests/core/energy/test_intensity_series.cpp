// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/energy/intensity_series.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::energy;
using namespace std::chrono_literals;

namespace {

IntensitySeries parsed(const std::string& text, const std::string& place = {}) {
    return parseIntensitySeries(text, "series", place);
}

void refuses(const std::string& text, const char* because, const std::string& place = {}) {
    try {
        parsed(text, place);
        QFAIL(("it was read: " + text).c_str());
    } catch (const Error& error) {
        QVERIFY2(QString(error.what()).contains(because), error.what());
    }
}

Moment at(const char* text) {
    return parseMoment(text).value();
}

std::string csv(const std::string& rows) {
    return "datetime,g_co2e_per_kwh\n" + rows;
}

} // namespace

class TestIntensitySeries : public QObject {
    Q_OBJECT

private slots:
    void moments_are_iso_8601_with_a_zone() {
        const Moment noon = at("2026-03-01T12:00:00Z");
        for (const char* same :
             {"2026-03-01T14:00:00+02:00", "2026-03-01T12:00Z", "2026-03-01 12:00:00.000Z",
              "2026-03-01T04:30:00-0730", "2026-03-01T13:00:00+01", "2026-03-01T12:00:00,5z"})
            QVERIFY2(parseMoment(same) == noon, same);
        QCOMPARE(isoText(noon), std::string("2026-03-01T12:00:00Z"));
        QCOMPARE(isoText(at("2024-03-01T00:30:00+01:00")), std::string("2024-02-29T23:30:00Z"));
        QCOMPARE(isoText(at("1969-12-31T23:59:59Z")), std::string("1969-12-31T23:59:59Z"));
        for (const char* wrong : {"", "2026-03-01", "2026-03-01T12:00:00", "2026-02-29T12:00:00Z",
                                  "2026-13-01T12:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T12:60:00Z",
                                  "2026-03-01T12:00:00+15:00", "2026-3-1T12:00:00Z", "2026-03-01T12:00:00Z ",
                                  "2026-03-01T12:00:00+-1:00", "-026-03-01T12:00:00Z", "12:00", "noon"})
            QVERIFY2(!parseMoment(wrong), wrong);
        QVERIFY(parseMoment("2026-03-01 12:00:00", WithoutZone::IsUtc) == noon);
        QVERIFY(parseMoment("2026-03-01 14:00:00+02:00", WithoutZone::IsUtc) == noon);
    }

    void durations_have_units() {
        QVERIFY(parseDuration("2h") == 2h);
        QVERIFY(parseDuration("90m") == 90min);
        QVERIFY(parseDuration("1h30m") == 90min);
        QVERIFY(parseDuration("2d3h4m5s") == 51h + 4min + 5s);
        for (const char* wrong : {"", "2", "h", "0h", "-1h", "1.5h", "30m1h", "1h1h", "2 h",
                                  "99999999999999999999h", "9000d", "1w", "2h "})
            QVERIFY_THROWS_EXCEPTION(Error, parseDuration(wrong));
    }

    void carbon_aware_records_last_as_long_as_they_say() {
        const auto series = parsed(R"([
            {"Location": "eastus", "Time": "2026-03-01T00:00:00+00:00", "Rating": 90, "Duration": "01:00"},
            {"Location": "eastus", "Time": "2026-03-01T01:00:00+00:00", "Rating": 57.5, "Duration": "00:30:00"},
            {"Location": "westus", "Time": "2026-03-01T00:00:00+00:00", "Rating": 1, "Duration": "1.00:00:00"}])",
                                   "eastus");
        QCOMPARE(series.place(), std::string("eastus"));
        QCOMPARE(series.records().size(), 2U);
        QVERIFY(series.start() == at("2026-03-01T00:00:00Z"));
        QVERIFY(series.end() == at("2026-03-01T01:30:00Z"));
        QCOMPARE(series.mean(series.start(), series.end())->value, (90.0 * 2 + 57.5) / 3);
    }

    void the_web_apis_lower_case_names_are_read_too() {
        const auto series = parsed(R"([{"location": "x", "time": "2026-03-01T00:00:00Z", "rating": 5,
                                        "duration": "1.00:00:00"}])");
        QVERIFY(series.end() - series.start() == 24h);
    }

    void electricity_maps_history_lasts_until_the_next_record() {
        const auto series = parsed(R"({"zone": "FR", "history": [
            {"zone": "FR", "carbonIntensity": 30, "datetime": "2026-03-01T00:00:00.000Z", "isEstimated": false},
            {"zone": "FR", "carbonIntensity": 60, "datetime": "2026-03-01T01:00:00.000Z"}]})");
        QCOMPARE(series.place(), std::string("FR"));
        QVERIFY(series.end() == at("2026-03-01T02:00:00Z"));
        QCOMPARE(series.mean(at("2026-03-01T00:30:00Z"), at("2026-03-01T02:00:00Z"))->value, 50.0);
    }

    void csv_takes_zones_and_quotes() {
        const auto series =
            parsed("\xEF\xBB\xBF"
                   "zone,\"datetime\",carbon_intensity\r\n"
                   "\"a, b\",2026-03-01T01:00:00+01:00,10\r\n\"a, b\",2026-03-01T01:00:00Z,20\r\n");
        QCOMPARE(series.place(), std::string("a, b"));
        QCOMPARE(series.mean(series.start(), series.end())->value, 15.0);
    }

    /// The tables that Electricity Maps lets one download: UTC is in the heading, and two intensities.
    void a_heading_may_say_utc() {
        const auto series =
            parsed("Datetime (UTC),Country,Zone id,Carbon intensity gCO2eq/kWh (direct),"
                   "Carbon intensity gCO2eq/kWh (Life cycle)\n2025-01-01 00:00:00,France,FR,20,33\n"
                   "2025-01-01 01:00:00,France,FR,21,35\n");
        QCOMPARE(series.records().front().value.value, 33.0);
        QVERIFY(series.start() == at("2025-01-01T00:00:00Z"));
    }

    void a_missing_record_is_a_gap_and_no_guess() {
        const auto series =
            parsed(csv("2026-03-01T00:00:00Z,10\n2026-03-01T01:00:00Z,20\n2026-03-01T04:00:00Z,30\n"
                       "2026-03-01T05:00:00Z,\n2026-03-01T06:00:00Z,40\n"));
        const auto gaps = series.gaps();
        QCOMPARE(gaps.size(), 2U);
        QVERIFY(gaps[0].start == at("2026-03-01T02:00:00Z") && gaps[0].end == at("2026-03-01T04:00:00Z"));
        QVERIFY(gaps[1].start == at("2026-03-01T05:00:00Z") && gaps[1].end == at("2026-03-01T06:00:00Z"));
        QVERIFY(series.mean(at("2026-03-01T00:00:00Z"), at("2026-03-01T02:00:00Z")));
        QVERIFY(!series.mean(at("2026-03-01T00:00:00Z"), at("2026-03-01T02:00:01Z")));
        QVERIFY(!series.mean(at("2026-03-01T03:00:00Z"), at("2026-03-01T05:00:00Z")));
        QVERIFY(!series.mean(at("2026-03-01T06:30:00Z"), at("2026-03-01T07:30:00Z")));
        QVERIFY(!series.mean(at("2026-02-28T23:30:00Z"), at("2026-03-01T00:30:00Z")));
    }

    void long_and_short_means_agree() {
        std::vector<IntensityRecord> records;
        const Moment start = at("2026-01-01T00:00:00Z");
        for (int i = 0; i < 500; ++i)
            if (i != 400)
                records.push_back({start + i * 1h, start + (i + 1) * 1h, GramsPerKwh((i * 37) % 101 + 3)});
        const IntensitySeries series(records, "", "series");
        double sum = 0;
        for (int i = 0; i < 300; ++i)
            sum += (i * 37) % 101 + 3;
        QVERIFY(std::abs(series.mean(start, start + 300h)->value - sum / 300) < 1e-9);
        QVERIFY(!series.mean(start, start + 450h));
    }

    void hostile_series_are_refused() {
        refuses("", "empty");
        refuses("[]", "list of records");
        refuses("[1, 2]", "list of records");
        refuses("[{\"Time\": ", "JSON");
        refuses("a,b\n1,2\n", "no column is a time");
        refuses("time,b\n1,2\n", "no column is an intensity");
        refuses("datetime,carbon intensity kg/kWh\n2026-03-01T00:00:00Z,0.3\n", "kilograms");
        refuses(csv(""), "no records");
        refuses(csv("2026-03-01T00:00:00,10\n2026-03-01T01:00:00,20\n"), "no time zone");
        refuses(csv("yesterday,10\n"), "not an ISO 8601 time");
        refuses(csv("2026-03-01T01:00:00Z,10\n2026-03-01T00:00:00Z,20\n2026-03-01T02:00:00Z,20\n"),
                "after the one");
        refuses(csv("2026-03-01T00:00:00Z,10\n2026-03-01T00:00:00Z,20\n2026-03-01T02:00:00Z,20\n"),
                "after the one");
        refuses(csv("2026-03-01T01:00:00+02:00,10\n2026-03-01T00:00:00+01:00,20\n2026-03-01T02:00:00Z,1"),
                "after the one"); // the same moment twice
        refuses(csv("2026-03-01T00:00:00Z,10\n2026-03-01T01:00:00Z,-1\n"), "record 2");
        refuses(csv("2026-03-01T00:00:00Z,nan\n2026-03-01T01:00:00Z,1\n"), "record 1");
        refuses(csv("2026-03-01T00:00:00Z,10x\n2026-03-01T01:00:00Z,1\n"), "not a number");
        refuses(csv("2026-03-01T00:00:00Z,400000\n2026-03-01T01:00:00Z,1\n"), "beyond any grid");
        refuses(csv("2026-03-01T00:00:00Z,0.4\n2026-03-01T01:00:00Z,0.3\n"), "kilograms");
        refuses(csv("2026-03-01T00:00:00Z,10\n"), "how long");
        refuses(csv("2026-03-01T00:00:00Z,10,5\n"), "3 fields");
        refuses(csv("2026-03-01T00:00:00Z,\"10\n"), "never closed");
        const std::string record =
            R"({"Location": "a", "Time": "2026-03-01T00:00:00Z", "Rating": 1, "Duration": )";
        refuses("[" + record + "\"an hour\"}]", "hours:minutes");
        refuses("[" + record + "\"00:00\"}]", "lasts no time");
        refuses("[" + record + R"("02:00"}, {"Location": "a", "Time": "2026-03-01T01:00:00Z", "Rating": 1,
                "Duration": "01:00"}])",
                "before the one above it ends");
        refuses(R"([{"Location": "a", "Time": "2026-03-01T00:00:00Z", "Rating": "1", "Duration": "01:00"}])",
                "is a number");
        refuses("[" + record + "\"01:00\"}]", "'b'", "b");
        refuses(R"([{"Location": "a", "Time": "2026-03-01T00:00:00Z", "Rating": 1, "Duration": "01:00"},
                    {"Location": "b", "Time": "2026-03-01T00:00:00Z", "Rating": 1, "Duration": "01:00"}])",
                "several places");
    }
};

QTEST_APPLESS_MAIN(TestIntensitySeries)
#include "test_intensity_series.moc"
