// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/source_cards.h"

#include <QFrame>

namespace greenfront::ui {

/// One source: whether it is used, what it counts, or why it is not and what helps.
class SourceFrame : public QFrame {
    Q_OBJECT

public:
    explicit SourceFrame(const SourceCard& card, QWidget* parent = nullptr);

private:
    QWidget* makeCommand(const QString& command);
};

} // namespace greenfront::ui
