// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/schema_form.h"

#include "ui/models/texts.h"
#include "ui/widgets/texts.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace greenfront::ui {
namespace {

QFormLayout* makeForm() {
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFormAlignment(Qt::AlignLeft | Qt::AlignTop);
    form->setHorizontalSpacing(18);
    form->setVerticalSpacing(8);
    return form;
}

} // namespace

SchemaForm::SchemaForm(QWidget* parent) : QWidget(parent), groups_(new QVBoxLayout(this)) {
    groups_->setContentsMargins(0, 0, 0, 0);
    groups_->setSpacing(20);
}

void SchemaForm::addGroup(const QString& title, const Schema& schema) {
    auto* box = new QVBoxLayout;
    box->setSpacing(8);
    box->addWidget(headingLabel(title));
    auto* form = makeForm();
    for (const auto& parameter : schema)
        if (!parameter.advanced)
            addRow(*form, parameter);
    box->addLayout(form);
    if (std::ranges::any_of(schema, &Parameter::advanced))
        addAdvanced(*box, schema);
    groups_->addLayout(box);
    schema_.insert(schema_.end(), schema.begin(), schema.end());
    setValues(defaultsOf(schema));
}

void SchemaForm::addAdvanced(QVBoxLayout& box, const Schema& schema) {
    auto* fold = new QWidget;
    auto* form = makeForm();
    form->setContentsMargins(0, 0, 0, 0);
    fold->setLayout(form);
    for (const auto& parameter : schema)
        if (parameter.advanced)
            addRow(*form, parameter);
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

void SchemaForm::addRow(QFormLayout& form, const Parameter& parameter) {
    ParameterEditor editor = makeEditor(parameter, [this] { emit changed(); });
    auto* label = new QLabel(qt(parameter.title));
    label->setToolTip(editor.widget->toolTip());
    label->setBuddy(editor.widget);
    label->setFixedWidth(190);
    label->setWordWrap(true);
    auto* field = new QHBoxLayout;
    field->setSpacing(14);
    field->addWidget(editor.widget);
    auto* help = quietLabel(qt(parameter.help));
    help->setMinimumWidth(260);
    field->addWidget(help, 1);
    form.addRow(label, field);
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
