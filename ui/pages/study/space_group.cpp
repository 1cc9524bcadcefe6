// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/study/space_group.h"

#include "core/arch/search_space.h"
#include "ui/models/texts.h"
#include "ui/pages/spaces/space_dialog.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <QGridLayout>
#include <QPushButton>

#include <utility>

namespace greenfront::ui {
namespace {

Parameter kindParameter() {
    Parameter parameter;
    parameter.key = "space";
    parameter.title = "Kind";
    parameter.help = "The kind of networks that are trained and searched, scaled to the data.";
    parameter.kind = ParameterKind::Choice;
    parameter.choices = arch::spaceKinds();
    return parameter;
}

} // namespace

SpaceGroup::SpaceGroup(QWidget* parent)
    : QWidget(parent),
      kind_(makeEditor(kindParameter(), [this] { takeKind(); })),
      edit_(button(tr("Edit…"), "spaceEdit", tr("Choose what the networks of the space may look like"))),
      line_(quietLabel({})),
      state_(quietLabel({})) {
    line_->setObjectName(QStringLiteral("spaceLine"));
    state_->setObjectName(QStringLiteral("spaceState"));
    layOut();
    connect(edit_, &QPushButton::clicked, this, [this] { showEditor(true); });
}

void SpaceGroup::layOut() {
    auto* grid = new QGridLayout; // as that of SchemaForm, below which it stands
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(0, 190);
    grid->setColumnMinimumWidth(1, 210);
    grid->setColumnStretch(2, 1);
    edit_->setFixedSize(210, 28);
    grid->addWidget(fieldLabel(tr("Kind"), *kind_.widget), 0, 0);
    grid->addWidget(kind_.widget, 0, 1);
    grid->addWidget(line_, 0, 2);
    grid->addWidget(fieldLabel(tr("Choices"), *edit_), 1, 0);
    grid->addWidget(edit_, 1, 1);
    grid->addWidget(state_, 1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(headingLabel(tr("Space of networks")));
    layout->addLayout(grid);
}

void SpaceGroup::setStudy(const study::Study& study) {
    study_ = study;
    left_.clear();
    try {
        target_ = targetOf(study.space);
    } catch (...) {
        emit problem(problemOf(std::current_exception()));
    }
    setSpace(study.space);
}

Json SpaceGroup::proposed(const std::string& kind) const {
    study::Study study = study_;
    study::setSpace(study, kind);
    return study.space;
}

std::string SpaceGroup::kind() const {
    return space_.value("kind", std::string());
}

void SpaceGroup::takeKind() {
    const std::string wanted = kind_.read().get<std::string>();
    if (!space_.is_object() || wanted == kind())
        return;
    try {
        const auto earlier = left_.find(wanted);
        Json next = earlier != left_.end() ? earlier->second : proposed(wanted);
        left_[kind()] = space_;
        setSpace(std::move(next));
        emit changed();
    } catch (...) {
        kind_.write(kind());
        emit problem(problemOf(std::current_exception()));
    }
}

void SpaceGroup::setSpace(Json space) {
    space_ = std::move(space);
    auto* kinds = qobject_cast<QComboBox*>(kind_.widget);
    if (kinds->findText(qt(kind())) < 0) // of a space that is never proposed, as that of a network alone
        kinds->addItem(qt(kind()));
    kind_.write(kind());
    const SpaceCheck check = checkSpace(space_, target_);
    line_->setText(check.summary ? spaceLine(*check.summary) : check.problem);
    bool isProposal = false;
    try {
        isProposal = space_ == proposed(kind());
    } catch (const std::exception&) { // no longer proposed for such data
    }
    state_->setText(isProposal ? tr("As proposed for the data.") : tr("Edited."));
}

bool SpaceGroup::isDefault() const {
    return !space_.is_object() || space_ == arch::defaultSpace(target_.input, target_.classes);
}

void SpaceGroup::resetToDefault() {
    left_.clear();
    setSpace(arch::defaultSpace(target_.input, target_.classes));
    emit changed();
}

void SpaceGroup::showEditor(bool shown) {
    if (editor_ != nullptr && !shown)
        editor_->reject();
    if (editor_ != nullptr || !shown || !space_.is_object())
        return;
    editor_ = new SpaceDialog(
        space_, target_, [this](const std::string& kind) { return proposed(kind); }, this);
    editor_->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor_, &QDialog::accepted, this, [this, editor = editor_.data()] {
        if (editor->space() == space_)
            return;
        setSpace(editor->space());
        emit changed();
    });
    connect(editor_, &QDialog::finished, this, [this] { editor_ = nullptr; });
    editor_->open();
}

} // namespace greenfront::ui
