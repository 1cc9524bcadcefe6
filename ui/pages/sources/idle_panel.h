// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/idle_power.h"
#include "ui/models/question.h"
#include "ui/models/task.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

#include <vector>

class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace greenfront::ui {

class Session;

/// What this machine draws while nothing is done: as it was last measured for the workspace, and a button
/// that measures it, in the background.
class IdlePanel : public QFrame {
    Q_OBJECT

public:
    explicit IdlePanel(QWidget* parent = nullptr);

    /// nullptr: no workspace is open.
    void setSession(Session* session);
    void refresh();
    bool isSettled() const { return !question_.isWaiting() && !task_.isRunning(); }

signals:
    void problem(const greenfront::ui::Problem& problem);

private:
    void layOut();
    void measure();
    void show(const std::vector<store::IdlePowerRow>& rows);
    void updateState();
    void showProgress();

    Session* session_ = nullptr;
    QLabel *when_, *state_, *progressText_;
    QSpinBox* seconds_;
    QPushButton *measure_, *cancel_;
    QProgressBar* progress_;
    QGridLayout* lines_;
    std::vector<QWidget*> cells_;
    QElapsedTimer elapsed_;
    QTimer tick_;
    Question question_;
    Task task_; ///< last: it ends first
};

} // namespace greenfront::ui
