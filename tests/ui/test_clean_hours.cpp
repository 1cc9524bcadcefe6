// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/texts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::cell;
using greenfront::testing::create;
using greenfront::testing::find;
using greenfront::testing::type;

/// Uses a series of carbon intensities as a person does: to ask what if, and to start a study by it.
class TestCleanHours : public testing::WindowTest {
    Q_OBJECT

private slots:
    void initTestCase() {
        made_ = path("made-up.greenfront");
        tests::makeUpWorkspace(ui::toPath(made_), 10);
    }

    /// 1.86 kJ at 100 and at 200 g/kWh.
    void theSameRunsAtAnotherHour() {
        ui::MainWindow window;
        openCarbon(window);
        const QString file = write("two.csv", "datetime,g_co2e_per_kwh\n"
                                              "2026-03-01T00:00Z,100\n2026-03-01T01:00Z,200\n"
                                              "2026-03-01T03:00Z,300\n");
        auto* results = find<QTableView>(window, "whatIfTable");
        auto* start = find<QDateTimeEdit>(window, "whatIfStart");
        auto* problem = find<QLabel>(window, "whatIfProblem");
        QVERIFY(!start->isEnabled());
        type(window, "whatIfSeries", file);
        QTRY_COMPARE(cell(results, 0, 2), "51.7 mg CO2e");
        QVERIFY(start->isEnabled());
        QVERIFY(find<QLabel>(window, "whatIfSeriesStatus")->text().contains("gap"));
        QVERIFY(find<QLabel>(window, "whatIfGrid")->text().contains("two.csv"));
        start->setFocus();
        start->setCurrentSection(QDateTimeEdit::HourSection);
        QTest::keyClick(start, Qt::Key_Up);
        QTRY_COMPARE(cell(results, 0, 2), "103 mg CO2e");
        QVERIFY(!problem->isVisible());
        QTest::keyClick(start, Qt::Key_Up); // nothing is known from two to three
        QTRY_COMPARE(cell(results, 0, 2), "unknown");
        QVERIFY2(problem->isVisible() && problem->text().contains("2026-03-01T02:00:00Z"),
                 qPrintable(problem->text()));
        QTest::mouseClick(find<QPushButton>(window, "whatIfReset"), Qt::LeftButton);
        QTRY_COMPARE(cell(results, 0, 3), "±0");
        QVERIFY(!problem->isVisible() && !start->isEnabled());
        QCOMPARE(window.problemText(), QString());
    }

    void aPlaceIsChosenWhereThereAreSeveral() {
        ui::MainWindow window;
        openCarbon(window);
        const QString file = write("places.csv", "datetime,g_co2e_per_kwh,zone\n"
                                                 "2026-03-01T00:00Z,200,DE\n2026-03-01T01:00Z,200,DE\n"
                                                 "2026-03-01T00:00Z,100,FR\n2026-03-01T01:00Z,100,FR\n");
        auto* results = find<QTableView>(window, "whatIfTable");
        type(window, "whatIfSeries", file);
        QTRY_COMPARE(cell(results, 0, 2), "103 mg CO2e");
        auto* place = find<QComboBox>(window, "whatIfPlace");
        QVERIFY(place->isVisible());
        place->setFocus();
        QTest::keyClick(place, Qt::Key_Down);
        QTRY_COMPARE(cell(results, 0, 2), "51.7 mg CO2e");
        QVERIFY(find<QLabel>(window, "whatIfGrid")->text().contains("FR"));
    }

    void aFileThatIsNoSeriesIsExplained() {
        ui::MainWindow window;
        openCarbon(window);
        auto* status = find<QLabel>(window, "whatIfSeriesStatus");
        type(window, "whatIfSeries", write("wrong.csv", "a,b\n1,2\n"));
        QTRY_VERIFY(status->isVisible());
        QVERIFY2(status->text().contains("wrong.csv"), qPrintable(status->text()));
        QVERIFY(!find<QDateTimeEdit>(window, "whatIfStart")->isEnabled());
    }

