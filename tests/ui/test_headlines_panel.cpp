// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/blobs.h"
#include "core/store/runs.h"
#include "core/study/headline.h"
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/headline_rows.h"
#include "ui/models/texts.h"

#include <QLabel>
#include <QTabBar>
#include <QTableView>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::find;

/// The third part of the carbon page: techniques beside their baselines.
class TestHeadlinesPanel : public testing::WindowTest {
    Q_OBJECT

private slots:
    void withoutAHeadlineItSaysHowToRunOne() {
        const QString file = path("none.greenfront");
        tests::makeUpWorkspace(ui::toPath(file), 0);
        ui::MainWindow window;
        openHeadlines(window, file);
        const QStringList texts = testing::emptyTexts(window);
        QCOMPARE(texts.size(), 1);
        QVERIFY2(texts.first().contains("headline once-for-all"), qPrintable(texts.first()));
    }

    void bothWaysStandBelowEachOther() {
        const QString file = path("some.greenfront");
        const auto made = tests::makeUpWorkspace(ui::toPath(file), 10);
        {
            auto workspace = store::Workspace::open(ui::toPath(file));
            store::RunRow row;
            row.study = made.study;
            row.kind = study::headlineKind;
            row.subject = "once-for-all";
            row.parameters = row.versions = Json::object();
            const RunId run = store::addRun(workspace, row);
            store::putBlob(workspace, run, study::headlineKind, result().dump(), Json::object());
        }
        ui::MainWindow window;
        openHeadlines(window, file);
        const auto* model = find<QTableView>(window, "headlineTable")->model();
        QTRY_COMPARE(model->rowCount(), 4);
        const auto text = [&](int row, int column) { return model->index(row, column).data().toString(); };
        QCOMPARE(text(0, 0), "1");
        QCOMPARE(text(0, 4), "4.00 kJ");
        QCOMPARE(text(2, 6), "run");
        QCOMPARE(text(3, 1), "each alone");
        QCOMPARE(text(3, 6), "extrapolated");
        const QString remark = find<QLabel>(window, "headlineRemark")->text();
        QVERIFY2(remark.contains("50 times as much"), qPrintable(remark));
    }

    void ofParsecEachWayHasARow() {
        const auto way = [](const char* title, double joules) {
            return OrderedJson{{"title", title},
                               {"accuracy", 97.5},
                               {"search", {{"seconds", 1.0}, {"joules", joules}, {"grams", joules / 8000}}}};
        };
        const OrderedJson found{
            {"headline", "parsec"},
            {"ways", {way("PARSEC", 4000), way("weightless PARSEC", 40), way("random pick", 0)}},
            {"search_ratio", 100.0}};
        const ui::HeadlineView view = ui::headlineView("PARSEC", found);
        QCOMPARE(view.rows.size(), std::size_t(3));
        QCOMPARE(view.rows[1][1].text, "weightless PARSEC");
        QCOMPARE(view.rows[0][4].text, "4.00 kJ");
        QVERIFY2(view.remark.contains("100 times"), qPrintable(view.remark));
    }

private:
    static OrderedJson result() {
        const auto side = [](double joules, bool extrapolated) {
            return OrderedJson{{"accuracy", 97.5}, {"latency_ms", 0.6},
                               {"joules", joules}, {"grams", joules / 8000.0},
                               {"seconds", 9.0},   {"extrapolated", extrapolated}};
        };
        OrderedJson json{{"headline", "once-for-all"}, {"table", OrderedJson::array()}};
        for (const int devices : {1, 4})
            json["table"].push_back({{"devices", devices},
                                     {"once_for_all", side(4000 + 20 * (devices - 1), false)},
                                     {"alone", side(1000.0 * devices, devices > 1)}});
        json["marginal"] = {
            {"once_for_all", {{"joules", 20.0}}}, {"alone", {{"joules", 1000.0}}}, {"ratio", 50.0}};
        return json;
    }

    static void openHeadlines(ui::MainWindow& window, const QString& path) {
        testing::open(window, path);
        testing::goTo(window, ui::PageIndex::Carbon);
        auto* tabs = find<QTabBar>(window, "carbonTabs");
        QTRY_VERIFY(tabs->isVisible());
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(2).center());
        QTRY_VERIFY(window.isSettled());
    }
};

QTEST_MAIN(TestHeadlinesPanel)
#include "test_headlines_panel.moc"
