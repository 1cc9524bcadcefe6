// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/front_query.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QPushButton;

namespace greenfront::ui {

/// What the explorer shows: device, axes, scales, intervals.
class ExplorerControls : public QWidget {
    Q_OBJECT

public:
    explicit ExplorerControls(QWidget* parent = nullptr);

    /// Offers what there is and chooses what the front shows.
    void setView(const FrontView& view);
    std::string device() const;
    std::string x() const;
    std::string y() const;
    bool logX() const;
    bool logY() const;
    int intervals() const; ///< index of Intervals
    void setZoomed(bool zoomed);

signals:
    void queryChanged();
    void scalesChanged();
    void intervalsChanged();
    void resetWanted();
    void saveWanted();

private:
    QComboBox *device_, *x_, *y_, *intervals_;
    QCheckBox *logX_, *logY_;
    QPushButton* reset_;
};

} // namespace greenfront::ui
