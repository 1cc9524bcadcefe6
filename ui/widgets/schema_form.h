// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/schema.h"
#include "ui/widgets/parameter_editor.h"

#include <QString>
#include <QWidget>

#include <utility>
#include <vector>

class QGridLayout;
class QToolButton;
class QVBoxLayout;

namespace greenfront::ui {

/// A form drawn from parameter schemas: a group a recipe, what is advanced folded away.
class SchemaForm : public QWidget {
    Q_OBJECT

public:
    explicit SchemaForm(QWidget* parent = nullptr);

    /// Without a heading where the title is empty.
    void addGroup(const QString& title, const Schema& schema);
    Json values() const;
    /// Keys that are missing keep their value.
    void setValues(const Json& values);
    void resetToDefaults();
    bool isDefault() const;

signals:
    void changed();

private:
    void addRow(QGridLayout& grid, const Parameter& parameter);
    void addAdvanced(QVBoxLayout& box, const Schema& schema);

    Schema schema_;
    std::vector<std::pair<std::string, ParameterEditor>> editors_;
    QVBoxLayout* groups_;
};

} // namespace greenfront::ui
