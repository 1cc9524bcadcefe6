// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spaces/field_editor.h"

#include "ui/models/texts.h"
#include "ui/widgets/controls.h"

#include <QCheckBox>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>

namespace greenfront::ui {
namespace {

class UndoPasser : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* /*watched*/, QEvent* event) override {
        if (event->type() != QEvent::ShortcutOverride)
            return false;
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!key->matches(QKeySequence::Undo) && !key->matches(QKeySequence::Redo))
            return false;
        event->ignore();
        return true;
    }
};

QString textOf(const Json* value) {
    return value != nullptr ? fieldText(*value) : QString();
}

FieldEditor lineEditor(const SpaceField& field, const std::function<void(const Json&)>& changed) {
    auto* line = new QLineEdit;
    line->setMinimumWidth(field.kind == FieldKind::Numbers ? 84 : 52);
    letUndoPass(*line);
    const auto read = [line, field] { return fieldValue(field.kind, line->text()); };
    QObject::connect(line, &QLineEdit::textEdited, line, [read, changed] { changed(read()); });
    return {.widget = line, .show = [line, field, read](const Json* value, const QString& problem) {
                if (value == nullptr ? !line->text().isEmpty() : read() != *value)
                    line->setText(textOf(value));
                markProblem(*line, field.help, problem);
            }};
}

FieldEditor flagEditor(const SpaceField& field, const std::function<void(const Json&)>& changed) {
    auto* box = new QCheckBox;
    QObject::connect(box, &QCheckBox::clicked, box, [changed](bool on) { changed(on); });
    return {.widget = box, .show = [box, field](const Json* value, const QString& problem) {
                box->setChecked(value != nullptr && value->is_boolean() && value->get<bool>());
                markProblem(*box, field.help, problem);
            }};
}

FieldEditor choiceEditor(const SpaceField& field, const std::function<void(const Json&)>& changed) {
    auto* box = new QComboBox;
    box->setFocusPolicy(Qt::StrongFocus);
    for (const std::string& choice : field.choices)
        box->addItem(qt(choice));
    QObject::connect(box, &QComboBox::activated, box,
                     [box, changed] { changed(box->currentText().toStdString()); });
    return {.widget = box, .show = [box, field](const Json* value, const QString& problem) {
                box->setCurrentIndex(box->findText(textOf(value)));
                markProblem(*box, field.help, problem);
            }};
}

FieldEditor editorFor(const SpaceField& field, const std::function<void(const Json&)>& changed) {
    switch (field.kind) {
    case FieldKind::Flag:
        return flagEditor(field, changed);
    case FieldKind::Choice:
        return choiceEditor(field, changed);
    case FieldKind::Number:
    case FieldKind::Numbers:
        break;
    }
    return lineEditor(field, changed);
}

} // namespace

FieldEditor makeFieldEditor(const SpaceField& field, const QString& objectName,
                            const std::function<void(const Json&)>& changed) {
    FieldEditor editor = editorFor(field, changed);
    editor.widget->setObjectName(objectName);
    editor.widget->setAccessibleName(field.title);
    editor.widget->setToolTip(field.help);
    editor.widget->setFixedHeight(26);
    return editor;
}

void letUndoPass(QWidget& widget) {
    widget.installEventFilter(new UndoPasser(&widget)); // the widget owns it
}

} // namespace greenfront::ui
