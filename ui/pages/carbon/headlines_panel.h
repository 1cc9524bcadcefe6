// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/headline_rows.h"

#include <QWidget>

#include <vector>

class QLabel;
class QStackedWidget;

namespace greenfront::ui {

class TableModel;

/// What techniques saved beside their baselines, as headlines found it in this workspace.
class HeadlinesPanel : public QWidget {
    Q_OBJECT

public:
    explicit HeadlinesPanel(QWidget* parent = nullptr);
    void setViews(const std::vector<HeadlineView>& views);

private:
    QWidget* makeContent();

    TableModel* rows_;
    QLabel* title_;
    QLabel* remark_;
    QStackedWidget* stack_;
};

} // namespace greenfront::ui
