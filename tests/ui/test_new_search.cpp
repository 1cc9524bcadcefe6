// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/azure_space.h"
#include "core/store/studies.h"
#include "core/store/trials.h"
#include "core/study/tune.h"
#include "tests/ui/made_up_search.h"
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/texts.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::click;
using greenfront::testing::find;
using greenfront::testing::labelText;
using greenfront::testing::type;

namespace {

/// Tells its argument as its loss.
constexpr const char* echo = "sh -c 'echo \"{\\\"loss\\\": $1}\"' name {x}";
constexpr const char* slowEcho = "sh -c 'sleep 0.2; echo \"{\\\"loss\\\": $1}\"' name {x}";

} // namespace

/// Begins searches of parameters as a person does, in the dialog of the search page.
class TestNewSearch : public testing::WindowTest {
    Q_OBJECT

private slots:
    void aSearchRunsFromTheWindowToItsEnd() {
        const QString file = emptyWorkspace();
        ui::MainWindow window;
        testing::open(window, file);
        testing::goTo(window, ui::PageIndex::Search);
        click(window, "searchBeginEmpty");
        QWidget& dialog = opened(window);
        QVERIFY(labelText(dialog, "newSearchState").startsWith("Command: "));
        QVERIFY(find<QWidget>(dialog, "newSearchNoParameters")->isVisible());
        type(dialog, "newSearchCommand", echo);
        QCOMPARE(find<QPushButton>(dialog, "newSearchAddNamed")->text(), "Add parameter: x");
        click(dialog, "newSearchAddNamed");
        QVERIFY(!find<QWidget>(dialog, "newSearchAddNamed")->isVisible());
        QVERIFY(find<QLineEdit>(dialog, "tuned0.low")->hasFocus()); // its name is known
        type(dialog, "tuned0.low", "0");
        type(dialog, "tuned0.high", "1");
        QCOMPARE(labelText(dialog, "newSearchCount"), "Endless assignments");
        QVERIFY(labelText(dialog, "newSearchState").startsWith("Objectives: "));
        type(dialog, "objective0.metricText", "loss");
        QCOMPARE(labelText(dialog, "newSearchState"), "Ready to start.");
        showSheet(dialog, 2);
        testing::enter(dialog, "newSearch.trials", "6");
        startAndWait(window, dialog);
        QVERIFY(!dialog.isVisible());
        auto* table = find<QTableView>(window, "trialsTable");
        QTRY_COMPARE(table->model()->rowCount(), 6);
        QVERIFY(table->isVisible());
        QTRY_COMPARE(find<QComboBox>(window, "searchChoice")->currentText(), "tune – 6 trials");
        auto workspace = store::Workspace::open(ui::toPath(file));
        const StudyId search = study::findTuning(workspace, "tune");
        for (const auto& trial : store::trialsOf(workspace, search))
            QCOMPARE(trial.result->objectives.at(0), trial.parameters.at("x").get<double>());
        activate(window);
        testing::goTo(window, ui::PageIndex::Jobs);
        QTRY_COMPARE(labelText(jobCard(window), "jobState"), "Finished");
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(find<QLineEdit>(opened(window), "newSearchCommand")->text(), ""); // another one
        QCOMPARE(find<QLineEdit>(dialog, "newSearchName")->text(), "tune 2");
    }

