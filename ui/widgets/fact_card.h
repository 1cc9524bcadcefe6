// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>

class QLabel;

namespace greenfront::ui {

/// One number with what it is and how sure it is.
class FactCard : public QFrame {
    Q_OBJECT

public:
    explicit FactCard(QWidget* parent = nullptr);
    void setFact(const QString& title, const QString& value, const QString& detail, const QString& help);

private:
    QLabel *title_, *value_, *detail_;
};

} // namespace greenfront::ui
