// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/timing.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace greenfront::ui {

class SeriesField;

/// By which carbon intensities a study waits and pauses, and what that would come to.
class TimingPanel : public QWidget {
    Q_OBJECT

public:
    explicit TimingPanel(QWidget* parent = nullptr);

    /// Nothing while no series is chosen or what was entered makes no sense; see problem().
    std::optional<study::CarbonTiming> timing() const;
    /// What is missing; empty where nothing is.
    QString problem() const { return problem_; }
    /// How long the study takes by what this machine's earlier runs taught: what is planned for where nothing
    /// else is entered. Nothing: they taught nothing.
    void setExpected(std::optional<std::chrono::seconds> expected);
    /// It is being asked for.
    void forgetExpected();

signals:
    void changed();

private:
    void layOut();
    void plan();
    void showPlan();

    SeriesField* series_;
    QComboBox* policy_;
    QSpinBox* window_;
    QLineEdit* duration_;
    QLabel* plan_;
    QString problem_;
    bool isExpectedKnown_ = false; ///< was it answered?
    std::optional<std::chrono::seconds> expected_;
};

} // namespace greenfront::ui