    void whatIsWrongWithAParameterStandsBelowIt_data() {
        QTest::addColumn<QStringList>("fields");
        QTest::addColumn<QString>("problem");
        const auto row = [](const char* name, const QStringList& fields, const char* problem) {
            QTest::newRow(name) << fields << QString::fromUtf8(problem);
        };
        row("reversed", {"float", "uniform", "1", "0", ""},
            "Its bounds are reversed: 1 is above 0. Swap them.");
        row("log of zero", {"float", "log", "0", "1", ""},
            "The logarithm of its lower bound, 0, does not exist.");
        row("no number", {"float", "uniform", "1e", "1", ""}, "Its lower bound is no number: '1e'.");
        row("half a layer", {"integer", "uniform", "0.5", "4", ""}, "A bound of a whole number is not one.");
        row("a step too far", {"float", "uniform", "0", "1", "2"}, "There is nothing to choose");
        row("steps of a normal", {"float", "normal", "0", "1", "0.1"},
            "A normal distribution has no first value");
        row("no deviation", {"float", "normal", "0", "0", ""},
            "Its mean or deviation is not a number above 0.");
        row("one value", {"categorical", "", "", "", "", "adam"},
            "There is nothing to choose: it has fewer than");
        row("one value twice", {"ordinal", "", "", "", "", "1, 1"}, "A value stands twice in its list.");
        row("on itself", {"float", "uniform", "0", "1", "", "", "x = 1"}, "It depends on itself.");
        row("on nothing", {"float", "uniform", "0", "1", "", "", "y = 1"},
            "It depends on 'y', which does not exist.");
        row("no condition", {"float", "uniform", "0", "1", "", "", "sgd"}, "'sgd' is no condition.");
    }
    void whatIsWrongWithAParameterStandsBelowIt() {
        QFETCH(QStringList, fields);
        QFETCH(QString, problem);
        ui::MainWindow window;
        QWidget& dialog = openEmpty(window);
        fillInSimple(dialog);
        QVERIFY(find<QPushButton>(dialog, "newSearchStart")->isEnabled());
        fillRow(dialog, 0, "x", fields);
        const auto* below = find<QLabel>(dialog, "tuned0.problem");
        QVERIFY(below->isVisible());
        QVERIFY2(below->text().startsWith("✗ " + problem), qPrintable(below->text()));
        QVERIFY(labelText(dialog, "newSearchState").startsWith("✗ x: " + problem));
        QVERIFY(!find<QPushButton>(dialog, "newSearchStart")->isEnabled());
        QTest::keyClick(&dialog, Qt::Key_Return, Qt::ControlModifier); // does nothing
        QVERIFY(dialog.isVisible());
        fillRow(dialog, 0, "x", {"float", "uniform", "0", "1", "", "", ""});
        QVERIFY(!below->isVisible());
        QVERIFY(find<QPushButton>(dialog, "newSearchStart")->isEnabled());
    }

    void whatIsWrongElsewhereIsToldToo() {
        ui::MainWindow window;
        QWidget& dialog = openEmpty(window);
        fillInSimple(dialog);
        const auto tells = [&](const QString& text) {
            const QString state = labelText(dialog, "newSearchState");
            if (!state.startsWith(text))
                qWarning("%s", qPrintable(state));
            return state.startsWith(text) && !find<QPushButton>(dialog, "newSearchStart")->isEnabled();
        };
        type(dialog, "newSearchCommand", "sh 'x");
        QVERIFY(tells("✗ Command: The quote ' is never closed."));
        type(dialog, "newSearchCommand", "no-such-program {x}");
        QVERIFY(tells("✗ Command: There is no program “no-such-program”"));
        type(dialog, "newSearchCommand", "/no/such/program {x}");
        QVERIFY(tells("✗ Command: There is no file /no/such/program."));
        type(dialog, "newSearchCommand", "sh {x} {y}");
        QVERIFY(tells("✗ Command: {y} is no parameter."));
        QCOMPARE(find<QLineEdit>(dialog, "newSearchCommand")->toolTip(),
                 labelText(dialog, "newSearchState").mid(QString("✗ Command: ").size()));
        type(dialog, "newSearchCommand", "sh {x} {{y}}");
        click(dialog, "newSearchAddParameter");
        fillRow(dialog, 1, "x", {"float", "uniform", "0", "1"});
        QVERIFY(tells("✗ x: There are two of that name."));
        QVERIFY(find<QLabel>(dialog, "tuned1.problem")->isVisible());
        click(dialog, "tuned1.remove");
        click(dialog, "newSearchAddConstraint");
        QVERIFY(tells("Constraint 1: Name a metric"));
        type(dialog, "constraint0.metricText", "latency");
        type(dialog, "constraint0.bound", "five");
        QVERIFY(tells("✗ Constraint 1: 'five' is no number."));
        click(dialog, "constraint0.remove");
        click(dialog, "newSearchAddObjective");
        type(dialog, "objective1.metricText", "loss");
        QVERIFY(tells("✗ Objectives: There is another one for the same metric."));
        click(dialog, "objective1.remove");
        showSheet(dialog, 2);
        type(dialog, "newSearch.joules", "-5");
        QVERIFY(tells("✗ Joules: “-5” is no number above 0."));
        type(dialog, "newSearch.joules", "");
        type(dialog, "newSearch.pue", "0.5");
        QVERIFY(tells("✗ PUE: "));
        type(dialog, "newSearch.pue", "");
        QCOMPARE(labelText(dialog, "newSearchState"), "Ready to start.");
    }

