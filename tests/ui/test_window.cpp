// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/studies.h"
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/texts.h"
#include "ui/plots/pareto_plot.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::click;
using greenfront::testing::create;
using greenfront::testing::find;
using greenfront::testing::labelText;
using greenfront::testing::open;

/// Drives the real window by its real controls, found by their object names.
class TestWindow : public testing::WindowTest {
    Q_OBJECT

private slots:
    void initTestCase() {
        made_ = path("made-up.greenfront");
        study_ = tests::makeUpWorkspace(ui::toPath(made_)).study;
    }

    void anOpenedWorkspaceIsShownAndRemembered() {
        ui::MainWindow window;
        open(window, made_);
        QVERIFY(window.windowTitle().contains("made-up"));
        window.showPage(ui::PageIndex::Start);
        QTRY_VERIFY(find<QListWidget>(window, "recentList")->count() > 0);
        window.showPage(ui::PageIndex::Study);
        QTRY_COMPARE(labelText(window, "studyTitle"), "made-up digits");
    }

    void aWorkspaceThatCannotBeOpenedIsExplainedInABanner() {
        ui::MainWindow window;
        window.show();
        const QSignalSpy failed(&window, &ui::MainWindow::openFailed);
        window.openWorkspace(path("nowhere.greenfront"));
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(find<QWidget>(window, "banner")->isVisible());
        QVERIFY(find<QLabel>(window, "bannerWhat")->text().contains("nowhere.greenfront"));
        QTest::mouseClick(find<QWidget>(window, "bannerClose"), Qt::LeftButton);
        QVERIFY(!find<QWidget>(window, "banner")->isVisible());
    }

    void plotTableAndPanelShareOneSelection() {
        ui::MainWindow window;
        open(window, made_);
        window.showPage(ui::PageIndex::Explorer);
        auto* plot = find<ui::ParetoPlot>(window, "paretoPlot");
        QTRY_COMPARE(plot->front().points.size(), std::size_t(60));
        auto* table = find<QTableView>(window, "pointsTable");
        table->selectRow(3);
        QTRY_VERIFY(plot->selected().has_value());
        const auto title = [&] { return labelText(window, "candidateTitle"); };
        QTRY_COMPARE(title(), QString("Candidate %1").arg(plot->selected()->value));
        // Pressing a metric tells how it was obtained.
        auto* metrics = find<QTableView>(window, "metricsTable");
        const auto second = metrics->model()->index(1, 0);
        QTest::mouseClick(metrics->viewport(), Qt::LeftButton, Qt::NoModifier,
                          metrics->visualRect(second).center());
        QVERIFY(find<QLabel>(window, "metricHow")->text().startsWith(second.data().toString() + ": "));
        const auto kept = *plot->selected();
        auto* device = find<QComboBox>(window, "explorerDevice");
        QCOMPARE(device->count(), 2);
        device->setCurrentIndex(1 - device->currentIndex());
        emit device->activated(device->currentIndex());
        QTRY_COMPARE(plot->front().device, device->currentData().toString().toStdString());
        QCOMPARE(*plot->selected(), kept);
        window.findChild<QAction*>("actionClear")->trigger();
        QVERIFY(!plot->selected());
    }

    void renamingCanBeUndone() {
        ui::MainWindow window;
        open(window, made_);
        QTimer::singleShot(0, &window, [] {
            auto* dialog = QApplication::activeModalWidget();
            dialog->findChild<QLineEdit*>()->setText("renamed");
            QTest::keyClick(dialog, Qt::Key_Return);
        });
        window.findChild<QAction*>("actionRename")->trigger();
        QTRY_COMPARE(storedName(), "renamed");
        window.findChild<QAction*>("actionUndo")->trigger();
        QTRY_COMPARE(storedName(), "made-up digits");
    }

    void aStudyGoesFromTheStartPageToAnExportedFile() {
        const QString file = path("run.greenfront");
        {
            ui::MainWindow window;
            create(window, "builtin:samples=400,size=16", file);
            start(window);
            const QString exported = exportPicked(window);
            QFile model(exported);
            QVERIFY(model.open(QIODevice::ReadOnly));
            QCOMPARE(model.read(1), QByteArray("\x08", 1)); // ONNX: field 1 (ir_version) as a varint
            QVERIFY(QFile::exists(QString(exported).replace(".onnx", ".md")));
            QVERIFY(window.close());
        }
        ui::MainWindow again;
        open(again, file);
        again.showPage(ui::PageIndex::Explorer);
        QTRY_COMPARE(find<ui::ParetoPlot>(again, "paretoPlot")->front().points.size(), points_);
    }

private:
    /// One epoch and four networks for one device: seconds.
    static void start(ui::MainWindow& window) {
        find<QDoubleSpinBox>(window, "parameter.epochs")->setValue(1);
        find<QDoubleSpinBox>(window, "parameter.evaluations")->setValue(4);
        find<QLineEdit>(window, "parameter.devices")->setText("this-machine");
        const QSignalSpy idle(&window, &ui::MainWindow::becameIdle);
        click(window, "studyStart");
        QTRY_COMPARE_WITH_TIMEOUT(idle.count(), 1, 240000);
        QCOMPARE(window.problemText(), QString());
        QVERIFY(window.longestGapMs() >= 0);
    }

    QString exportPicked(ui::MainWindow& window) {
        window.showPage(ui::PageIndex::Explorer);
        auto* plot = find<ui::ParetoPlot>(window, "paretoPlot");
        const auto shown = [&] { return plot->front().points.size() >= 2 && window.isSettled(); };
        if (!QTest::qWaitFor(shown, 20000))
            qFatal("no front is shown");
        QTest::qWait(100); // the axes are laid out by the first drawing
        points_ = plot->front().points.size();
        const auto onFront = std::ranges::find_if(plot->front().points, &study::FrontPoint::onFront);
        QTest::mouseClick(find<QWidget>(*plot, "paretoCanvas"), Qt::LeftButton, {},
                          *plot->positionOf(onFront->candidate));
        click(window, "candidateExport");
        const auto& dialog = *find<QWidget>(window, "exportDialog");
        const QString file = path("picked.onnx");
        find<QLineEdit>(dialog, "exportPath")->setText(file);
        click(dialog, "exportWrite");
        const auto written = [&] {
            return find<QLabel>(dialog, "exportResult")->text().contains("picked.onnx");
        };
        if (!QTest::qWaitFor(written, 60000))
            qFatal("nothing was exported");
        return file;
    }

    QString storedName() const {
        auto workspace = store::Workspace::open(ui::toPath(made_), store::Access::ReadOnly);
        return ui::qt(store::findStudy(workspace, study_)->name);
    }

    QString made_;
    StudyId study_;
    std::size_t points_ = 0;
};

QTEST_MAIN(TestWindow)
#include "test_window.moc"
