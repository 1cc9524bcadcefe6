// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/prediction.h"
#include "core/study/study.h"
#include "ui/models/question.h"
#include "ui/pages/page.h"

#include <optional>

class QCheckBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace greenfront::ui {

struct StudyEntry;
class SchemaForm;
class SpaceGroup;
class TimingPanel;

/// The form of the study, what it works on, and the button that starts it.
class StudyPage : public Page {
    Q_OBJECT

public:
    explicit StudyPage(QWidget* parent = nullptr);
    void setSession(Session* session) override;
    bool isSettled() const override { return Page::isSettled() && !expectedQuestion_.isWaiting(); }
    /// Starts what the form says; what was interrupted is taken up.
    void start();
    void showSpaceEditor(bool shown);

protected:
    void refresh() override;

private:
    QWidget* makeContent();
    QWidget* makeBottom();
    void showEntry(const StudyEntry& entry);
    void showData(const StudyEntry& entry);
    void reset();
    void updateState();
    void askExpected(const StudyEntry& entry);
    void showExpected(const std::optional<energy::CostForecast>& left);
    study::Study edited(const StudyEntry& entry) const;

    QStackedWidget* stack_;
    QLabel *title_, *state_, *expected_;
    QFormLayout* data_;
    SpaceGroup* space_;
    SchemaForm* form_;
    QCheckBox* wait_;
    TimingPanel* timing_;
    QPushButton *start_, *reset_;
    StudyId shown_;
    std::optional<study::Study> asked_; ///< whose cost is shown or waited for
    Question expectedQuestion_;
};

} // namespace greenfront::ui