    void everythingThatIsChosenIsStored() {
        const QString file = emptyWorkspace();
        ui::MainWindow window;
        QWidget& dialog = openDialog(window, file);
        type(dialog, "newSearchName", "all of it");
        type(dialog, "newSearchCommand", "sh -c 'echo \"{\\\"loss\\\": 1, \\\"lat\\\": 2}\"'");
        for (int i = 0; i < 5; ++i)
            click(dialog, "newSearchAddParameter");
        fillRow(dialog, 0, "lr", {"float", "log", "1e-5", "0.1"});
        fillRow(dialog, 1, "layers", {"integer", "uniform", "2", "8", "2"});
        fillRow(dialog, 2, "optimiser", {"categorical", "", "", "", "", "adam, \"a, b\", sgd, 1"});
        fillRow(dialog, 3, "momentum",
                {"float", "uniform", "0", "1", "round 0.25", "", "optimiser = sgd, 1; layers >= 4"});
        fillRow(dialog, 4, "batch", {"ordinal", "", "", "", "", "16, 32"});
        type(dialog, "objective0.metricText", "loss");
        click(dialog, "newSearchAddObjective");
        choose(dialog, "objective1.sign", "Max");
        type(dialog, "objective1.metricText", "energy_j");
        click(dialog, "newSearchAddConstraint");
        type(dialog, "constraint0.metricText", "lat");
        type(dialog, "constraint0.bound", "5");
        showSheet(dialog, 1);
        choose(dialog, "newSearchMethod", "rand");
        choose(dialog, "newSearchMethod", "nsga2");
        testing::enter(*find<QWidget>(dialog, "newSearchMethodOptions"), "parameter.population", "20");
        QTest::mouseClick(find<QCheckBox>(dialog, "newSearchLearns"), Qt::LeftButton, {}, QPoint(8, 8));
        choose(dialog, "newSearchPolicy", "bandit");
        QCOMPARE(labelText(dialog, "newSearchState"), "Ready to start."); // it comes with a slack
        testing::enter(*find<QWidget>(dialog, "newSearchPolicyOptions"), "parameter.delay_evaluation", "3");
        showSheet(dialog, 2);
        testing::enter(dialog, "newSearch.trials", "4");
        testing::enter(dialog, "newSearch.jobs", "2");
        testing::enter(dialog, "newSearch.seed", "12345678901");
        type(dialog, "newSearch.seconds", "600");
        type(dialog, "newSearch.joules", "1e6");
        type(dialog, "newSearch.grams", "50.5");
        type(dialog, "newSearch.trialSeconds", "20");
        type(dialog, "newSearch.pue", "1.2");
        testing::typeInto(*find<QComboBox>(dialog, "newSearch.region")->lineEdit(), "France");
        startAndWait(window, dialog);
        QCOMPARE(window.problemText(), QString());
        auto workspace = store::Workspace::open(ui::toPath(file));
        const study::Tuning tuning = study::loadTuning(workspace, study::findTuning(workspace, "all of it"));
        const char* expected =
            "{\"parameters\": ["
            "{\"name\": \"lr\", \"distribution\": \"log\", \"low\": 1e-5, \"high\": 0.1},"
            "{\"name\": \"layers\", \"type\": \"integer\", \"low\": 2, \"high\": 8, \"step\": 2},"
            "{\"name\": \"optimiser\", \"type\": \"categorical\", \"values\": [\"adam\", \"a, b\", \"sgd\", "
            "1]},"
            "{\"name\": \"momentum\", \"low\": 0, \"high\": 1, \"quantum\": 0.25, \"when\": {\"optimiser\": "
            "[\"sgd\", 1], \"layers\": {\"minimum\": 4}}},"
            "{\"name\": \"batch\", \"type\": \"ordinal\", \"values\": [16, 32]}]}";
        QCOMPARE(search::readParameterSpace(tuning.space).toJson(),
                 search::readParameterSpace(Json::parse(expected)).toJson());
        QCOMPARE(study::toJson(tuning)["objectives"], Json({"min:loss", "max:energy_j"}));
        QCOMPARE(study::toJson(tuning)["constraints"], Json({"lat<=5"}));
        QCOMPARE(tuning.method, std::string("nsga2"));
        QCOMPARE(tuning.methodOptions, Json({{"population", 20}}));
        QVERIFY(!tuning.learns);
        QCOMPARE(tuning.policy, std::string("bandit:delay_evaluation=3,slack_factor=0.1"));
        QVERIFY((tuning.budget == study::TuningBudget{4, 600, 1e6, 50.5}));
        QCOMPARE(tuning.jobs, std::size_t(2));
        QCOMPARE(tuning.seed, std::uint64_t(12345678901));
        QCOMPARE(tuning.trialSeconds, 20.0);
        QCOMPARE(tuning.region, std::string("FRA"));
        QCOMPARE(tuning.pue, 1.2);
        QCOMPARE(store::trialsOf(workspace, study::findTuning(workspace, "all of it")).size(),
                 std::size_t(4));
    }

