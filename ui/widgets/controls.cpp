// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls.h"

#include "ui/widgets/primary_button.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace greenfront::ui {

void name(QWidget& widget, const char* objectName, const QString& accessible, const QString& tooltip) {
    widget.setObjectName(QString::fromUtf8(objectName));
    widget.setAccessibleName(accessible);
    widget.setToolTip(tooltip);
}

QPushButton* button(const QString& text, const char* objectName, const QString& tooltip) {
    auto* made = new QPushButton(text);
    QString plain = text;
    name(*made, objectName, plain.remove(QLatin1Char('&')), tooltip);
    made->setMinimumSize(made->sizeHint().width() + 16, 28);
    return made;
}

QLabel* fieldLabel(const QString& text, QWidget& field) {
    auto* label = new QLabel(text);
    label->setBuddy(&field);
    return label;
}

QPushButton* primaryButton(const QString& text, const char* objectName, const QString& tooltip) {
    auto* made = new PrimaryButton;
    made->setText(text);
    QString plain = text;
    name(*made, objectName, plain.remove(QLatin1Char('&')), tooltip);
    return made;
}

void setUpTable(QTableView& table) {
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::SingleSelection);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setAlternatingRowColors(true);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.verticalHeader()->hide();
    table.verticalHeader()->setDefaultSectionSize(24);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setResizeContentsPrecision(40); // rows looked at: not all of a long table
    table.horizontalHeader()->setStretchLastSection(true);
}

void fitColumns(QTableView& table, int widest) {
    table.resizeColumnsToContents();
    for (int column = 0; column < table.model()->columnCount(); ++column)
        table.setColumnWidth(column, std::min(table.columnWidth(column) + 8, widest));
}

} // namespace greenfront::ui
