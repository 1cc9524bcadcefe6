// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"
#include "core/store/studies.h"
#include "core/study/study.h"
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/texts.h"
#include "ui/pages/spaces/space_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::cell;
using greenfront::testing::click;
using greenfront::testing::find;
using greenfront::testing::labelText;
using greenfront::testing::type;

/// Edits a study's space as a person does: in the fields of its stages, as JSON, from files.
class TestSpaceEditor : public testing::WindowTest {
    Q_OBJECT

private slots:
    void initTestCase() {
        made_ = path("made-up.greenfront");
        tests::makeUpWorkspace(ui::toPath(made_), 0);
    }

    void everyEditIsCountedAtOnce() {
        ui::MainWindow window;
        ui::SpaceDialog& editor = openEditor(window);
        const QString before = value(editor, "spaceNetworks");
        const QString largest = value(editor, "spaceLargest");
        QVERIFY(largest.endsWith("parameters"));
        type(editor, "stage0.kernels", "3 5 7");
        QVERIFY(value(editor, "spaceNetworks") != before);
        type(editor, "stage0.widths", "16, 64");
        QVERIFY(value(editor, "spaceLargest") != largest);
        Json space = proposal();
        space["stages"][0]["kernels"] = {3, 5, 7};
        space["stages"][0]["widths"] = {16, 64};
        QCOMPARE(value(editor, "spaceNetworks"), ui::qt(arch::networksText(arch::makeSpace(space)->count())));
        QVERIFY(find<QPlainTextEdit>(editor, "spaceJson")->toPlainText().contains("[3, 5, 7]"));
        QTest::keyClick(&editor, Qt::Key_Escape);
        QVERIFY(labelText(window, "spaceState").startsWith("As proposed"));
    }

    void whatMakesNoSpaceIsTold() {
        ui::MainWindow window;
        ui::SpaceDialog& editor = openEditor(window);
        auto* ok = find<QPushButton>(editor, "spaceOk");
        auto* problem = find<QLabel>(editor, "spaceProblem");
        QVERIFY(ok->isEnabled() && !problem->isVisible());
        type(editor, "stage1.kernels", "3, 4");
        QVERIFY(!ok->isEnabled() && problem->isVisible());
        QCOMPARE(problem->text(), "✗ Stage 2, Kernels: A kernel is even.");
        QCOMPARE(find<QLineEdit>(editor, "stage1.kernels")->toolTip(), "A kernel is even.");
        QCOMPARE(value(editor, "spaceNetworks"), "–");
        type(editor, "stage1.kernels", "3, five");
        QVERIFY2(problem->text().contains("“3, five”"), qPrintable(problem->text()));
        type(editor, "stage1.kernels", "3, 5");
        QVERIFY(ok->isEnabled() && !problem->isVisible());
        QTest::keyClick(&editor, Qt::Key_Return); // ends no editing and accepts nothing
        QVERIFY(editor.isVisible());
    }

    void stagesAreAddedCopiedMovedAndRemoved() {
        ui::MainWindow window;
        ui::SpaceDialog& editor = openEditor(window);
        const auto widths = [&](int stage) {
            return find<QLineEdit>(editor, QStringLiteral("stage%1.widths").arg(stage));
        };
        const QString first = widths(0)->text();
        const QString second = widths(1)->text();
        QVERIFY(first != second);
        click(editor, "stage0.down");
        QCOMPARE(widths(0)->text(), second);
        QCOMPARE(widths(1)->text(), first);
        click(editor, "stage1.duplicate");
        QCOMPARE(widths(2)->text(), first);
        QVERIFY(widths(3)->isVisible());
        click(editor, "stageAdd");
        QCOMPARE(widths(4)->text(), widths(3)->text());
        click(editor, "stage0.remove");
        QCOMPARE(widths(0)->text(), first);
        QVERIFY(!widths(4)->isVisible());
        QVERIFY(!find<QToolButton>(editor, "stage0.up")->isEnabled());
        click(editor, "spaceReset");
        QCOMPARE(widths(0)->text(), first);
        QVERIFY(!find<QPushButton>(editor, "spaceReset")->isEnabled());
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(widths(1)->text(), second);
        QVERIFY(!find<QToolButton>(editor, "spaceUndo")->isEnabled());
    }

