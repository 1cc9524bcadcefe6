// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/trials.h"
#include "core/study/tune.h"
#include "tests/ui/made_up_search.h"
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/search_query.h"
#include "ui/models/table_text.h"
#include "ui/models/texts.h"
#include "ui/models/trial_rows.h"
#include "ui/plots/bar_plot.h"
#include "ui/plots/parallel_plot.h"
#include "ui/plots/xy_plot.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QTabBar>
#include <QTableView>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::cell;
using greenfront::testing::find;

/// The page of searches for parameters.
class TestSearchPage : public testing::WindowTest {
    Q_OBJECT

private slots:
    void initTestCase() {
        made_ = path("searched.greenfront");
        auto workspace = store::Workspace::create(ui::toPath(made_));
        study_ = tests::makeUpSearch(workspace);
    }

    void withoutASearchThePageTellsTheCommand() {
        const QString file = path("none.greenfront");
        tests::makeUpWorkspace(ui::toPath(file), 0);
        ui::MainWindow window;
        testing::open(window, file);
        testing::goTo(window, ui::PageIndex::Search);
        QCOMPARE(testing::emptyTexts(window).size(), 1);
        const QString command = find<QLineEdit>(window, "searchCommand")->text();
        QVERIFY2(command.startsWith("greenfront-cli tune --workspace '" + file), qPrintable(command));
        testing::click(window, "searchCommandCopy");
        QCOMPARE(QGuiApplication::clipboard()->text(), command);
    }

    void aSearchIsShownWithAllOfItsTrials() {
        ui::MainWindow window;
        openSearch(window);
        auto* table = find<QTableView>(window, "trialsTable");
        QCOMPARE(table->model()->rowCount(), tests::madeUpTrials);
        QCOMPARE(titles(*table),
                 QStringList({"Trial", "Outcome", "loss", "energy_j", "lr", "layers", "optimiser", "momentum",
                              "batch", "Time (s)", "Energy (J)", "Reason"}));
        QCOMPARE(find<QComboBox>(window, "searchChoice")->currentText(),
                 "made-up search – 60 trials, interrupted"); // nobody runs it
        QCOMPARE(ui::PlotSeries::Form::Steps, series(window, "searchHistory", "best so far").form);
        QVERIFY(!series(window, "searchHistory", "on the front").points.empty());
        QVERIFY(!series(window, "searchCost", "hypervolume").points.empty());
        auto* importance = find<ui::BarPlot>(window, "searchImportance");
        QTRY_COMPARE(importance->bars().size(), std::size_t(5));
        QCOMPARE(importance->bars().front().title, "lr"); // the loss hangs on it most
        QVERIFY(importance->bars().front().low <= importance->bars().front().value);
        QCOMPARE(find<ui::ParallelPlot>(window, "searchParallel")->data().lines.size(),
                 std::size_t(tests::madeUpTrials));
        QVERIFY(!series(window, "searchReports", "where it was stopped").points.empty());
    }

    void theTableSortsByNumbers() {
        ui::MainWindow window;
        openSearch(window);
        auto* table = find<QTableView>(window, "trialsTable");
        clickHeader(*table, 2);
        double last = 0;
        for (int row = 0; row < table->model()->rowCount() && cell(table, row, 2) != "–"; ++row) {
            const double value = cell(table, row, 2).toDouble();
            QVERIFY(value >= last);
            last = value;
        }
        QVERIFY(last > 0);
        QCOMPARE(cell(table, table->model()->rowCount() - 1, 2), "–"); // no result stands behind all others
        clickHeader(*table, 0);
        QCOMPARE(cell(table, 9, 0), "9"); // not "17", as texts would have it
    }

    void anotherParameterGivesAnotherSlice() {
        ui::MainWindow window;
        openSearch(window);
        showSheet(window, 2);
        auto* slice = find<ui::XyPlot>(window, "searchSlice");
        QVERIFY(slice->isVisible());
        QCOMPARE(slice->data().x.title, "lr");
        QVERIFY(slice->data().x.logarithmic);
        auto* parameter = find<QComboBox>(window, "searchParameter");
        parameter->setFocus();
        QTest::keyClicks(parameter, "opt");
        QTRY_COMPARE(slice->data().x.title, "optimiser");
        QCOMPARE(slice->data().x.names.size(), std::size_t(3));
        const auto all = pointsOf(*slice);
        QTest::qWait(QApplication::keyboardInputInterval() +
                     100); // what follows is another search in the list
        QTest::keyClicks(parameter, "mom");
        QTRY_COMPARE(slice->data().x.title, "momentum");
        QVERIFY(pointsOf(*slice) > 0 && pointsOf(*slice) < all); // only trials in which it was active
    }

    void anotherObjectiveIsShownByAllPlots() {
        ui::MainWindow window;
        openSearch(window);
        auto* objective = find<QComboBox>(window, "searchObjective");
        objective->setFocus();
        auto* importance = find<ui::BarPlot>(window, "searchImportance");
        QTRY_VERIFY(!importance->bars().empty());
        QTest::keyClick(objective, Qt::Key_Down);
        QTRY_COMPARE(find<ui::XyPlot>(window, "searchHistory")->data().y.title, "energy_j – lower is better");
        QTRY_COMPARE(importance->bars().front().title, "layers");
        QTest::mouseClick(find<QCheckBox>(window, "searchLog"), Qt::LeftButton, {}, QPoint(8, 8));
        QTRY_VERIFY(find<ui::XyPlot>(window, "searchHistory")->data().y.logarithmic);
    }

