// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spaces/space_form.h"

#include "ui/models/space_document.h"
#include "ui/models/texts.h"
#include "ui/pages/spaces/stage_table.h"
#include "ui/widgets/texts.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace greenfront::ui {

SpaceForm::SpaceForm(SpaceDocument& document, QWidget* parent)
    : QWidget(parent),
      document_(document),
      cannot_(quietLabel({})),
      stagesTitle_(headingLabel(tr("Stages"))),
      stages_(new StageTable(document)),
      all_(new QWidget) {
    cannot_->setObjectName(QStringLiteral("spaceFormCannot"));
    auto* column = new QVBoxLayout(all_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(stagesTitle_);
    column->addWidget(stages_);
    auto* inner = new QWidget;
    auto* layout = new QVBoxLayout(inner);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->addWidget(cannot_);
    layout->addWidget(all_);
    layout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
}

void SpaceForm::setProposal(const Json& proposal) {
    fields_ = spaceFields(proposal);
    hasStages_ = !stageFields(proposal).empty();
    editors_.clear();
    if (sheet_ != nullptr) {
        sheet_->hide();
        sheet_->deleteLater(); // one of its fields may be what is calling
    }
    sheet_ = new QWidget;
    addFields();
    static_cast<QVBoxLayout*>(all_->layout())->insertWidget(0, sheet_);
    stages_->setProposal(proposal);
    stages_->setVisible(hasStages_);
    stagesTitle_->setVisible(hasStages_);
}

void SpaceForm::addFields() {
    constexpr int columns = 3; // of a label and a field each
    auto* grid = new QGridLayout(sheet_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(8);
    int place = 0;
    for (const SpaceField& field : fields_) {
        editors_.push_back(makeFieldEditor(field, QStringLiteral("space.") + qt(field.key),
                                           [this, field](const Json& value) {
                                               document_.setField(pointerTo(field.key), value, field.title);
                                           }));
        auto* label = new QLabel(field.title);
        label->setBuddy(editors_.back().widget);
        label->setToolTip(field.help);
        const int column = 2 * (place % columns);
        grid->addWidget(label, place / columns, column);
        grid->addWidget(editors_.back().widget, place / columns, column + 1);
        grid->setColumnStretch(column + 1, 1);
        ++place;
    }
}

bool SpaceForm::canShow() const {
    if (fields_.empty() && !hasStages_)
        return false;
    const Json& json = document_.json();
    if (!hasStages_ || !json.contains("stages"))
        return true;
    const Json& stages = json.at("stages");
    return stages.is_array() &&
           std::all_of(stages.begin(), stages.end(), [](const Json& stage) { return stage.is_object(); });
}

void SpaceForm::show(const std::map<std::string, QString>& problems) {
    const bool shown = canShow() && document_.isReadable();
    all_->setVisible(shown);
    cannot_->setVisible(!shown);
    cannot_->setText(document_.isReadable() ? tr("This space is edited as JSON, on the next tab.")
                                            : tr("The text on the next tab is no JSON yet."));
    if (!shown)
        return;
    const Json& json = document_.json();
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const auto problem = problems.find(pointerTo(fields_[i].key));
        editors_[i].show(json.contains(fields_[i].key) ? &json.at(fields_[i].key) : nullptr,
                         problem == problems.end() ? QString() : problem->second);
    }
    if (hasStages_)
        stages_->show(problems);
}

} // namespace greenfront::ui
