// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/formats/carbon_report.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::formats;

namespace {

/// The list of the format's own documentation.
const std::vector<std::string> codeCarbonColumns{"timestamp",
                                                 "project_name",
                                                 "run_id",
                                                 "experiment_id",
                                                 "duration",
                                                 "emissions",
                                                 "emissions_rate",
                                                 "cpu_power",
                                                 "gpu_power",
                                                 "ram_power",
                                                 "cpu_energy",
                                                 "gpu_energy",
                                                 "ram_energy",
                                                 "energy_consumed",
                                                 "water_consumed",
                                                 "country_name",
                                                 "country_iso_code",
                                                 "region",
                                                 "cloud_provider",
                                                 "cloud_region",
                                                 "os",
                                                 "python_version",
                                                 "codecarbon_version",
                                                 "cpu_count",
                                                 "cpu_model",
                                                 "gpu_count",
                                                 "gpu_model",
                                                 "longitude",
                                                 "latitude",
                                                 "ram_total_size",
                                                 "tracking_mode",
                                                 "cpu_utilization_percent",
                                                 "gpu_utilization_percent",
                                                 "ram_utilization_percent",
                                                 "ram_used_gb",
                                                 "on_cloud",
                                                 "pue",
                                                 "wue"};

/// 1 kWh of the processor in two packages and 0.5 kWh of memory in an hour, at 400 g/kWh: 600 g.
CarbonReport sample() {
    CarbonReport report;
    report.study = "3";
    report.project = "a \"quoted\", long\nname <b>";
    report.created = "2026-03-01T12:00:00Z";
    ReportedRun run;
    run.id = "7";
    run.kind = "training";
    run.started = "2026-03-01T10:00:00Z";
    run.seconds = Seconds(3600);
    const auto energy = [](const char* source, double joules) {
        return ReportedEnergy{"training",
                              source,
                              "counter",
                              Provenance::Measured,
                              Seconds(3600),
                              Joules(joules),
                              Joules(joules * 0.95),
                              Joules(joules * 1.05)};
    };
    run.energy = {energy("rapl:package-0", 1.8e6), energy("rapl:package-1", 1.8e6),
                  energy("rapl:package-0:dram", 1.8e6)};
    run.joules = {Joules(5.4e6 * 0.95), Joules(5.4e6), Joules(5.4e6 * 1.05)};
    run.carbon = energy::carbonOf(run.joules, energy::GramsPerKwh(400));
    run.machine = {"Linux", "Some Processor", 8, Bytes(16.0 * 1024 * 1024 * 1024)};
    run.version = "1.0";
    report.runs = {run};
    report.joules = run.joules;
    report.carbon = run.carbon;
    report.seconds = run.seconds;
    report.grid = energy::fixedGrid(energy::GramsPerKwh(400), "a test");
    report.dataName = "digits";
    report.samples = 7291;
    report.accuracy = 97.5;
    return report;
}

CarbonReport inFrance() {
    CarbonReport report = sample();
    report.grid = energy::gridOf("FRA");
    return report;
}

std::map<std::string, std::string> firstRecord(const CarbonReport& report) {
    const auto rows = parseCsv(codeCarbonCsv(report), "report");
    std::map<std::string, std::string> record;
    for (std::size_t i = 0; i < rows.at(0).size(); ++i)
        record[rows.at(0).at(i)] = rows.at(1).at(i);
    return record;
}

} // namespace

class TestCarbonReport : public QObject {
    Q_OBJECT

private slots:
    void codecarbons_columns_stand_in_its_order() {
        const auto rows = parseCsv(codeCarbonCsv(sample()), "report");
        QCOMPARE(rows.size(), 2U);
        QVERIFY(rows[0] == codeCarbonColumns);
        QCOMPARE(rows[1].size(), codeCarbonColumns.size());
    }

    /// 600 g are 0.6 kg, and 5.4 MJ are 1.5 kWh.
    void codecarbon_counts_in_kilograms_and_kilowatt_hours() {
        const auto record = firstRecord(sample());
        const auto number = [&](const char* column) { return std::stod(record.at(column)); };
        QCOMPARE(number("emissions"), 0.6);
        QCOMPARE(number("emissions_rate"), 0.6 / 3600);
        QCOMPARE(number("energy_consumed"), 1.5);
        QCOMPARE(number("cpu_energy"), 1.0);
        QCOMPARE(number("ram_energy"), 0.5);
        QCOMPARE(number("cpu_power"), 1000.0);
        QCOMPARE(number("ram_power"), 500.0);
        QCOMPARE(number("duration"), 3600.0);
        QCOMPARE(number("ram_total_size"), 16.0);
        QCOMPARE(number("cpu_count"), 8.0);
        QCOMPARE(record.at("tracking_mode"), std::string("machine"));
    }

