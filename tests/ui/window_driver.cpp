// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_driver.h"

#include <QAbstractButton>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>

namespace greenfront::testing {

WindowTest::WindowTest() {
    QCoreApplication::setOrganizationName(QStringLiteral("Greenfront"));
    QCoreApplication::setApplicationName(QStringLiteral("GreenfrontTest"));
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings_.path());
}

QString WindowTest::write(const QString& file, const QByteArray& content) const {
    QFile made(path(file));
    if (!made.open(QIODevice::WriteOnly) || made.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(file));
    return made.fileName();
}

void open(ui::MainWindow& window, const QString& path) {
    const QSignalSpy opened(&window, &ui::MainWindow::opened);
    window.show();
    window.openWorkspace(path);
    QTRY_COMPARE(opened.count(), 1);
    QVERIFY(QTest::qWaitForWindowActive(&window));
}

void create(ui::MainWindow& window, const QString& data, const QString& path) {
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const QSignalSpy opened(&window, &ui::MainWindow::opened);
    find<QLineEdit>(window, "newData")->setText(data);
    find<QLineEdit>(window, "newPath")->setText(path);
    click(window, "newCreate");
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30'000);
    QTRY_VERIFY(find<QAbstractButton>(window, "studyStart")->isEnabled()); // the form is filled
}

void goTo(ui::MainWindow& window, ui::PageIndex page) {
    QTest::keyClick(&window, static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(page)), Qt::ControlModifier);
    QTRY_VERIFY(window.isSettled());
}

void click(const QWidget& window, const QString& button) {
    QTest::mouseClick(find<QAbstractButton>(window, button), Qt::LeftButton);
}

void typeInto(QLineEdit& line, const QString& text) {
    line.setFocus();
    line.selectAll();
    if (text.isEmpty())
        QTest::keyClick(&line, Qt::Key_Delete);
    QTest::keyClicks(&line, text);
    QTest::keyClick(&line, Qt::Key_Return);
}

void type(const QWidget& window, const QString& lineEdit, const QString& text) {
    typeInto(*find<QLineEdit>(window, lineEdit), text);
}

void enter(const QWidget& window, const QString& spinBox, const QString& number) {
    auto* spin = find<QDoubleSpinBox>(window, spinBox);
    spin->setFocus();
    spin->selectAll();
    QTest::keyClicks(spin, number);
    QTest::keyClick(spin, Qt::Key_Return);
}

QString cell(const QTableView* table, int row, int column) {
    return table->model()->index(row, column).data().toString();
}

QPoint middleOf(QTableView* table, int row) {
    const QModelIndex index = table->model()->index(row, 1);
    table->scrollTo(index);
    return table->visualRect(index).center();
}

QString labelText(const QWidget& window, const QString& label) {
    return find<QLabel>(window, label)->text();
}

QStringList emptyTexts(const QWidget& window) {
    QStringList texts;
    for (const auto* label : window.findChildren<QLabel*>("emptyText"))
        if (label->isVisible())
            texts << label->text();
    return texts;
}

} // namespace greenfront::testing
