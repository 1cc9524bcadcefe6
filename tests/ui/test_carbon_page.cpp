// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"
#include "core/store/candidates.h"
#include "core/store/runs.h"
#include "core/store/studies.h"
#include "core/study/study.h"
#include "tests/core/energy/powercap_tree.h"
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/texts.h"
#include "ui/pages/sources/source_frame.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::cell;
using greenfront::testing::enter;
using greenfront::testing::find;
using greenfront::testing::middleOf;

/// Presses what a person presses on the carbon page and on the page of the energy sources.
class TestCarbonPage : public testing::WindowTest {
    Q_OBJECT

private slots:
    void initTestCase() {
        made_ = path("made-up.greenfront");
        tests::makeUpWorkspace(ui::toPath(made_), 40);
        addCheapStudy();
    }

    void runsAreListedByPhaseAndSourceWithATotalAndWhatIsEstimated() {
        ui::MainWindow window;
        openCarbon(window);
        auto* parts = find<QTableView>(window, "carbonParts");
        QCOMPARE(parts->model()->rowCount(), 2);
        QCOMPARE(cell(parts, 0, 0), "Training");
        QCOMPARE(cell(parts, 0, 1), "processor model");
        QCOMPARE(cell(parts, 0, 2), "○ estimated");
        QCOMPARE(cell(parts, 0, 3), "1.86 kJ");
        QCOMPARE(cell(parts, 0, 4), "1.50 kJ to 2.28 kJ");
        QCOMPARE(cell(parts, 1, 0), "Total");
        QCOMPARE(cell(parts, 1, 3), "1.86 kJ");
        QCOMPARE(find<QLabel>(*find<QWidget>(window, "factEnergy"), "factValue")->text(), "1.86 kJ");
        QCOMPARE(find<QLabel>(*find<QWidget>(window, "factEmbodied"), "factValue")->text(), "unknown");
    }

    void anotherRegionIsFoundByTypingAndComparedLive() {
        ui::MainWindow window;
        openCarbon(window);
        auto* results = find<QTableView>(window, "whatIfTable");
        QCOMPARE(cell(results, 0, 3), "±0");
        type(window, "whatIfRegion", "sweden");
        QTRY_VERIFY(cell(results, 0, 3).startsWith("−"));
        QVERIFY(cell(results, 0, 1) != cell(results, 0, 2));
        const QString grid = find<QLabel>(window, "whatIfGrid")->text();
        QVERIFY2(grid.contains("Sweden") && grid.contains("annual"), qPrintable(grid));
        QVERIFY(find<QComboBox>(window, "whatIfRegion")->currentText().contains("annual average of 20"));
        QTest::mouseClick(find<QPushButton>(window, "whatIfReset"), Qt::LeftButton);
        QTRY_COMPARE(cell(results, 0, 3), "±0");
    }

    void aRegionThatIsNotKnownIsPutBack() {
        ui::MainWindow window;
        openCarbon(window);
        const QString before = find<QComboBox>(window, "whatIfRegion")->currentText();
        QVERIFY(before.startsWith("As recorded"));
        type(window, "whatIfRegion", "atlantis");
        QCOMPARE(find<QComboBox>(window, "whatIfRegion")->currentText(), before);
    }

    void twiceThePueIsTwiceTheCarbon() {
        ui::MainWindow window;
        openCarbon(window);
        enter(window, "whatIf.pue", "2");
        QTRY_VERIFY(cell(find<QTableView>(window, "whatIfTable"), 0, 3).endsWith("(+100.0 %)"));
    }

    void aClassOfMachineGivesEmbodiedCarbon() {
        ui::MainWindow window;
        openCarbon(window);
        auto* results = find<QTableView>(window, "whatIfTable");
        QCOMPARE(cell(results, 1, 2), "unknown");
        auto* box = find<QComboBox>(window, "whatIf.machine_class");
        box->setFocus();
        QTest::keyClicks(box, "laptop");
        QTRY_VERIFY(cell(results, 1, 2).endsWith("g CO2e"));
    }

