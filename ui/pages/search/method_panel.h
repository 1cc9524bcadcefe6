// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/schema.h"

#include <QWidget>

#include <string>

class QCheckBox;
class QComboBox;
class QLabel;
class QVBoxLayout;

namespace greenfront::ui {

class SchemaForm;
struct SearchDraft;

/// How a search goes about it: its method, what it learns from, when it stops a trial early.
class MethodPanel : public QWidget {
    Q_OBJECT

public:
    explicit MethodPanel(QWidget* parent = nullptr);

    void show(const SearchDraft& draft);
    void read(SearchDraft& draft) const;

signals:
    void changed();

private:
    /// A choice with what it is and, below, the form of its options.
    struct Choice {
        QComboBox* box = nullptr;
        QLabel* about = nullptr;
        QVBoxLayout* below = nullptr;
        SchemaForm* form = nullptr; ///< made anew for each choice; nullptr where it has no options
    };
    void addMethod(QVBoxLayout& column);
    void addHistory(QVBoxLayout& column);
    void addPolicy(QVBoxLayout& column);
    Choice addChoice(QVBoxLayout& column, const char* objectName, const QString& title, const QString& help);
    void setForm(Choice& choice, const Schema& schema, const Json& values);
    void takeMethod(const Json& options);
    void takePolicy(const Json& options);
    std::string policy() const;

    Choice method_, policy_;
    QCheckBox* learns_;
    SchemaForm* history_;
};

} // namespace greenfront::ui
