// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sources/idle_panel.h"

#include "core/study/idle_baseline.h"
#include "ui/models/idle_texts.h"
#include "ui/models/session.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QGridLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace greenfront::ui {

IdlePanel::IdlePanel(QWidget* parent)
    : QFrame(parent),
      when_(quietLabel({})),
      state_(quietLabel({})),
      progressText_(new QLabel),
      seconds_(new QSpinBox),
      measure_(
          button(tr("Measure idle power"), "idleMeasure",
                 tr("Measure what this machine draws while nothing is done, and keep it in the workspace"))),
      cancel_(button(tr("Cancel"), "idleCancel", tr("Stop; what was measured before is kept"))),
      progress_(new QProgressBar),
      lines_(new QGridLayout) {
    setObjectName(QStringLiteral("idlePanel"));
    setFrameShape(QFrame::StyledPanel);
    when_->setObjectName(QStringLiteral("idleWhen"));
    state_->setObjectName(QStringLiteral("idleState"));
    progressText_->setObjectName(QStringLiteral("idleProgressText"));
    name(*seconds_, "idleSeconds", tr("Seconds"), tr("How long it is measured; longer is surer"));
    seconds_->setRange(1, 3600);
    seconds_->setValue(30);
    seconds_->setSuffix(tr(" s"));
    seconds_->setFixedHeight(28);
    name(*progress_, "idleProgress", tr("How far the measurement is"), {});
    progress_->setTextVisible(false);
    progress_->setFixedWidth(200);
    layOut();
    tick_.setInterval(std::chrono::milliseconds(100));
    connect(&tick_, &QTimer::timeout, this, &IdlePanel::showProgress);
    connect(measure_, &QPushButton::clicked, this, &IdlePanel::measure);
    connect(cancel_, &QPushButton::clicked, &task_, &Task::cancel);
    connect(&task_, &Task::failed, this, &IdlePanel::problem);
    connect(&task_, &Task::started, this, &IdlePanel::updateState);
    connect(&task_, &Task::finished, this, &IdlePanel::updateState);
    updateState();
}

void IdlePanel::layOut() {
    auto* head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(headingLabel(tr("Idle power of this machine")), 1);
    head->addWidget(progress_);
    head->addWidget(progressText_);
    head->addWidget(seconds_);
    head->addWidget(measure_);
    head->addWidget(cancel_);
    lines_->setHorizontalSpacing(24);
    lines_->setVerticalSpacing(4);
    lines_->setColumnStretch(3, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 12, 18, 12);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(quietLabel(tr("With it, the joules of runs are also told without what the machine "
                                    "would have drawn anyway (net). Leave the machine alone while it is "
                                    "measured: whatever else it does is in it.")));
    layout->addLayout(lines_);
    layout->addWidget(when_);
    layout->addWidget(state_);
}

void IdlePanel::setSession(Session* session) {
    question_.drop();
    task_.cancel(); // it measures for the workspace that is being left
    session_ = session;
    show({});
    if (session != nullptr)
        connect(session, &Session::jobsChanged, this, &IdlePanel::updateState);
    updateState();
}

void IdlePanel::refresh() {
    updateState();
    if (session_ == nullptr)
        return;
    question_.ask(
        session_->thread(), [](store::Workspace& workspace) { return study::idleOfThisMachine(workspace); },
        [this](const std::vector<store::IdlePowerRow>& rows) { show(rows); },
        [this](const Problem& what) { emit problem(what); });
}

void IdlePanel::measure() {
    if (session_ == nullptr || task_.isRunning())
        return;
    elapsed_.start();
    const Seconds duration(seconds_->value());
    task_.start([this, path = session_->path(), duration](Control& control) -> Reply {
        auto workspace = store::Workspace::open(path);
        study::measureAndKeepIdle(workspace, duration, control);
        return [this, path] {
            if (session_ == nullptr || session_->path() != path)
                return;
            refresh();
            session_->reloadStudies(); // net energy changes where it is shown
        };
    });
}

void IdlePanel::show(const std::vector<store::IdlePowerRow>& rows) {
    for (QWidget* cell : cells_)
        delete cell;
    cells_.clear();
    int line = 0;
    for (const IdleLine& each : idleLines(rows)) {
        int column = 0;
        for (const QString& text : {each.source, each.power, each.bounds, each.provenance}) {
            auto* cell = new QLabel(text);
            cell->setObjectName(QStringLiteral("idleCell%1.%2").arg(line).arg(column));
            cell->setToolTip(each.method);
            cell->setTextInteractionFlags(Qt::TextSelectableByMouse);
            lines_->addWidget(cell, line, column++);
            cells_.push_back(cell);
        }
        ++line;
    }
    when_->setText(idleWhen(rows));
}

void IdlePanel::updateState() {
    const bool running = task_.isRunning();
    const bool busy = session_ != nullptr && session_->jobs().isBusy();
    for (QWidget* each : {static_cast<QWidget*>(progress_), static_cast<QWidget*>(progressText_),
                          static_cast<QWidget*>(cancel_)})
        each->setVisible(running);
    seconds_->setVisible(!running);
    measure_->setVisible(!running);
    seconds_->setEnabled(session_ != nullptr && !busy);
    measure_->setEnabled(session_ != nullptr && !busy);
    when_->setVisible(session_ != nullptr);
    state_->setText(session_ == nullptr ? tr("Open a workspace first: the idle power is kept in it.")
                    : busy              ? tr("A study is running: measure while nothing runs.")
                                        : QString());
    state_->setVisible(!state_->text().isEmpty());
    if (running && !tick_.isActive())
        tick_.start();
    else if (!running)
        tick_.stop();
    showProgress();
}

void IdlePanel::showProgress() {
    if (!task_.isRunning())
        return;
    const qint64 all = qint64{1000} * seconds_->value();
    const qint64 passed = std::min(elapsed_.elapsed(), all);
    progress_->setRange(0, static_cast<int>(all));
    progress_->setValue(static_cast<int>(passed));
    progressText_->setText(tr("%1 of %2 s").arg(passed / 1000).arg(all / 1000));
}

} // namespace greenfront::ui
