// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

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
    return made;
}

QLabel* fieldLabel(const QString& text, QWidget& field) {
    auto* label = new QLabel(text);
    label->setBuddy(&field);
    return label;
}

void makePrimary(QPushButton& button) {
    button.setDefault(true);
    button.setMinimumHeight(38);
    button.setMinimumWidth(150);
    QFont font = button.font();
    font.setBold(true);
    button.setFont(font);
    // The palette's own roles, so that the button follows the theme.
    button.setStyleSheet(
        QStringLiteral("QPushButton { background: palette(highlight); color: palette(highlighted-text);"
                       " border: 0; border-radius: 5px; padding: 6px 22px; }"
                       "QPushButton:hover { border: 1px solid palette(text); }"
                       "QPushButton:focus { border: 2px solid palette(text); }"
                       "QPushButton:disabled { background: palette(mid); color: palette(window); }"));
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

} // namespace greenfront::ui
