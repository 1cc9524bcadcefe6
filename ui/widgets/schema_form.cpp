// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/schema_form.h"

#include "ui/models/texts.h"
#include "ui/widgets/texts.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace greenfront::ui {
namespace {

QGridLayout* makeGrid() {
    auto* grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, 190);
    grid->setColumnMinimumWidth(1, 210);
    grid->setColumnStretch(2, 1);
    return grid;
}

} // namespace

SchemaForm::SchemaForm(QWidget* parent) : QWidget(parent), groups_(new QVBoxLayout(this)) {
    groups_->setContentsMargins(0, 0, 0, 0);
    groups_->setSpacing(20);
}

void SchemaForm::addGroup(const QString& title, const Schema& schema) {
    auto* box = new QVBoxLayout;
    box->setSpacing(8);
    if (!title.isEmpty())
        box->addWidget(headingLabel(title));
    auto* grid = makeGrid();
    for (const auto& parameter : schema)
        if (!parameter.advanced)
            addRow(*grid, parameter);
    box->addLayout(grid);
    if (std::ranges::any_of(schema, &Parameter::advanced))
        addAdvanced(*box, schema);
    groups_->addLayout(box);
    schema_.insert(schema_.end(), schema.begin(), schema.end());
    setValues(defaultsOf(schema));
}

void SchemaForm::addAdvanced(QVBoxLayout& box, const Schema& schema) {
    auto* fold = new QWidget;
    auto* grid = makeGrid();
    fold->setLayout(grid);
    for (const auto& parameter : schema)
        if (parameter.advanced)
            addRow(*grid, parameter);
    auto* toggle = new QToolButton;
    toggle->setObjectName(QStringLiteral("advanced.") + qt(schema.front().key));
    toggle->setText(tr("Advanced"));
    toggle->setToolTip(tr("Show what seldom needs a change"));
    toggle->setCheckable(true);
    toggle->setAutoRaise(true);
    toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toggle->setArrowType(Qt::RightArrow);
    connect(toggle, &QToolButton::toggled, fold, [fold, toggle](bool open) {
        fold->setVisible(open);
        toggle->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    });
    fold->hide();
    box.addWidget(toggle);
    box.addWidget(fold);
}

void SchemaForm::addRow(QGridLayout& grid, const Parameter& parameter) {
    ParameterEditor editor = makeEditor(parameter, [this] { emit changed(); });
    auto* label = new QLabel(qt(parameter.title));
    label->setToolTip(editor.widget->toolTip());
    label->setBuddy(editor.widget);
    const int row = grid.rowCount();
    grid.addWidget(label, row, 0);
    grid.addWidget(editor.widget, row, 1);
    grid.addWidget(quietLabel(qt(parameter.help)), row, 2);
    editors_.emplace_back(parameter.key, std::move(editor));
}

Json SchemaForm::values() const {
    Json values = Json::object();
    for (const auto& [key, editor] : editors_)
        values[key] = editor.read();
    return values;
}

void SchemaForm::setValues(const Json& values) {
    for (const auto& [key, editor] : editors_)
        if (values.contains(key))
            editor.write(values.at(key));
}

void SchemaForm::resetToDefaults() {
    setValues(defaultsOf(schema_));
}

bool SchemaForm::isDefault() const {
    return values() == defaultsOf(schema_);
}

} // namespace greenfront::ui
