// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/idle_baseline.h"
#include "tests/ui/made_up_workspace.h"
#include "tests/ui/window_driver.h"
#include "ui/models/idle_texts.h"
#include "ui/models/texts.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QtTest>

using namespace greenfront;
using greenfront::testing::click;
using greenfront::testing::find;
using greenfront::testing::labelText;

/// The machine's idle power on the page of the energy sources.
class TestIdlePower : public testing::WindowTest {
    Q_OBJECT

private slots:
    void initTestCase() {
        made_ = path("made-up.greenfront");
        tests::makeUpWorkspace(ui::toPath(made_), 0);
    }

    void withoutAWorkspaceItSaysWhatIsMissing() {
        ui::MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        testing::goTo(window, ui::PageIndex::Sources);
        QVERIFY(!find<QPushButton>(window, "idleMeasure")->isEnabled());
        QVERIFY(labelText(window, "idleState").startsWith("Open a workspace"));
    }

    void whatIsMeasuredIsShownAndKept() {
        ui::MainWindow window;
        openSources(window);
        QCOMPARE(labelText(window, "idleWhen"), "Not measured yet.");
        find<QSpinBox>(window, "idleSeconds")->setValue(1);
        click(window, "idleMeasure");
        QVERIFY(find<QProgressBar>(window, "idleProgress")->isVisible());
        QVERIFY(!find<QPushButton>(window, "idleMeasure")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(labelText(window, "idleWhen").startsWith("Measured for 1."), 30'000);
        QVERIFY(find<QPushButton>(window, "idleMeasure")->isVisible());
        QCOMPARE(window.problemText(), QString());
        auto workspace = store::Workspace::open(ui::toPath(made_), store::Access::ReadOnly);
        const auto lines = ui::idleLines(study::idleOfThisMachine(workspace));
        QVERIFY(!lines.empty());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const QString name = QStringLiteral("idleCell%1.%2").arg(i);
            QCOMPARE(labelText(window, name.arg(0)), lines[i].source);
            QCOMPARE(labelText(window, name.arg(1)), lines[i].power);
            QCOMPARE(labelText(window, name.arg(2)), lines[i].bounds);
        }
        ui::MainWindow again;
        openSources(again);
        QTRY_COMPARE(labelText(again, "idleWhen"), labelText(window, "idleWhen"));
    }

    void aMeasurementCanBeCancelled() {
        ui::MainWindow window;
        openSources(window);
        const QString before = labelText(window, "idleWhen");
        find<QSpinBox>(window, "idleSeconds")->setValue(600);
        click(window, "idleMeasure");
        QTest::qWait(300);
        click(window, "idleCancel");
        QTRY_VERIFY(find<QPushButton>(window, "idleMeasure")->isVisible());
        QCOMPARE(labelText(window, "idleWhen"), before);
        QCOMPARE(window.problemText(), QString());
    }

    void whileAStudyRunsElsewhereItIsRefused() {
        const auto lock = store::RunnerLock::tryTake(ui::toPath(made_));
        QVERIFY(lock.has_value());
        ui::MainWindow window;
        openSources(window);
        find<QSpinBox>(window, "idleSeconds")->setValue(1);
        click(window, "idleMeasure");
        QTRY_VERIFY(!window.problemText().isEmpty());
        QVERIFY2(window.problemText().contains("a study is running"), qPrintable(window.problemText()));
    }

private:
    void openSources(ui::MainWindow& window) const {
        testing::open(window, made_);
        testing::goTo(window, ui::PageIndex::Sources);
    }

    QString made_;
};

QTEST_MAIN(TestIdlePower)
#include "test_idle_power.moc"
