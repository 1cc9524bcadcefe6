// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/job_rows.h"

#include <QFrame>

#include <map>

class QLabel;
class QProgressBar;
class QPushButton;

namespace greenfront::ui {

/// One job: what it is, how far, and what can be done with it.
class JobCard : public QFrame {
    Q_OBJECT

public:
    explicit JobCard(QWidget* parent = nullptr);
    void setRow(const JobRow& row);

signals:
    void wanted(greenfront::ui::JobAction action, const greenfront::ui::JobRow& row);

private:
    void addButton(JobAction action, const QString& text, const char* objectName, const QString& tooltip);

    JobRow row_;
    QLabel *title_, *state_, *detail_, *expected_, *numbers_, *error_;
    QProgressBar* bar_;
    std::map<JobAction, QPushButton*> buttons_;
};

} // namespace greenfront::ui
