// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QComboBox>

namespace greenfront::ui {

/// A long list in which one is found by typing any part of its text. What matches nothing is put back.
class SearchBox : public QComboBox {
    Q_OBJECT

public:
    explicit SearchBox(QWidget* parent = nullptr);
    /// Without chosen().
    void choose(int index);

signals:
    void chosen(int index); ///< by the user

protected:
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void take(int index);
    void settle();
    int match(const QString& typed) const;

    int taken_ = 0;
};

} // namespace greenfront::ui