    void parametersAreReadFromAFile() {
        ui::MainWindow window;
        QWidget& dialog = openEmpty(window);
        chooseFile(dialog, "newSearchImport",
                   write("azure.json",
                         "{\"batch\": \"choice(16, 32)\", \"layers\": \"randint(3)\", \"lr\": "
                         "{\"type\": \"quniform\", \"min_value\": 0, \"max_value\": 1, \"q\": 0.5}}"));
        QCOMPARE(find<QLineEdit>(dialog, "tuned0.name")->text(), "batch");
        QCOMPARE(find<QComboBox>(dialog, "tuned0.type")->currentText(), "ordinal");
        QCOMPARE(find<QLineEdit>(dialog, "tuned0.values")->text(), "16, 32");
        QVERIFY(!find<QLineEdit>(dialog, "tuned0.low")->isVisible());
        QCOMPARE(find<QComboBox>(dialog, "tuned1.type")->currentText(), "integer");
        QCOMPARE(find<QLineEdit>(dialog, "tuned1.high")->text(), "2");
        QCOMPARE(find<QLineEdit>(dialog, "tuned2.step")->text(), "round 0.5");
        QCOMPARE(labelText(dialog, "newSearchCount"), "18 assignments");
        chooseFile(dialog, "newSearchImport", write("bad.json", "{\"batch\": \"choice(16\"}"));
        QVERIFY(find<QWidget>(dialog, "banner")->isVisible());
        QCOMPARE(find<QLineEdit>(dialog, "tuned0.name")->text(), "batch"); // nothing is lost
    }