    void codecarbons_energy_holds_the_pue_and_its_power_does_not() {
        CarbonReport report = sample();
        report.pue = 1.2;
        const auto record = firstRecord(report);
        QVERIFY(std::abs(std::stod(record.at("energy_consumed")) - 1.8) < 1e-12);
        QVERIFY(std::abs(std::stod(record.at("cpu_energy")) - 1.2) < 1e-12);
        QCOMPARE(std::stod(record.at("cpu_power")), 1000.0);
        QCOMPARE(record.at("pue"), std::string("1.2"));
    }

    void what_is_unknown_stays_empty() {
        const auto record = firstRecord(sample());
        for (const char* column :
             {"gpu_power", "gpu_energy", "water_consumed", "country_name", "country_iso_code", "region",
              "cloud_provider", "cloud_region", "python_version", "codecarbon_version", "gpu_count",
              "gpu_model", "longitude", "latitude", "cpu_utilization_percent", "on_cloud", "wue"})
            QVERIFY2(record.at(column).empty(), column);
        QCOMPARE(firstRecord(inFrance()).at("country_iso_code"), std::string("FRA"));
        CarbonReport cloud = sample();
        cloud.grid = energy::gridOf("europe-west9");
        QCOMPARE(firstRecord(cloud).at("cloud_region"), std::string("europe-west9"));
        QCOMPARE(firstRecord(cloud).at("on_cloud"), std::string("Y"));
        QVERIFY(firstRecord(cloud).at("country_iso_code").empty());
    }

