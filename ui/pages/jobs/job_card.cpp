// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/jobs/job_card.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>

namespace greenfront::ui {
namespace {

constexpr int barSteps = 1000;

void setOptional(QLabel& label, const QString& text) {
    label.setText(text);
    label.setVisible(!text.isEmpty());
}

} // namespace

JobCard::JobCard(QWidget* parent)
    : QFrame(parent),
      title_(headingLabel({})),
      state_(new QLabel),
      detail_(quietLabel({})),
      expected_(quietLabel({})),
      numbers_(new QLabel),
      error_(new QLabel),
      bar_(new QProgressBar) {
    setFrameShape(QFrame::StyledPanel);
    name(*bar_, "jobProgress", tr("Progress"), tr("Share of the whole job"));
    bar_->setRange(0, barSteps);
    bar_->setTextVisible(true);
    title_->setObjectName(QStringLiteral("jobTitle"));
    state_->setObjectName(QStringLiteral("jobState"));
    detail_->setObjectName(QStringLiteral("jobDetail"));
    expected_->setObjectName(QStringLiteral("jobExpected"));
    error_->setWordWrap(true);
    error_->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* head = new QHBoxLayout;
    head->addWidget(title_, 1);
    head->addWidget(state_);
    auto* foot = new QHBoxLayout;
    foot->addWidget(numbers_, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(detail_);
    layout->addWidget(expected_);
    layout->addWidget(bar_);
    layout->addWidget(error_);
    layout->addLayout(foot);
    addButton(JobAction::Start, tr("Start again"), "jobStart", tr("Take up the work where it stopped"));
    addButton(JobAction::Pause, tr("Pause"), "jobPause", tr("Halt at the next clean point"));
    addButton(JobAction::Resume, tr("Resume"), "jobResume", tr("Go on"));
    addButton(JobAction::Cancel, tr("Cancel"), "jobCancel",
              tr("Stop at the next clean point; what is done is kept"));
    for (const auto& [action, control] : buttons_)
        foot->addWidget(control);
}

void JobCard::addButton(JobAction action, const QString& text, const char* objectName,
                        const QString& tooltip) {
    auto* control = button(text, objectName, tooltip);
    connect(control, &QPushButton::clicked, this, [this, action] { emit wanted(action, row_); });
    buttons_[action] = control;
}

void JobCard::setRow(const JobRow& row) {
    if (row == row_)
        return;
    row_ = row;
    title_->setText(row.title);
    state_->setText(row.state);
    setOptional(*detail_, row.detail);
    setOptional(*expected_, row.expected);
    setOptional(*error_, row.error);
    bar_->setVisible(row.active || row.fraction > 0 || !row.actions.empty());
    bar_->setValue(static_cast<int>(row.fraction * barSteps));
    bar_->setFormat(QStringLiteral("%1 %").arg(row.fraction * 100, 0, 'f', row.active ? 1 : 0));
    QStringList numbers{row.times, row.energy};
    numbers.removeAll(QString());
    numbers_->setText(numbers.join(QStringLiteral("  ·  ")));
    for (const auto& [action, control] : buttons_)
        control->setVisible(std::ranges::find(row.actions, action) != row.actions.end());
    // What was interrupted is resumed; what failed is started again.
    buttons_[JobAction::Start]->setText(!row.begun            ? tr("Start")
                                        : row.error.isEmpty() ? tr("Resume")
                                                              : tr("Start again"));
}

} // namespace greenfront::ui
