// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "tests/ui/made_up_workspace.h"
#include "ui/models/curves.h"
#include "ui/models/texts.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/front_image.h"
#include "ui/plots/pareto_plot.h"
#include "ui/plots/tick_text.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;

class TestPlots : public QObject {
    Q_OBJECT

private slots:
    void aClickSelectsThePointUnderIt() {
        ui::ParetoPlot plot;
        QWidget& canvas = show(plot);
        QSignalSpy picked(&plot, &ui::ParetoPlot::picked);
        QTest::mouseClick(&canvas, Qt::LeftButton, {}, *plot.positionOf(CandidateId{2}));
        QCOMPARE(picked.count(), 1);
        QCOMPARE(picked[0][0].toLongLong(), 2);
        QCOMPARE(plot.selected(), std::optional(CandidateId{2}));
        QTest::mouseClick(&canvas, Qt::LeftButton, {},
                          QPoint(plot.width() / 2, plot.height() - 3)); // beside all
        QCOMPARE(picked[1][0].toLongLong(), 0);
        QVERIFY(!plot.selected());
    }

    void zoomIsKeptWhenNewPointsArriveAndResetByADoubleClick() {
        ui::ParetoPlot plot;
        QWidget& canvas = show(plot);
        const QPoint before = *plot.positionOf(CandidateId{4});
        const QPoint from = *plot.positionOf(CandidateId{2}) + QPoint(20, -20);
        QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
        QTest::mouseMove(&canvas, from + QPoint(60, 60));
        QTest::mouseMove(&canvas, from + QPoint(120, 120));
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, from + QPoint(120, 120));
        QVERIFY(plot.isZoomed());
        const QPoint zoomed = *plot.positionOf(CandidateId{4});
        QVERIFY(zoomed != before);
        plot.setFront(tests::fourPoints());
        QCOMPARE(*plot.positionOf(CandidateId{4}), zoomed);
        QTest::mouseDClick(&canvas, Qt::LeftButton, {}, from);
        QVERIFY(!plot.isZoomed());
        QCOMPARE(*plot.positionOf(CandidateId{4}), before);
    }

    void otherAxesShowEverythingAgain() {
        ui::ParetoPlot plot;
        show(plot);
        study::Front swapped = tests::fourPoints();
        std::swap(swapped.x, swapped.y);
        std::swap(swapped.xMetric, swapped.yMetric);
        plot.setFront(swapped);
        for (int i = 1; i <= 4; ++i)
            QVERIFY(plot.rect().contains(*plot.positionOf(CandidateId{i})));
    }

    void aLogarithmicAxisSpacesByRatio() {
        ui::ParetoPlot plot;
        show(plot);
        plot.setLogarithmic(true, false);
        const auto x = [&](int candidate) { return plot.positionOf(CandidateId{candidate})->x(); };
        QVERIFY(std::abs((x(2) - x(1)) - (x(4) - x(2))) <= 2); // 1 to 2 ms as far as 2 to 4 ms
    }

    void ticksAreToldExactly() {
        QCOMPARE(ui::tickText(0.75, 0.25, false), "0.75");
        QCOMPARE(ui::tickText(1, 0.25, false), "1.00");
        QCOMPARE(ui::tickText(40, 20, false), "40");
        QCOMPARE(ui::tickText(1e-19, 0.1, false), "0.0");
        QCOMPARE(ui::tickText(1250, 250, true), "1.25 k");
        QCOMPARE(ui::tickText(750, 250, true), "750");
        QCOMPARE(ui::tickText(2e6, 1e6, true), "2 M");
        QCOMPARE(ui::tickText(2000, 1000, false), "2000");
    }

    void plotsAreSavedAsPngSvgAndPdf() {
        ui::ParetoPlot plot;
        show(plot);
        const QTemporaryDir dir;
        const std::pair<const char*, QByteArray> kinds[] = {
            {"a.png", "\x89PNG"}, {"a.svg", "<?xml"}, {"a.pdf", "%PDF"}};
        for (const auto& [file, magic] : kinds) {
            plot.save(dir.filePath(file));
            QFile written(dir.filePath(file));
            QVERIFY(written.open(QIODevice::ReadOnly));
            QVERIFY2(written.readAll().startsWith(magic), file);
        }
        QVERIFY_THROWS_EXCEPTION(Error, plot.save(dir.filePath("a.bmp")));
        QVERIFY_THROWS_EXCEPTION(Error, plot.save(dir.filePath("nowhere/a.png")));
    }

    void theFrontIsWrittenAsAPicture() {
        const QTemporaryDir dir;
        const auto path = ui::toPath(dir.filePath("front.png"));
        ui::renderFrontPng(tests::fourPoints(), path, 900, 600);
        const QImage image(dir.filePath("front.png"));
        QCOMPARE(image.size(), QSize(900, 600));
        int green = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                green += image.pixelColor(x, y) == QColor(0x00, 0x7f, 0x5f) ? 1 : 0;
        QVERIFY(green > 50); // the diamonds of the front
        QVERIFY_THROWS_EXCEPTION(
            Error, ui::renderFrontPng(tests::fourPoints(), ui::toPath(dir.filePath("no/front.png"))));
    }

    void curvesKeepEveryPointAndTheZoom() {
        const QTemporaryDir dir;
        const auto path = ui::toPath(dir.filePath("w.greenfront"));
        const auto made = tests::makeUpWorkspace(path, 0, 4, 500);
        auto workspace = store::Workspace::open(path);
        const ui::Curves curves = ui::loadCurves(workspace, made.study);
        ui::CurvePlot plot;
        plot.resize(700, 600);
        plot.show();
        plot.setCurves(curves);
        QCOMPARE(plot.pointsOf("loss"), 2000);
        QCOMPARE(plot.pointsOf("accuracy_smallest"), 4);
        QVERIFY(!plot.isZoomed());
        auto* canvas = plot.findChild<QWidget*>("curveCanvas");
        QWheelEvent wheel(QPointF(300, 100), canvas->mapToGlobal(QPointF(300, 100)), {}, QPoint(0, 120),
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(canvas, &wheel);
        QVERIFY(plot.isZoomed());
        plot.setCurves(curves);
        QVERIFY(plot.isZoomed());
        plot.resetZoom();
        QVERIFY(!plot.isZoomed());
    }

private:
    static QWidget& show(ui::ParetoPlot& plot) {
        plot.resize(700, 500);
        plot.setFront(tests::fourPoints());
        plot.show();
        if (!QTest::qWaitForWindowExposed(&plot))
            qFatal("the plot is not shown");
        QTest::qWait(50); // the layout of the axes is settled by the first drawing
        return *plot.findChild<QWidget*>("paretoCanvas");
    }
};

QTEST_MAIN(TestPlots)
#include "test_plots.moc"
