// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

class QLabel;
class QPushButton;
class QTableView;
class QWidget;

namespace greenfront::ui {

/// Gives a control the name that tests find it by, the one that screen readers say, and its tooltip.
void name(QWidget& widget, const char* objectName, const QString& accessible, const QString& tooltip);
QPushButton* button(const QString& text, const char* objectName, const QString& tooltip);
/// Marks a field that cannot be what it is, and says why in its tooltip, which else is its help.
void markProblem(QWidget& field, const QString& help, const QString& problem);
/// The wheel scrolls what the field stands in; a value must not change because the cursor is over it.
void letWheelPass(QWidget& field);
/// A label whose shortcut goes to the field.
QLabel* fieldLabel(const QString& text, QWidget& field);
/// The one button of a page that matters most.
QPushButton* primaryButton(const QString& text, const char* objectName, const QString& tooltip);
/// Rows rather than cells, no grid, headers that fit.
void setUpTable(QTableView& table);
/// Columns as wide as their content, but at most this wide.
void fitColumns(QTableView& table, int widest);

} // namespace greenfront::ui
