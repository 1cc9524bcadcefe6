// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/texts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::find;
using greenfront::testing::open;

/// Uses a series of carbon intensities as a person does: to ask what if, and to start a study by it.
class TestCleanHours : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("Greenfront");
        QCoreApplication::setApplicationName("GreenfrontTest");
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings_.path());
        made_ = dir_.filePath("made-up.greenfront");
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

    /// Electricity is four times as clean from the next hour on, so a started study waits for it.
    void aStudyWaitsForACleanHourVisibly() {
        ui::MainWindow window;
        window.show();
        create(window, dir_.filePath("waits.greenfront"));
        auto* button = find<QPushButton>(window, "studyStart");
        auto* state = find<QLabel>(window, "studyState");
        QTest::mouseClick(find<QCheckBox>(window, "studyWait"), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(find<QLineEdit>(window, "timingSeries")->isVisible());
        QVERIFY(!button->isEnabled());
        QVERIFY2(state->text().startsWith("Choose a file"), qPrintable(state->text()));
        type(window, "timingSeries", write("now.csv", cleanFromTheNextHourOn()));
        QTRY_VERIFY(button->isEnabled());
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
        open(window, made_);
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.showPage(ui::PageIndex::Carbon);
        QTRY_VERIFY(find<QWidget>(window, "whatIfTable")->isVisible() && window.isSettled());
    }

    static void create(ui::MainWindow& window, const QString& path) {
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QSignalSpy opened(&window, &ui::MainWindow::opened);
        find<QLineEdit>(window, "newData")->setText("builtin:samples=300,size=16");
        find<QLineEdit>(window, "newPath")->setText(path);
        QTest::mouseClick(find<QPushButton>(window, "newCreate"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
        QTRY_VERIFY(find<QPushButton>(window, "studyStart")->isEnabled());
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

    QString write(const char* fileName, const QByteArray& text) const {
        QFile file(dir_.filePath(fileName));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("%s cannot be written", fileName);
        return file.fileName();
    }

    static void type(const ui::MainWindow& window, const char* field, const QString& text) {
        auto* line = find<QLineEdit>(window, field);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
    }

    static QString cell(const QTableView* table, int row, int column) {
        return table->model()->index(row, column).data().toString();
    }

    QTemporaryDir dir_, settings_;
    QString made_;
};

QTEST_MAIN(TestCleanHours)
#include "test_clean_hours.moc"