    /// What is planned for is known before the run, so its hours are too.
    void thePlanIsShownWithoutADuration() {
        ui::MainWindow window;
        create(window, "builtin:samples=300,size=16", path("planned.greenfront"));
        QTest::mouseClick(find<QCheckBox>(window, "studyWait"), Qt::LeftButton, {}, QPoint(8, 8));
        type(window, "timingSeries", write("next.csv", cleanFromTheNextHourOn()));
        auto* plan = find<QLabel>(window, "timingPlan");
        auto* button = find<QPushButton>(window, "studyStart");
        QTRY_VERIFY(testing::labelText(window, "studyState").startsWith("No earlier run"));
        find<QDoubleSpinBox>(window, "parameter.budget_seconds")->setValue(1800);
        QTRY_VERIFY2(plan->text().startsWith("Expected to take 30 min 00 s. From 20"),
                     qPrintable(plan->text()));
        QVERIFY2(plan->text().contains("% less than at once"), qPrintable(plan->text()));
        QCOMPARE(find<QLineEdit>(window, "timingDuration")->placeholderText(), "about 30 min 00 s");
        QVERIFY(button->isEnabled());
        find<QDoubleSpinBox>(window, "parameter.budget_seconds")->setValue(7 * 3600);
        QTRY_VERIFY(!button->isEnabled()); // the series knows six hours
    }

    /// Electricity is four times as clean from the next hour on, so a started study waits for it.
    void aStudyWaitsForACleanHourVisibly() {
        ui::MainWindow window;
        create(window, "builtin:samples=300,size=16", path("waits.greenfront"));
        auto* button = find<QPushButton>(window, "studyStart");
        auto* state = find<QLabel>(window, "studyState");
        QTest::mouseClick(find<QCheckBox>(window, "studyWait"), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(find<QLineEdit>(window, "timingSeries")->isVisible());
        QVERIFY(!button->isEnabled());
        QVERIFY2(state->text().startsWith("Choose a file"), qPrintable(state->text()));
        type(window, "timingSeries", write("now.csv", cleanFromTheNextHourOn()));
        QTRY_VERIFY2(state->text().startsWith("No earlier run"), qPrintable(state->text()));
        QVERIFY(!button->isEnabled());
        type(window, "timingDuration", "1 hour");
        QVERIFY(!button->isEnabled());
        type(window, "timingDuration", "30m");
        auto* plan = find<QLabel>(window, "timingPlan");
        QVERIFY2(plan->text().contains("% less than at once"), qPrintable(plan->text()));
        QVERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);

        const auto card = [&] { return window.findChild<QWidget*>("jobCard0"); };
        QTRY_VERIFY_WITH_TIMEOUT(card() != nullptr && card()->isVisible(), 10'000);
        auto* job = find<QLabel>(*card(), "jobState");
        QTRY_COMPARE_WITH_TIMEOUT(job->text(), "Waiting for clean electricity", 60'000);
        const QString detail = find<QLabel>(*card(), "jobDetail")->text();
        QVERIFY2(detail.startsWith("Until 20") && detail.contains("g CO2e/kWh"), qPrintable(detail));
        QTest::mouseClick(find<QPushButton>(*card(), "jobCancel"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(job->text(), "Cancelled", 60'000);
        QCOMPARE(window.problemText(), QString());
    }

private:
    void openCarbon(ui::MainWindow& window) {
        testing::open(window, made_);
        testing::goTo(window, ui::PageIndex::Carbon);
        QVERIFY(find<QWidget>(window, "whatIfTable")->isVisible());
    }

    static QByteArray cleanFromTheNextHourOn() {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        QByteArray text = "datetime,g_co2e_per_kwh\n";
        for (int hour = 0; hour < 6; ++hour)
            text += QDateTime::fromSecsSinceEpoch((now / 3600 + hour) * 3600)
                        .toUTC()
                        .toString(Qt::ISODate)
                        .toLatin1() +
                    (hour == 0 ? ",400\n" : ",100\n");
        return text;
    }

    QString made_;
};

QTEST_MAIN(TestCleanHours)
#include "test_clean_hours.moc"
