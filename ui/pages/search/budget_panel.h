// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/widgets/parameter_editor.h"

#include <QWidget>

#include <map>
#include <string>

class QGridLayout;
class QVBoxLayout;

namespace greenfront::ui {

class SearchBox;
struct SearchDraft;

/// What a search may take, and how its trials are run and counted.
class BudgetPanel : public QWidget {
    Q_OBJECT

public:
    explicit BudgetPanel(QWidget* parent = nullptr);

    void show(const SearchDraft& draft);
    void read(SearchDraft& draft) const;
    /// By the fields' places in a draft.
    void showProblems(const std::map<std::string, QString>& problems);

signals:
    void changed();

private:
    QGridLayout& addGroup(QVBoxLayout& column, const QString& title);
    void addField(QGridLayout& grid, const Parameter& parameter, const QString& empty = {});
    void addRegion(QGridLayout& grid);
    void addRow(QGridLayout& grid, const QString& title, QWidget& field, const QString& help);

    std::map<std::string, ParameterEditor> fields_;
    std::map<std::string, QString> helps_;
    SearchBox* region_;
};

} // namespace greenfront::ui
