// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/problem.h"

#include <QFrame>

class QLabel;

namespace greenfront::ui {

/// Says what went wrong and what to do, above the page and without stopping anything, until it is closed.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);

    void report(const Problem& problem);
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();

    QLabel* what_;
    QLabel* advice_;
};

} // namespace greenfront::ui
