// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/job_rows.h"
#include "ui/pages/page.h"

#include <vector>

class QStackedWidget;
class QVBoxLayout;

namespace greenfront::ui {

class JobCard;

/// What runs, what waits, what was interrupted, what is done.
class JobsPage : public Page {
    Q_OBJECT

public:
    explicit JobsPage(QWidget* parent = nullptr);
    void setSession(Session* session) override;

protected:
    void refresh() override;

private:
    void act(JobAction action, const JobRow& row);

    QStackedWidget* stack_;
    QVBoxLayout* list_;
    std::vector<JobCard*> cards_; ///< children of the list
};

} // namespace greenfront::ui
