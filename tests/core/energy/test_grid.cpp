// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/energy/grid.h"

#include <QtTest>
#include <limits>
#include <set>

using namespace greenfront;
using namespace greenfront::energy;

class TestGrid : public QObject {
    Q_OBJECT

private slots:
    void every_row_has_year_source_and_licence() {
        QCOMPARE(knownGrids().size(), 211U + 44U);
        std::set<std::string> codes;
        for (const GridIntensity& grid : knownGrids()) {
            QVERIFY2(codes.insert(grid.code).second, grid.code.c_str());
            QVERIFY(grid.value.value > 0 && grid.value.value < 1500);
            QVERIFY(grid.year >= 2021 && grid.year <= 2024);
            QVERIFY(grid.annual);
            QVERIFY(!grid.place.empty() && !grid.source.empty() && !grid.licence.empty());
        }
    }

    void countries_and_cloud_regions_are_found_by_code_or_name() {
        QCOMPARE(gridOf("FRA").value.value, 56.0);
        QCOMPARE(gridOf("fra").value.value, 56.0);
        QCOMPARE(gridOf("france").code, std::string("FRA"));
        QCOMPARE(gridOf("europe-west9").value.value, 16.30);
        QCOMPARE(gridOf("europe-west9").provider, std::string("gcp"));
        QCOMPARE(gridOf("europe-west6").place, std::string("Zürich"));
    }

    void an_unknown_region_is_refused_with_its_neighbours() {
        QVERIFY(findGrid("XYZ") == nullptr);
        QVERIFY(findGrid("") == nullptr);
        QVERIFY(findGrid("Paris") == nullptr); // a city is no country, and may be of several clouds
        try {
            gridOf("germania");
            QFAIL("it was found");
        } catch (const Error& error) {
            QVERIFY(QString(error.what()).contains("DEU (Germany)"));
        }
    }

    void the_tables_hold_the_published_figures() {
        const QString data = qEnvironmentVariable("GREENFRONT_TEST_DATA") + "/grid/";
        if (!QFile::exists(data + "countries.csv"))
            QSKIP("GREENFRONT_TEST_DATA has no grid figures");
        for (const auto& [name, column] :
             {std::pair{"countries.csv", 2U}, std::pair{"google-cloud-regions-2024.csv", 3U}}) {
            const std::string path = (data + name).toStdString();
            const auto rows = parseCsv(readFile(path, Bytes(1e6)), path);
            for (std::size_t i = 1; i < rows.size(); ++i)
                QCOMPARE(gridOf(rows[i][0]).value.value, std::stod(rows[i][column]));
        }
    }

    void a_description_says_that_a_year_is_a_year() {
        QCOMPARE(
            describe(gridOf("FRA")),
            std::string("56 g CO2e/kWh, location-based, annual average of 2023 for France (Our World in Data "
                        "from Ember and the Energy Institute, CC BY 4.0)"));
        QCOMPARE(describe(fixedGrid(GramsPerKwh(480), "my supplier")),
                 std::string("480 g CO2e/kWh, location-based, a fixed value (my supplier)"));
    }

    void impossible_intensities_and_pues_are_refused() {
        QVERIFY_THROWS_EXCEPTION(Error, fixedGrid(GramsPerKwh(-1), ""));
        QVERIFY_THROWS_EXCEPTION(Error, fixedGrid(GramsPerKwh(std::numeric_limits<double>::quiet_NaN()), ""));
        QVERIFY_THROWS_EXCEPTION(Error, checkedPue(0.9));
        QVERIFY_THROWS_EXCEPTION(Error, checkedPue(std::numeric_limits<double>::infinity()));
        QCOMPARE(checkedPue(1.0), 1.0);
    }

    /// 1 kWh = 3.6 MJ = 3,600,000 J; at 500 g/kWh it emits 500 g = 0.5 kg, and with a PUE of 1.2 600 g.
    void joules_kilowatt_hours_and_grams_do_not_slip() {
        QCOMPARE(inKwh(Joules(3.6e6)).value, 1.0);
        QCOMPARE(inJoules(KilowattHours(1)).value, 3.6e6);
        QCOMPARE(inKwh(Joules(3600)).value, 1e-3);
        QCOMPARE(carbonOf(Joules(3.6e6), GramsPerKwh(500)).value, 500.0);
        QCOMPARE(carbonOf(Joules(3.6e6), GramsPerKwh(500), 1.2).value, 600.0);
        QCOMPARE(carbonOf(Joules(1.0), GramsPerKwh(3600)).value, 1e-3);
        QCOMPARE(toText(carbonOf(Joules(3.6e6), GramsPerKwh(500))), std::string("500 g CO2e"));
    }
};

QTEST_APPLESS_MAIN(TestGrid)
#include "test_grid.moc"
