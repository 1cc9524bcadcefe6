// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPushButton>

namespace greenfront::ui {

/// A filled button in the palette's highlight. Painted rather than styled by a sheet, because sheets keep the
/// colours of the palette that they first saw.
class PrimaryButton : public QPushButton {
    Q_OBJECT

public:
    explicit PrimaryButton(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace greenfront::ui