    /// Ctrl+Z in a field is the editor's own.
    void fieldsAndJsonShareOneHistory() {
        ui::MainWindow window;
        ui::SpaceDialog& editor = openEditor(window);
        auto* stem = find<QLineEdit>(editor, "space.stem");
        const QString before = stem->text();
        type(editor, "space.stem", "24");
        goToTab(editor, 1);
        auto* json = find<QPlainTextEdit>(editor, "spaceJson");
        QVERIFY(json->toPlainText().contains("\"stem\": 24"));
        json->setFocus();
        json->moveCursor(QTextCursor::Start);
        QVERIFY(json->find("\"stem\": 24"));
        QTest::keyClicks(json, "\"stem\": 32");
        QVERIFY(find<QPushButton>(editor, "spaceOk")->isEnabled());
        QCOMPARE(stem->text(), "32");
        QTest::keyClick(json, Qt::Key_X);
        QVERIFY(!find<QPushButton>(editor, "spaceOk")->isEnabled());
        QVERIFY2(labelText(editor, "spaceProblem").contains("not valid JSON"),
                 qPrintable(labelText(editor, "spaceProblem")));
        QTest::keyClick(json, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(find<QPushButton>(editor, "spaceOk")->isEnabled());
        QCOMPARE(stem->text(), "32");
        goToTab(editor, 0);
        stem->setFocus();
        while (find<QToolButton>(editor, "spaceUndo")->isEnabled())
            QTest::keyClick(stem, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(stem->text(), before);
        QTest::keyClick(stem, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stem->text(), "24");
    }

    void everyChoiceOfANetworkIsListed() {
        ui::MainWindow window;
        ui::SpaceDialog& editor = openEditor(window);
        goToTab(editor, 2);
        auto* table = find<QTableView>(editor, "spaceChoices");
        const auto space = arch::makeSpace(proposal());
        QCOMPARE(table->model()->rowCount(), static_cast<int>(space->genes().size()));
        QCOMPARE(cell(table, 0, 0).toStdString(), space->genes().front().name);
        QCOMPARE(cell(table, 0, 1), "1, 2");
    }

    void aSpaceGoesToAFileAndBack() {
        ui::MainWindow window;
        ui::SpaceDialog& editor = openEditor(window);
        type(editor, "space.head", "96");
        const QString file = path("space.json");
        choose(editor, "spaceSave", file);
        QVERIFY(QFile::exists(file));
        click(editor, "spaceReset");
        QVERIFY(find<QLineEdit>(editor, "space.head")->text() != "96");
        choose(editor, "spaceOpen", file);
        QCOMPARE(find<QLineEdit>(editor, "space.head")->text(), "96");
        choose(editor, "spaceOpen", write("table.csv", "a,b\n1,2\n"));
        QVERIFY(find<QWidget>(editor, "banner")->isVisible());
        QVERIFY(labelText(editor, "bannerWhat").contains("table.csv"));
        QCOMPARE(find<QLineEdit>(editor, "space.head")->text(), "96");
    }

    /// The kind is chosen, edited, and stored with the study that is started.
    void theStudyThatIsStartedHasTheEditedSpace() {
        const QString file = path("edited.greenfront");
        ui::MainWindow window;
        testing::create(window, "builtin:samples=300,size=16", file);
        const QString proposed = labelText(window, "spaceLine");
        auto* kind = find<QComboBox>(window, "parameter.space");
        kind->setFocus();
        kind->setCurrentText("mobilenet-v3");
        QVERIFY(labelText(window, "spaceLine").contains("× 10¹⁹ networks"));
        QVERIFY(labelText(window, "spaceState").startsWith("As proposed"));
        kind->setCurrentText("mbconv-small");
        QCOMPARE(labelText(window, "spaceLine"), proposed);
        click(window, "spaceEdit");
        auto& editor = *find<ui::SpaceDialog>(window, "spaceDialog");
        type(editor, "stage0.depths", "1");
        click(editor, "stage2.remove");
        click(editor, "spaceOk");
        QCOMPARE(labelText(window, "spaceState"), "Edited.");
        QVERIFY(labelText(window, "spaceLine") != proposed);
        testing::enter(window, "parameter.epochs", "1");
        testing::enter(window, "parameter.evaluations", "2");
        type(window, "parameter.devices", "raspberry-pi-4");
        const QSignalSpy idle(&window, &ui::MainWindow::becameIdle);
        click(window, "studyStart");
        QTRY_COMPARE_WITH_TIMEOUT(idle.count(), 1, 240'000);
        QCOMPARE(window.problemText(), QString());
        auto workspace = store::Workspace::open(ui::toPath(file), store::Access::ReadOnly);
        const auto stored = study::loadStudy(workspace, store::allStudies(workspace).back().id);
        QCOMPARE(stored.space.at("stages").size(), std::size_t(2));
        QCOMPARE(stored.space.at("stages").at(0).at("depths"), Json({1}));
        QVERIFY(study::isFinished(workspace, store::allStudies(workspace).back().id));
    }

    void resetBringsBackTheSpaceToo() {
        ui::MainWindow window;
        testing::open(window, made_);
        testing::goTo(window, ui::PageIndex::Study);
        auto* reset = find<QPushButton>(window, "studyReset");
        QVERIFY(!reset->isEnabled());
        find<QComboBox>(window, "parameter.space")->setCurrentText("mobilenet-v3");
        QVERIFY(reset->isEnabled());
        QVERIFY(labelText(window, "studyState").startsWith("Changed values"));
        click(window, "studyReset");
        QCOMPARE(find<QComboBox>(window, "parameter.space")->currentText(), "mbconv-small");
        QVERIFY(!reset->isEnabled());
    }

private:
    static Json proposal() { return arch::defaultSpace({1, 16, 16}, 10); }

    ui::SpaceDialog& openEditor(ui::MainWindow& window) const {
        testing::open(window, made_);
        testing::goTo(window, ui::PageIndex::Study);
        click(window, "spaceEdit");
        auto* editor = find<ui::SpaceDialog>(window, "spaceDialog");
        if (!QTest::qWaitFor([editor] { return QApplication::activeWindow() == editor; }))
            qFatal("the editor does not open");
        return *editor;
    }

    static QString value(const QWidget& editor, const char* card) {
        return labelText(*find<QWidget>(editor, card), "factValue");
    }

    static void goToTab(const QWidget& editor, int tab) {
        auto* bar = find<QTabWidget>(editor, "spaceTabs")->tabBar();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(tab).center());
    }

    /// Presses a button that asks for a file, and enters one.
    static void choose(const QWidget& editor, const char* buttonName, const QString& file) {
        QTimer::singleShot(0, qApp, [file] {
            auto* dialog = QApplication::activeModalWidget();
            auto* line = dialog->findChild<QLineEdit*>("fileNameEdit");
            line->setText(file);
            QTest::keyClick(line, Qt::Key_Return);
        });
        click(editor, buttonName);
    }

    QString made_;
};

QTEST_MAIN(TestSpaceEditor)
#include "test_space_editor.moc"