    void whatWasTypedIsThereAgain() {
        ui::MainWindow window;
        QWidget& dialog = openEmpty(window);
        type(dialog, "newSearchCommand", "sh {a} {b}");
        click(dialog, "newSearchAddNamed");
        QCOMPARE(find<QLineEdit>(dialog, "tuned1.name")->text(), "b");
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
        activate(window);
        testing::goTo(window, ui::PageIndex::Study);
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(&opened(window) == &dialog);
        QCOMPARE(find<QLineEdit>(dialog, "newSearchCommand")->text(), "sh {a} {b}");
        QCOMPARE(find<QLineEdit>(dialog, "tuned1.name")->text(), "b");
        click(dialog, "newSearchClear");
        QCOMPARE(find<QLineEdit>(dialog, "newSearchCommand")->text(), "");
        QVERIFY(!find<QLineEdit>(dialog, "tuned0.name")->isVisible());
    }

    void aSearchThatCannotRunSaysSoAndIsTakenUp() {
        const QString file = emptyWorkspace();
        ui::MainWindow window;
        QWidget& dialog = openDialog(window, file);
        fillInSimple(dialog);
        showSheet(dialog, 2);
        testing::enter(dialog, "newSearch.trials", "3");
        {
            const auto lock = store::RunnerLock::tryTake(ui::toPath(file)); // as another process would
            startAndWait(window, dialog);
        }
        QVERIFY2(window.problemText().contains("another Greenfront"), qPrintable(window.problemText()));
        activate(window);
        testing::goTo(window, ui::PageIndex::Jobs);
        const QSignalSpy idle(&window, &ui::MainWindow::becameIdle);
        click(jobCard(window), "jobStart");
        QTRY_COMPARE_WITH_TIMEOUT(idle.count(), 1, 60'000);
        auto* table = find<QTableView>(window, "trialsTable");
        QTRY_COMPARE(table->model()->rowCount(), 3);
        QVERIFY(table->isVisible());
    }

    void aRunningSearchIsPausedCancelledAndResumed() {
        const QString file = emptyWorkspace();
        {
            ui::MainWindow window;
            QWidget& dialog = openDialog(window, file);
            fillInSimple(dialog, slowEcho);
            showSheet(dialog, 2);
            testing::enter(dialog, "newSearch.trials", "25");
            click(dialog, "newSearchStart");
            QTRY_VERIFY(!dialog.isVisible());
            activate(window);
            testing::goTo(window, ui::PageIndex::Jobs);
            const auto state = [&] { return labelText(jobCard(window), "jobState"); };
            QTRY_VERIFY(labelText(jobCard(window), "jobDetail").contains(" of 25 trials"));
            QCOMPARE(state(), "Running");
            click(jobCard(window), "jobPause");
            QTRY_COMPARE(state(), "Paused");
            click(jobCard(window), "jobResume");
            QTRY_COMPARE(state(), "Running");
            click(jobCard(window), "jobCancel");
            QTRY_COMPARE(state(), "Cancelled");
        }
        ui::MainWindow again;
        testing::open(again, file);
        testing::goTo(again, ui::PageIndex::Jobs);
        QTRY_COMPARE(labelText(jobCard(again), "jobState"), "Interrupted");
        const QSignalSpy idle(&again, &ui::MainWindow::becameIdle);
        QCOMPARE(find<QPushButton>(jobCard(again), "jobStart")->text(), "Resume");
        click(jobCard(again), "jobStart");
        QTRY_COMPARE_WITH_TIMEOUT(idle.count(), 1, 60'000);
        QTRY_COMPARE(find<QComboBox>(again, "searchChoice")->currentText(), "tune – 25 trials");
    }

    void anEarlierSearchIsFilledIn() {
        const QString file = path("searched.greenfront");
        StudyId made;
        {
            auto workspace = store::Workspace::create(ui::toPath(file));
            made = tests::makeUpSearch(workspace);
        }
        ui::MainWindow window;
        testing::open(window, file);
        testing::goTo(window, ui::PageIndex::Search);
        click(window, "searchBegin");
        QWidget& dialog = opened(window);
        pick(dialog, QStringLiteral("fillSearch.%1").arg(made.value));
        QTRY_COMPARE(find<QLineEdit>(dialog, "newSearchName")->text(), "made-up search 2");
        QCOMPARE(find<QLineEdit>(dialog, "newSearchCommand")->text(),
                 "./train.sh {lr} {layers} {optimiser} {momentum} {batch}");
        QCOMPARE(find<QComboBox>(dialog, "tuned0.distribution")->currentText(), "log");
        QCOMPARE(find<QLineEdit>(dialog, "tuned3.when")->text(), "optimiser = sgd");
        QCOMPARE(find<QLineEdit>(dialog, "objective1.metricText")->text(), "energy_j");
        QCOMPARE(find<QComboBox>(dialog, "newSearchPolicy")->currentText(), "median");
        QVERIFY(labelText(dialog, "newSearchState").contains("train.sh")); // which is not here
        type(dialog, "newSearchName", "made-up search");
        QVERIFY(labelText(dialog, "newSearchState").startsWith("✗ Name: There is a search of that name"));
    }

    void aStudysRecipeIsTuned() {
        const QString programs = qEnvironmentVariable("GREENFRONT_BIN");
        if (!QFile::exists(programs + "/greenfront-cli"))
            QSKIP("greenfront-cli is not built");
        qputenv("PATH", (programs + ':' + qEnvironmentVariable("PATH")).toUtf8());
        const QString file = path("recipe.greenfront");
        ui::MainWindow window;
        testing::create(window, "builtin:samples=300,size=16", file);
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QWidget& dialog = opened(window);
        pick(dialog, "fillRecipe.1");
        QCOMPARE(labelText(dialog, "newSearchState"), "Ready to start.");
        QCOMPARE(find<QLineEdit>(dialog, "objective0.metricText")->text(), "accuracy_largest");
        auto* command = find<QLineEdit>(dialog, "newSearchCommand");
        command->setFocus();
        command->end(false);
        QTest::keyClicks(command, " --set epochs=1");
        showSheet(dialog, 2);
        testing::enter(dialog, "newSearch.trials", "2");
        startAndWait(window, dialog);
        QCOMPARE(window.problemText(), QString());
        auto workspace = store::Workspace::open(ui::toPath(file));
        QCOMPARE(store::allStudies(workspace, store::tuningKind).size(), std::size_t(1));
        const StudyId search = store::allStudies(workspace, store::tuningKind).front().id;
        const auto trials = store::trialsOf(workspace, search);
        QCOMPARE(trials.size(), std::size_t(2));
        for (const auto& trial : trials)
            QVERIFY2(trial.result->outcome == store::TrialOutcome::Finished, trial.result->reason.c_str());
        QVERIFY(!study::loadTuning(workspace, search).metaFeatures.empty());
    }

private:
    QString emptyWorkspace() {
        const QString file = path(QStringLiteral("w%1.greenfront").arg(++number_));
        tests::makeUpWorkspace(ui::toPath(file), 0);
        return file;
    }

    static QWidget& opened(const ui::MainWindow& window) {
        auto* dialog = find<QWidget>(window, "newSearchDialog");
        if (!QTest::qWaitFor([dialog] { return QApplication::activeWindow() == dialog; }))
            qFatal("the dialog does not open");
        return *dialog;
    }

    static QWidget& openDialog(ui::MainWindow& window, const QString& file) {
        testing::open(window, file);
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        return opened(window);
    }

    QWidget& openEmpty(ui::MainWindow& window) { return openDialog(window, emptyWorkspace()); }

    static void activate(ui::MainWindow& window) {
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }

    /// Of the search that is called "tune".
    static const QWidget& jobCard(const ui::MainWindow& window) {
        const QWidget* found = nullptr;
        const auto isThere = [&] {
            for (int i = 0; const auto* card = window.findChild<QWidget*>(QStringLiteral("jobCard%1").arg(i));
                 ++i)
                if (labelText(*card, "jobTitle") == "tune")
                    found = card;
            return found != nullptr;
        };
        if (QTest::qWaitFor(isThere))
            return *found;
        qFatal("no job is called tune");
    }

    /// One parameter, x from 0 to 1, and its loss.
    static void fillInSimple(const QWidget& dialog, const char* command = echo) {
        type(dialog, "newSearchCommand", command);
        click(dialog, "newSearchAddNamed");
        type(dialog, "tuned0.low", "0");
        type(dialog, "tuned0.high", "1");
        type(dialog, "objective0.metricText", "loss");
    }

    /// Type, distribution, from, to, step, values, only where; as far as they are given.
    static void fillRow(const QWidget& dialog, int row, const QString& name, const QStringList& fields) {
        const auto at = [row](const char* what) { return QStringLiteral("tuned%1.%2").arg(row).arg(what); };
        type(dialog, at("name"), name);
        choose(dialog, at("type"), fields.value(0));
        const bool list = fields.value(0) == "categorical" || fields.value(0) == "ordinal";
        if (list) {
            type(dialog, at("values"), fields.value(5));
        } else {
            choose(dialog, at("distribution"), fields.value(1));
            type(dialog, at("low"), fields.value(2));
            type(dialog, at("high"), fields.value(3));
            type(dialog, at("step"), fields.value(4));
        }
        type(dialog, at("when"), fields.value(6));
    }

    /// By its keys, in the open list.
    static void choose(const QWidget& dialog, const QString& combo, const QString& text) {
        auto* box = find<QComboBox>(dialog, combo);
        if (box->currentText() == text)
            return;
        box->setFocus();
        box->showPopup();
        const int index = box->findText(text, Qt::MatchStartsWith);
        QVERIFY2(index >= 0, qPrintable(text));
        while (box->view()->currentIndex().row() != index)
            QTest::keyClick(box->view(),
                            box->view()->currentIndex().row() < index ? Qt::Key_Down : Qt::Key_Up);
        QTest::keyClick(box->view(), Qt::Key_Return);
        QCOMPARE(box->currentIndex(), index);
    }

    static void showSheet(const QWidget& dialog, int sheet) {
        auto* bar = find<QTabWidget>(dialog, "newSearchTabs")->tabBar();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(sheet).center());
    }

    /// Until nothing runs any more.
    static void startAndWait(ui::MainWindow& window, QWidget& dialog) {
        const QSignalSpy idle(&window, &ui::MainWindow::becameIdle);
        QCOMPARE(labelText(dialog, "newSearchState"), "Ready to start.");
        if (QApplication::activeWindow() == &dialog)
            QTest::keyClick(&dialog, Qt::Key_Return, Qt::ControlModifier);
        else // without a window manager a menu keeps the keyboard
            click(dialog, "newSearchStart");
        QTRY_VERIFY2_WITH_TIMEOUT(!dialog.isVisible(), qPrintable(labelText(dialog, "newSearchState")), 8000);
        QTRY_COMPARE_WITH_TIMEOUT(idle.count(), 1, 120'000);
    }

    /// In the menu of what the form can be filled in from.
    static void pick(const QWidget& dialog, const QString& action) {
        QTimer::singleShot(0, qApp, [action] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            auto* wanted = menu->findChild<QAction*>(action);
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(wanted).center());
        });
        click(dialog, "newSearchFill");
    }

    /// Presses a button that asks for a file, and enters one.
    static void chooseFile(const QWidget& dialog, const char* buttonName, const QString& file) {
        QTimer::singleShot(0, qApp, [file] {
            auto* asking = QApplication::activeModalWidget();
            auto* line = asking->findChild<QLineEdit*>("fileNameEdit");
            line->setText(file);
            QTest::keyClick(line, Qt::Key_Return);
        });
        click(dialog, buttonName);
    }

    int number_ = 0;
};

QTEST_MAIN(TestNewSearch)
#include "test_new_search.moc"
