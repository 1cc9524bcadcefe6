// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/space_fields.h"

#include <functional>

class QWidget;

namespace greenfront::ui {

/// Edits one field of a space.
struct FieldEditor {
    QWidget* widget = nullptr;
    /// Shows a value, or none where it is nullptr, and what is wrong with it. What is being typed stays.
    std::function<void(const Json* value, const QString& problem)> show;
};
/// `changed` is called with what the user enters; half typed numbers come as text.
FieldEditor makeFieldEditor(const SpaceField& field, const QString& objectName,
                            const std::function<void(const Json&)>& changed);

/// Lets the keys of undo and redo through to the actions of the window, instead of a history of its own.
void letUndoPass(QWidget& widget);

} // namespace greenfront::ui
