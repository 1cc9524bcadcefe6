// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/sources.h"
#include "ui/models/task.h"
#include "ui/pages/page.h"

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace greenfront::ui {

class IdlePanel;

/// Where this machine's joules come from: every source that was looked for, used or why not, which needs no
/// workspace; and what the machine draws when idle.
class SourcesPage : public Page {
    Q_OBJECT

public:
    explicit SourcesPage(QWidget* parent = nullptr);
    void setSession(Session* session) override;
    bool isSettled() const override;

protected:
    void refresh() override;

private:
    QWidget* makeContent();
    void show(const std::vector<energy::Source>& sources);

    Task task_; ///< finding them opens drivers, which may take its time
    QLabel* summary_;
    QPushButton* again_;
    IdlePanel* idle_;
    QVBoxLayout* list_;
    std::vector<QWidget*> frames_;
};

} // namespace greenfront::ui
