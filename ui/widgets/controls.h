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
/// A label whose shortcut goes to the field.
QLabel* fieldLabel(const QString& text, QWidget& field);
/// The one button of a page that matters most.
void makePrimary(QPushButton& button);
/// Rows rather than cells, no grid, headers that fit.
void setUpTable(QTableView& table);

} // namespace greenfront::ui