    void moreInferencesThanFitIntoADayAreExplained() {
        ui::MainWindow window;
        openCarbon(window);
        auto* problem = find<QLabel>(window, "whatIfProblem");
        QVERIFY(!problem->isVisible());
        enter(window, "whatIf.inferences_a_day", "1000000000");
        QTRY_VERIFY(problem->isVisible());
        QVERIFY(problem->text().contains("do not fit into a day"));
        QCOMPARE(window.problemText(), QString());
    }

    void theLifecycleOfTheChosenModelIsShown() {
        ui::MainWindow window;
        openCarbon(window);
        auto* models = find<QTableView>(window, "carbonModels");
        auto* results = find<QTableView>(window, "whatIfTable");
        const int last = models->model()->rowCount() - 1;
        QVERIFY(last > 0);
        for (const int row : {0, last}) {
            QTest::mouseClick(models->viewport(), Qt::LeftButton, {}, middleOf(models, row));
            QVERIFY(cell(results, 2, 0).startsWith("No. " + cell(models, row, 0) + ":"));
            QCOMPARE(cell(results, results->model()->rowCount() - 1, 1), cell(models, row, 3));
        }
        enter(window, "whatIf.deployed_devices", "1000");
        QTRY_VERIFY(cell(models, 0, 6).startsWith("−"));
    }

    void twoModelsBreakEven() {
        ui::MainWindow window;
        openCarbon(window);
        auto* first = find<QComboBox>(window, "breakEvenFirst");
        auto* second = find<QComboBox>(window, "breakEvenSecond");
        auto* recorded = find<QLabel>(window, "breakEvenRecorded");
        QVERIFY(second->currentText().contains("(cheap)")); // what cost something else to make is offered
        QVERIFY2(recorded->text().contains("the greener one"), qPrintable(recorded->text()));
        second->setFocus();
        QTest::keyClick(second, Qt::Key_Home);
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Home);
        QCOMPARE(recorded->text(), "Choose two different models.");
        QTest::keyClick(second, Qt::Key_Down);
        QVERIFY(recorded->text().startsWith("Both cost the same to make"));
    }

    void aReportIsWritten() {
        ui::MainWindow window;
        openCarbon(window);
        QTest::mouseClick(find<QPushButton>(window, "carbonReport"), Qt::LeftButton);
        const auto& dialog = *find<QWidget>(window, "reportDialog");
        auto* format = find<QComboBox>(dialog, "reportFormat");
        QCOMPARE(format->count(), 6);
        format->setFocus();
        QTest::keyClick(format, Qt::Key_Home);
        auto* line = find<QLineEdit>(dialog, "reportPath");
        QVERIFY(line->text().endsWith(".csv"));
        const QString file = path("report.csv");
        line->setText(file);
        QTest::mouseClick(find<QPushButton>(dialog, "reportWrite"), Qt::LeftButton);
        QTRY_VERIFY(find<QLabel>(dialog, "reportResult")->text().contains("report.csv"));
        QFile report(file);
        QVERIFY(report.open(QIODevice::ReadOnly));
        QVERIFY(report.readLine().contains("emissions"));
    }

    void whereNothingHasRunThePageSaysWhatToDo() {
        const QString file = path("empty.greenfront");
        {
            auto workspace = store::Workspace::create(ui::toPath(file));
            putCheapStudy(workspace);
        }
        ui::MainWindow window;
        testing::open(window, file);
        testing::goTo(window, ui::PageIndex::Carbon);
        const QStringList texts = testing::emptyTexts(window);
        QCOMPARE(texts.size(), 1);
        QVERIFY2(texts.first().startsWith("Press Start"), qPrintable(texts.first()));
    }

    void sourcesAreListedWithoutAWorkspace() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        tree.addZone("intel-rapl:1", "package-1");
        tree.write("intel-rapl:1", "energy_uj", "broken");
        ui::MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        testing::goTo(window, ui::PageIndex::Sources);
        QTRY_VERIFY(window.findChild<QWidget*>("source.rapl:package-0") != nullptr);
        QCOMPARE(stateOf(window, "source.rapl:package-0"), "✓ Used");
        QCOMPARE(stateOf(window, "source.rapl:package-1"), "✗ Cannot be read");
        QCOMPARE(stateOf(window, "source.battery"), "– Not on this machine");
        const auto* broken = find<QWidget>(window, "source.rapl:package-1");
        QVERIFY(find<QLabel>(*broken, "sourceReason")->text().contains("energy_uj"));
        tree.setEnergy("intel-rapl:1", 5);
        QTest::mouseClick(find<QPushButton>(window, "sourcesAgain"), Qt::LeftButton);
        QTRY_COMPARE(stateOf(window, "source.rapl:package-1"), "✓ Used");
    }

    void theCommandThatHelpsHasALineOfItsOwnAndCanBeCopied() {
        const std::string command = "sudo chmod a+r /sys/class/powercap/*/energy_uj";
        energy::Source source;
        source.name = "rapl:package-0";
        source.state = energy::SourceState::Unusable;
        source.reason = "You may not read it. To allow it until the next start: " + command;
        source.command = command;
        const auto cards = ui::sourceCards({source});
        QCOMPARE(cards.at(0).reason, "You may not read it. To allow it until the next start:");
        ui::SourceFrame frame(cards.at(0));
        frame.show();
        QCOMPARE(find<QLineEdit>(frame, "sourceCommand")->text(), ui::qt(command));
        QTest::mouseClick(find<QPushButton>(frame, "sourceCopy"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), ui::qt(command));
        QVERIFY(ui::sourcesSummary({source}).contains("1 cannot be read"));
    }

