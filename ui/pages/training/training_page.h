// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/curves.h"
#include "ui/models/question.h"
#include "ui/pages/page.h"

#include <cstdint>
#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace greenfront::ui {

class CurvePlot;

/// The curves of the study's training as they grow, and what it has cost.
class TrainingPage : public Page {
    Q_OBJECT

public:
    explicit TrainingPage(QWidget* parent = nullptr);
    void setSession(Session* session) override;
    bool isSettled() const override { return Page::isSettled() && !question_.isWaiting(); }
    void fit();

protected:
    void refresh() override;

private:
    QWidget* makeContent();
    void show(const Curves& curves);
    void savePlot();

    Question question_;
    StudyId shown_;
    std::optional<std::int64_t> version_; ///< of what is shown
    QStackedWidget* stack_;
    QLabel *title_, *energy_;
    QCheckBox *follow_, *logLoss_;
    QPushButton* reset_;
    CurvePlot* plot_;
};

} // namespace greenfront::ui