    void python_reads_the_csv_back() {
        const QString python = "/usr/bin/python3";
        if (!QFile::exists(python))
            QSKIP("There is no /usr/bin/python3");
        QTemporaryDir folder;
        QFile file(folder.filePath("emissions.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(codeCarbonCsv(sample())));
        file.close();
        QProcess process;
        process.start(python, {"-c",
                               "import csv, json, sys\n"
                               "with open(sys.argv[1], newline='', encoding='utf-8') as f:\n"
                               "    print(json.dumps(list(csv.DictReader(f, strict=True))))",
                               file.fileName()});
        QVERIFY(process.waitForFinished(60000));
        const Json rows = parseJson(process.readAllStandardOutput().toStdString(), "python");
        QCOMPARE(rows.size(), 1U);
        QCOMPARE(rows[0].at("project_name").get<std::string>(), sample().project);
        QCOMPARE(rows[0].at("emissions").get<std::string>(), std::string("0.6"));
        QCOMPARE(rows[0].size(), codeCarbonColumns.size());
    }

    void a_model_card_counts_in_grams() {
        const QString card = QString::fromStdString(carbonCard(inFrance()));
        QVERIFY(
            card.startsWith("---\nco2_eq_emissions:\n  emissions: 600\n  source: \"Greenfront; energy: "));
        const QString front = card.section("---\n", 1, 1);
        for (const char* field :
             {"  training_type: \"pre-training\"\n", "  geographical_location: \"France\"\n",
              "  hardware_used: \"Some Processor, 8 threads\"\n"})
            QVERIFY2(front.contains(field), field);
        QVERIFY(!QString::fromStdString(carbonCard(sample())).contains("geographical_location"));
    }

    void the_mlco2_statement_says_what_lacoste_asks_for() {
        const QString text = QString::fromStdString(mlco2Statement(inFrance()));
        for (const char* part : {"in France", "0.056 kgCO2eq/kWh", "cumulative 1 hours of computation",
                                 "Some Processor", "0.6 kgCO2eq", "offset"})
            QVERIFY2(text.contains(part), part);
        QVERIFY(QString::fromStdString(mlco2Statement(sample())).contains("not recorded"));
    }

    void boamps_has_all_that_its_schemas_require() {
        const Json json = parseJson(boampsJson(inFrance()), "report");
        for (const char* section : {"header", "task", "measures", "infrastructure", "environment", "quality"})
            QVERIFY2(json.contains(section), section);
        QVERIFY(json.at("header").at("reportDatetime") == "2026-03-01 12:00:00");
        const Json& task = json.at("task");
        QVERIFY(task.at("taskStage") == "training" && task.at("taskFamily") == "image classification");
        QVERIFY(!task.at("algorithms").empty() && task.at("measuredAccuracy").get<double>() == 0.975);
        QVERIFY(task.at("dataset").at(0).at("dataUsage") == "input");
        QVERIFY(task.at("dataset").at(0).at("dataType") == "image");
        double kwh = 0;
        for (const Json& measure : json.at("measures")) {
            QVERIFY(!measure.at("measurementMethod").get<std::string>().empty());
            kwh += measure.at("powerConsumption").get<double>();
        }
        QCOMPARE(kwh, 1.5);
        QVERIFY(json.at("infrastructure").at("infraType") == "other");
        for (const Json& component : json.at("infrastructure").at("components"))
            QVERIFY(component.at("componentType").is_string() &&
                    component.at("nbComponent").is_number_integer());
        QVERIFY(json.at("environment").at("country") == "France");
        QVERIFY(json.at("environment").at("powerSourceCarbonIntensity") == 56.0);
        QVERIFY(json.at("quality") == "high");
        QVERIFY(json.at("system").at("os") == "Linux" && json.at("software").at("language") == "c++");
        QVERIFY(parseJson(boampsJson(sample()), "report").at("environment").at("country") == "");
    }

    void boamps_quality_follows_the_uncertainty() {
        CarbonReport report = sample();
        report.joules.high = report.joules.value * 1.2;
        QVERIFY(parseJson(boampsJson(report), "report").at("quality") == "medium");
        report.joules.high = report.joules.value * 1.6;
        QVERIFY(parseJson(boampsJson(report), "report").at("quality") == "low");
    }

    void boamps_tells_tables_from_images() {
        CarbonReport report = sample();
        report.dataKind = "table";
        const Json json = parseJson(boampsJson(report), "report");
        const Json& task = json.at("task");
        QVERIFY(task.at("taskFamily") == "tabular classification");
        QVERIFY(task.at("dataset").at(0).at("dataType") == "tabular");
    }

    void an_sci_report_discloses() {
        CarbonReport report = sample();
        energy::SciInput input;
        input.unit = energy::FunctionalUnit::TrainingRun;
        input.energy = report.joules;
        input.grid = report.grid;
        input.boundary = "training | search";
        report.scores = {energy::sciOf(input)};
        const QString text = QString::fromStdString(sciReport(report));
        for (const char* part : {"ISO/IEC 21031", "without M", "per training run", "Software boundary",
                                 "training \\| search", "Functional unit", "location-based", "600 g CO2e"})
            QVERIFY2(text.contains(part), part);
    }

    void numbers_for_people_claim_no_more_digits_than_they_have() {
        CarbonReport report = sample();
        report.grid = energy::fixedGrid(energy::GramsPerKwh(1000.0 / 3), "a test");
        report.joules.value = Joules(1e6 / 3);
        report.joules.low = Joules(1e6 / 3.1);
        report.carbon = energy::carbonOf(report.joules, report.grid.value);
        energy::SciInput input;
        input.energy = report.joules;
        input.grid = report.grid;
        input.device = energy::deviceClass("laptop");
        input.reserved = Seconds(100.0 / 3);
        report.scores = {energy::sciOf(input)};
        const QRegularExpression manyDigits("[0-9]\\.?[0-9]*[1-9][0-9]{6}");
        for (const std::string& text : {sciReport(report), mlco2Statement(report), carbonCard(report)}) {
            const QString read = QString::fromStdString(text).remove("2026-03-01T12:00:00Z");
            const auto found = manyDigits.match(read);
            QVERIFY2(!found.hasMatch(), qPrintable(found.captured() + " in " + read));
        }
        QVERIFY(QString::fromStdString(carbonCard(report)).contains("emissions: 30.86\n"));
        QVERIFY(QString::fromStdString(sciReport(report)).contains("0.09259 kWh"));
    }

    void the_html_page_is_well_formed_and_harmless() {
        CarbonReport report = sample();
        report.fronts = {
            {"device", "latency [ms]", "accuracy [%]", {{"a", 1, 90, true}, {"<script>", 2, 80, false}}}};
        const QString html = QString::fromStdString(htmlReport(report));
        QVERIFY(html.startsWith("<!DOCTYPE html>"));
        QVERIFY(!html.contains("<script") && !html.contains("<b>") && !html.contains("http"));
        QCOMPARE(html.count("<svg"), 2);
        QVERIFY(html.contains("600 g CO2e"));
        // With its one void element closed, the page is XML too, so a parser can tell whether all is nested
        // well.
        QString xml = html.section('\n', 1);
        xml.replace("<meta charset='utf-8'>", "");
        QXmlStreamReader reader(xml);
        while (!reader.atEnd())
            reader.readNext();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }

    void formats_have_names() {
        for (const char* name : {"codecarbon-csv", "model-card", "mlco2", "boamps", "sci", "html"}) {
            QVERIFY(toText(reportFormatFrom(name)) == name);
            QVERIFY(!writeReport(sample(), reportFormatFrom(name)).empty());
        }
        QVERIFY_THROWS_EXCEPTION(Error, reportFormatFrom("pdf"));
    }
};

QTEST_GUILESS_MAIN(TestCarbonReport)
#include "test_carbon_report.moc"