private:
    /// The made-up study is the first one.
    void openCarbon(ui::MainWindow& window) {
        testing::open(window, made_);
        auto* study = find<QComboBox>(window, "studyChoice");
        study->setFocus();
        QTest::keyClick(study, Qt::Key_Home);
        testing::goTo(window, ui::PageIndex::Carbon);
        QVERIFY(find<QWidget>(window, "carbonReport")->isVisible());
    }

    static QString stateOf(const QWidget& window, const char* source) {
        return find<QLabel>(*find<QWidget>(window, source), "sourceState")->text();
    }

    static void type(const ui::MainWindow& window, const char* box, const QString& text) {
        testing::typeInto(*find<QComboBox>(window, box)->lineEdit(), text);
    }

    static StudyId putCheapStudy(store::Workspace& workspace) {
        auto study = study::Study{.name = "cheap",
                                  .data = "builtin",
                                  .dataHash = "c4ea9",
                                  .space = arch::defaultSpace({1, 16, 16}, 10),
                                  .parameters = defaultsOf(study::studyParameters())};
        store::putData(workspace, {.hash = study.dataHash,
                                   .name = "digits",
                                   .kind = "builtin",
                                   .info = Json::object(),
                                   .source = "builtin"});
        return store::addStudy(workspace, study.name, study.dataHash, study::toJson(study));
    }

    /// One slow candidate that cost next to nothing to make.
    void addCheapStudy() const {
        auto workspace = store::Workspace::open(ui::toPath(made_));
        const StudyId study = putCheapStudy(workspace);
        const RunId run = store::addRun(workspace, {.id = {},
                                                    .study = study,
                                                    .kind = "training",
                                                    .subject = {},
                                                    .started = {},
                                                    .parameters = Json::object(),
                                                    .versions = Json::object(),
                                                    .error = {}});
        store::addEnergy(workspace, run,
                         {.phase = "training",
                          .source = "processor model",
                          .method = "made up",
                          .provenance = Provenance::Estimated,
                          .seconds = Seconds(1),
                          .joules = Joules(30),
                          .low = Joules(20),
                          .high = Joules(40),
                          .at = {}});
        const CandidateId candidate = store::putCandidate(workspace, study, {0});
        for (const auto& [name, value] : {std::pair{"accuracy", 90.0}, {"latency_ms", 500.0}})
            store::putMetric(workspace, candidate, "this-machine",
                             {.name = name,
                              .value = value,
                              .unit = "",
                              .direction = Direction::Minimise,
                              .provenance = Provenance::Measured,
                              .low = {},
                              .high = {},
                              .method = "made up"});
    }

    QString made_;
};

QTEST_MAIN(TestCarbonPage)
#include "test_carbon_page.moc"
