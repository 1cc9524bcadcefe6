// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls.h"

#include "ui/widgets/primary_button.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include <algorithm>

namespace greenfront::ui {
namespace {

class WheelPasser : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* /*watched*/, QEvent* event) override {
        if (event->type() != QEvent::Wheel)
            return false;
        event->ignore();
        return true;
    }
};

} // namespace

void name(QWidget& widget, const char* objectName, const QString& accessible, const QString& tooltip) {
    widget.setObjectName(QString::fromUtf8(objectName));
    widget.setAccessibleName(accessible);
    widget.setToolTip(tooltip);
}

void markProblem(QWidget& field, const QString& help, const QString& problem) {
    const bool dark = field.parentWidget() != nullptr &&
                      field.parentWidget()->palette().color(QPalette::Base).lightness() < 128;
    QPalette palette;
    if (!problem.isEmpty())
        palette.setColor(QPalette::Base, dark ? QColor(0x5c, 0x2b, 0x27) : QColor(0xff, 0xdf, 0xda));
    field.setPalette(palette);
    field.setToolTip(problem.isEmpty() ? help : problem);
    field.setAccessibleDescription(field.toolTip()); // in words for those who do not see the colour
}

void letWheelPass(QWidget& field) {
    field.setFocusPolicy(Qt::StrongFocus);
    field.installEventFilter(new WheelPasser(&field)); // the field owns it
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
