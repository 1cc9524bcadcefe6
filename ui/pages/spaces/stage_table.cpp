// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spaces/stage_table.h"

#include "ui/models/space_document.h"
#include "ui/models/texts.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace greenfront::ui {
namespace {

constexpr std::size_t mostRows = 16; // more than any kind allows

QToolButton* toolButton(const QString& text, const QString& objectName, const QString& help) {
    auto* made = new QToolButton;
    made->setText(text);
    made->setObjectName(objectName);
    made->setAccessibleName(help);
    made->setToolTip(help);
    made->setAutoRaise(true);
    made->setFixedSize(28, 26);
    return made;
}

} // namespace

StageTable::StageTable(SpaceDocument& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      add_(button(tr("Add stage"), "stageAdd", tr("Add a stage like the last one behind it"))) {
    add_->setAutoDefault(false); // Enter in a field must not press it
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(add_, 0, Qt::AlignLeft);
    connect(add_, &QPushButton::clicked, this, &StageTable::addStage);
}

void StageTable::setProposal(const Json& proposal) {
    rows_.clear();
    if (sheet_ != nullptr) {
        sheet_->hide();
        sheet_->deleteLater(); // one of its fields may be what is calling
    }
    fields_ = stageFields(proposal);
    firstStage_ = fields_.empty() ? Json() : proposal.at("stages").at(0);
    sheet_ = new QWidget;
    grid_ = new QGridLayout(sheet_);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(10);
    grid_->setVerticalSpacing(6);
    addHeadings();
    static_cast<QVBoxLayout*>(layout())->insertWidget(0, sheet_);
}

void StageTable::addHeadings() {
    auto* first = quietLabel(tr("Stage"));
    first->setWordWrap(false);
    grid_->addWidget(first, 0, 0);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        auto* heading = quietLabel(fields_[i].title);
        heading->setWordWrap(false);
        heading->setToolTip(fields_[i].help);
        grid_->addWidget(heading, 0, static_cast<int>(i) + 1);
        grid_->setColumnStretch(static_cast<int>(i) + 1, fields_[i].kind == FieldKind::Numbers ? 3 : 1);
    }
}

void StageTable::addRow() {
    const std::size_t stage = rows_.size();
    const int line = static_cast<int>(stage) + 1;
    Row row;
    row.number = new QLabel(QString::number(stage + 1));
    grid_->addWidget(row.number, line, 0);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const SpaceField& field = fields_[i];
        const QString objectName = QStringLiteral("stage%1.%2").arg(stage).arg(qt(field.key));
        row.editors.push_back(makeFieldEditor(field, objectName, [this, stage, field](const Json& value) {
            document_.setField(pointerTo(stage, field.key), value, field.title);
        }));
        row.editors.back().widget->setAccessibleName(tr("Stage %1, %2").arg(stage + 1).arg(field.title));
        grid_->addWidget(row.editors.back().widget, line, static_cast<int>(i) + 1);
    }
    makeTools(row, stage);
    grid_->addWidget(row.tools, line, static_cast<int>(fields_.size()) + 1);
    rows_.push_back(std::move(row));
}

void StageTable::makeTools(Row& row, std::size_t stage) {
    const auto objectName = [&](const char* what) {
        return QStringLiteral("stage%1.%2").arg(stage).arg(QString::fromUtf8(what));
    };
    row.up = toolButton(QStringLiteral("↑"), objectName("up"), tr("Move stage %1 up").arg(stage + 1));
    row.down = toolButton(QStringLiteral("↓"), objectName("down"), tr("Move stage %1 down").arg(stage + 1));
    row.copy =
        toolButton(QStringLiteral("❐"), objectName("duplicate"), tr("Duplicate stage %1").arg(stage + 1));
    row.remove = toolButton(QStringLiteral("✕"), objectName("remove"), tr("Remove stage %1").arg(stage + 1));
    connect(row.up, &QToolButton::clicked, this, [this, stage] { document_.swapStages(stage, stage - 1); });
    connect(row.down, &QToolButton::clicked, this, [this, stage] { document_.swapStages(stage, stage + 1); });
    connect(row.copy, &QToolButton::clicked, this, [this, stage] { document_.duplicateStage(stage); });
    connect(row.remove, &QToolButton::clicked, this, [this, stage] { document_.removeStage(stage); });
    row.tools = new QWidget;
    auto* layout = new QHBoxLayout(row.tools);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    for (auto* each : {row.up, row.down, row.copy, row.remove})
        layout->addWidget(each);
}

void StageTable::show(const std::map<std::string, QString>& problems) {
    const std::size_t stages = std::min(document_.stages(), mostRows);
    while (rows_.size() < stages)
        addRow();
    for (std::size_t stage = 0; stage < rows_.size(); ++stage) {
        Row& row = rows_[stage];
        const bool isThere = stage < stages;
        row.number->setVisible(isThere);
        row.tools->setVisible(isThere);
        for (const FieldEditor& editor : row.editors)
            editor.widget->setVisible(isThere);
        if (isThere)
            showRow(row, stage, problems);
    }
}

void StageTable::showRow(Row& row, std::size_t stage, const std::map<std::string, QString>& problems) {
    const Json& values = document_.json().at("stages").at(stage);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const auto problem = problems.find(pointerTo(stage, fields_[i].key));
        row.editors[i].show(values.contains(fields_[i].key) ? &values.at(fields_[i].key) : nullptr,
                            problem == problems.end() ? QString() : problem->second);
    }
    row.up->setEnabled(stage > 0);
    row.down->setEnabled(stage + 1 < document_.stages());
    row.remove->setEnabled(document_.stages() > 1);
}

void StageTable::addStage() {
    const std::size_t stages = document_.stages();
    document_.addStage(stages > 0 ? document_.json().at("stages").at(stages - 1) : firstStage_);
}

} // namespace greenfront::ui
