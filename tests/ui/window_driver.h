// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/main_window.h"

#include <QTemporaryDir>
#include <QtTest>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QTableView;

namespace greenfront::testing {

/// What tests of the window share: a folder and settings of their own, gone with the test.
class WindowTest : public QObject {
public:
    WindowTest();

protected:
    QString path(const QString& file) const { return dir_.filePath(file); }
    /// Writes a file in the test's folder and returns its path.
    QString write(const QString& file, const QByteArray& content) const;

private:
    QTemporaryDir dir_, settings_;
};

/// A control of a window by its object name; the test ends where there is none.
template <class T>
T* find(const QWidget& window, const QString& name) {
    auto* found = window.findChild<T*>(name);
    if (found == nullptr)
        qFatal("no control %s", qPrintable(name));
    return found;
}

/// Shows the window with a workspace in it, and waits until it has the keyboard.
void open(ui::MainWindow& window, const QString& path);
/// Makes a workspace on the start page and waits until its study can be started.
void create(ui::MainWindow& window, const QString& data, const QString& path);
/// Goes to a page by its key, and waits until it has everything that it asked for.
void goTo(ui::MainWindow& window, ui::PageIndex page);

void click(const QWidget& window, const QString& button);
/// Replaces what is in a field, key by key, and presses Enter.
void type(const QWidget& window, const QString& lineEdit, const QString& text);
void typeInto(QLineEdit& line, const QString& text);
void enter(const QWidget& window, const QString& spinBox, const QString& number);

QString cell(const QTableView* table, int row, int column);
QPoint middleOf(QTableView* table, int row);
QString labelText(const QWidget& window, const QString& label);
/// What the pages say that have nothing to show, as far as it is seen.
QStringList emptyTexts(const QWidget& window);

} // namespace greenfront::testing
