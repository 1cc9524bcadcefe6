// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

class QLabel;

namespace greenfront::ui {

/// What a page says while it has nothing to show, and why.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const QString& title, const QString& text, QWidget* parent = nullptr);
    void setText(const QString& text);
    /// Below the text.
    void addWidget(QWidget* widget);

private:
    QLabel* text_;
};

} // namespace greenfront::ui
