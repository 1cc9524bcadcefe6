// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/pages/spaces/field_editor.h"

#include <QWidget>

#include <array>
#include <map>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace greenfront::ui {

class SpaceDocument;

/// The stages of a space, a line each: what a network may choose there, and buttons that add, copy, move and
/// remove them.
class StageTable : public QWidget {
    Q_OBJECT

public:
    explicit StageTable(SpaceDocument& document, QWidget* parent = nullptr);

    /// Another kind of space. A new stage is a copy of the last one, or of the proposal's first.
    void setProposal(const Json& proposal);
    void show(const std::map<std::string, QString>& problems);

private:
    struct Row {
        QLabel* number = nullptr;
        std::vector<FieldEditor> editors;
        QWidget* tools = nullptr;
        QToolButton *up = nullptr, *down = nullptr, *copy = nullptr, *remove = nullptr;
    };
    void addHeadings();
    void addRow();
    void makeTools(Row& row, std::size_t stage);
    void showRow(Row& row, std::size_t stage, const std::map<std::string, QString>& problems);
    void addStage();

    SpaceDocument& document_;
    Json firstStage_;
    std::vector<SpaceField> fields_;
    QWidget* sheet_ = nullptr; ///< made anew for each kind
    QGridLayout* grid_ = nullptr;
    QPushButton* add_;
    std::vector<Row> rows_; ///< those beyond the last stage are hidden
};

} // namespace greenfront::ui
