// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/predictions.h"
#include "core/study/predictions.h"
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/texts.h"
#include "ui/plots/calibration_plot.h"

#include <QLabel>
#include <QTabBar>
#include <QTableView>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::cell;
using greenfront::testing::find;

/// The second part of the carbon page: what was predicted beside what happened.
class TestPredictionsPanel : public testing::WindowTest {
    Q_OBJECT

private slots:
    void withoutAPredictionItSaysWhenThereWillBeOne() {
        const QString file = path("none.greenfront");
        tests::makeUpWorkspace(ui::toPath(file), 0);
        ui::MainWindow window;
        openPredictions(window, file);
        const QStringList texts = testing::emptyTexts(window);
        QCOMPARE(texts.size(), 1);
        QVERIFY2(texts.first().startsWith("The first study teaches"), qPrintable(texts.first()));
    }

    /// The run took 1.86 kJ: one interval held it, the other did not.
    void predictionsAreComparedWithWhatHappened() {
        const QString file = path("some.greenfront");
        const auto made = tests::makeUpWorkspace(ui::toPath(file), 10);
        {
            auto workspace = store::Workspace::open(ui::toPath(file));
            predict(workspace, made.training, study::beforeKind, 6, 1488, 1.1);
            predict(workspace, made.training, study::profileKind, 6, 1953, 1.1);
        }
        ui::MainWindow window;
        openPredictions(window, file);
        auto* table = find<QTableView>(window, "predictionsTable");
        QTRY_COMPARE(table->model()->rowCount(), 2);
        const int profile = cell(table, 0, 2).startsWith("profile") ? 0 : 1;
        const int before = 1 - profile;
        QCOMPARE(cell(table, before, 2), "before");
        QCOMPARE(cell(table, before, 3), "1.49 kJ");
        QCOMPARE(cell(table, before, 5), "1.86 kJ");
        QCOMPARE(cell(table, before, 6), "−20.0 %");
        QCOMPARE(cell(table, before, 7), "✗ no");
        QCOMPARE(cell(table, profile, 2), "profile, 1.5 %");
        QCOMPARE(cell(table, profile, 6), "+5.0 %");
        QCOMPARE(cell(table, profile, 7), "✓ yes");
        QCOMPARE(cell(table, profile, 8), "+0.0 %"); // six times the first epoch's 310 J
        QCOMPARE(find<QLabel>(*find<QWidget>(window, "factBefore"), "factValue")->text(), "20.0 %");
        QCOMPARE(find<QLabel>(*find<QWidget>(window, "factProfile"), "factValue")->text(), "5.0 %");
        QCOMPARE(find<ui::CalibrationPlot>(window, "calibrationPlot")->points(), 2);
    }

    void aRunThatDidNotDoWhatWasPlannedIsNotJudged() {
        const QString file = path("other.greenfront");
        const auto made = tests::makeUpWorkspace(ui::toPath(file), 10);
        {
            auto workspace = store::Workspace::open(ui::toPath(file));
            predict(workspace, made.training, study::beforeKind, 60, 18000, 1.1);
        }
        ui::MainWindow window;
        openPredictions(window, file);
        auto* table = find<QTableView>(window, "predictionsTable");
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QCOMPARE(cell(table, 0, 5), "not as planned");
        QCOMPARE(find<QLabel>(*find<QWidget>(window, "factBefore"), "factValue")->text(), "–");
        QCOMPARE(find<ui::CalibrationPlot>(window, "calibrationPlot")->points(), 0);
    }

private:
    static void openPredictions(ui::MainWindow& window, const QString& path) {
        testing::open(window, path);
        testing::goTo(window, ui::PageIndex::Carbon);
        auto* tabs = find<QTabBar>(window, "carbonTabs");
        QTRY_VERIFY(tabs->isVisible());
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        QTRY_VERIFY(window.isSettled());
        QCOMPARE(window.problemText(), QString());
    }

    static void predict(store::Workspace& workspace, RunId run, const char* kind, int planned, double joules,
                        double factor) {
        const energy::Forecast forecast{joules, joules / factor, joules * factor};
        const energy::Forecast seconds{60, 50, 70};
        study::keepPrediction(workspace, run, kind, kind == std::string(study::profileKind) ? 0.015 : 0,
                              planned, {.joules = forecast, .seconds = seconds, .method = "made up"});
    }
};

QTEST_MAIN(TestPredictionsPanel)
#include "test_predictions_panel.moc"