    void aTrialPickedInAPlotIsSelectedInTheTableAndEscapeClearsIt() {
        ui::MainWindow window;
        openSearch(window);
        auto* plot = find<ui::XyPlot>(window, "searchHistory");
        auto* table = find<QTableView>(window, "trialsTable");
        const auto front = series(window, "searchHistory", "on the front").points.front();
        QTest::qWait(50); // the axes are laid out by the first drawing
        QTest::mouseClick(find<QWidget>(window, "searchHistoryCanvas"), Qt::LeftButton, {},
                          *plot->positionOf(front.id));
        const auto selected = [&] { return table->selectionModel()->selectedRows(); };
        QTRY_COMPARE(selected().size(), 1);
        QCOMPARE(selected().first().data().toLongLong(), front.id);
        QTest::keyClick(&window, Qt::Key_Escape);
        QTRY_COMPARE(selected().size(), 0);
    }

    void theTableIsCopiedAsItIsSorted() {
        ui::MainWindow window;
        openSearch(window);
        auto* table = find<QTableView>(window, "trialsTable");
        testing::click(window, "trialsCopy");
        QCOMPARE(QGuiApplication::clipboard()->text().count('\n'), tests::madeUpTrials + 1);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, testing::middleOf(table, 2));
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith("Trial\tOutcome\tloss\t"));
        QCOMPARE(lines[1].section('\t', 0, 0), cell(table, 2, 0));
    }

    /// By another process, as far as the window can tell.
    void aSearchThatRunsIsFollowed() {
        const QString file = path("growing.greenfront");
        auto workspace = store::Workspace::create(ui::toPath(file));
        const StudyId study = tests::makeUpSearch(workspace);
        ui::MainWindow window;
        testing::open(window, file);
        testing::goTo(window, ui::PageIndex::Search);
        auto* table = find<QTableView>(window, "trialsTable");
        QTRY_COMPARE(table->model()->rowCount(), tests::madeUpTrials);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, testing::middleOf(table, 4));
        const QString kept = cell(table, 4, 0);
        const auto parameters = store::trialsOf(workspace, study).front().parameters;
        const RunId run = store::addTrial(workspace, study, tests::madeUpTrials, parameters, Json::object());
        store::endTrial(workspace, run, {.objectives = {0.01, 1}});
        QTRY_COMPARE_WITH_TIMEOUT(table->model()->rowCount(), tests::madeUpTrials + 1, 15'000);
        QTRY_COMPARE(series(window, "searchHistory", "on the front").points.size(), std::size_t(1));
        QCOMPARE(table->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(table->selectionModel()->selectedRows().first().data().toString(), kept);
    }

    void aTableIsWrittenWithAllDigits() {
        auto workspace = store::Workspace::open(ui::toPath(made_), store::Access::ReadOnly);
        const auto view = ui::loadSearch(workspace, {.study = study_, .metric = {}});
        ui::TableModel model(ui::trialColumns(view));
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(ui::trialRows(view));
        const QStringList lines = ui::qt(ui::tableCsv(model)).split("\r\n");
        QCOMPARE(lines.size(), tests::madeUpTrials + 2); // titles, and an end behind the last
        const QStringList fields = lines[1].split(',');
        QCOMPARE(fields[2].toDouble(), view.result.trials[0].result->objectives[0]);
    }

private:
    void openSearch(ui::MainWindow& window) {
        testing::open(window, made_);
        testing::goTo(window, ui::PageIndex::Search);
        QTRY_COMPARE(find<QTableView>(window, "trialsTable")->model()->rowCount(), tests::madeUpTrials);
        QCOMPARE(window.problemText(), QString());
    }

    static void showSheet(ui::MainWindow& window, int sheet) {
        auto* tabs = find<QTabBar>(window, "searchTabs");
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(sheet).center());
    }

    static void clickHeader(QTableView& table, int column) {
        auto* header = table.horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(column) + 12, header->height() / 2));
    }

    static QStringList titles(const QTableView& table) {
        QStringList found;
        for (int column = 0; column < table.model()->columnCount(); ++column)
            found << table.model()->headerData(column, Qt::Horizontal).toString();
        return found;
    }

    /// Of a plot, by its title; an empty one where there is none.
    static ui::PlotSeries series(const QWidget& window, const char* plot, const QString& title) {
        for (const ui::PlotSeries& each : find<ui::XyPlot>(window, plot)->data().series)
            if (each.title == title)
                return each;
        return {};
    }

    static std::size_t pointsOf(const ui::XyPlot& plot) {
        std::size_t count = 0;
        for (const ui::PlotSeries& each : plot.data().series)
            count += each.points.size();
        return count;
    }

    QString made_;
    StudyId study_;
};

QTEST_MAIN(TestSearchPage)
#include "test_search_page.moc"
