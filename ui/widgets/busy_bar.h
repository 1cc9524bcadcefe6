// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QLabel;

namespace greenfront::ui {

class Task;

/// Shown while a task runs: what it does, that it moves, and a button to stop it.
class BusyBar : public QWidget {
    Q_OBJECT

public:
    explicit BusyBar(Task& task, QWidget* parent = nullptr);
    void setText(const QString& text);

private:
    QLabel* text_;
};

} // namespace greenfront::ui
