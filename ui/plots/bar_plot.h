// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/plot_data.h"

#include <QWidget>

#include <vector>

class QCPBars;
class QCPErrorBars;
class QCPTextElement;
class QCustomPlot;

namespace greenfront::ui {

/// Lying bars with their intervals, the first at the top. Follows the widget's palette.
class BarPlot : public QWidget {
    Q_OBJECT

public:
    BarPlot(const char* name, const QString& title, const QString& axis, QWidget* parent = nullptr);

    /// emptyText: what is said where there are none.
    void setBars(std::vector<Bar> bars, const QString& emptyText);
    const std::vector<Bar>& bars() const { return shown_; }
    /// PNG, SVG or PDF by the name's ending; throws Error.
    void save(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyTheme();

    std::vector<Bar> shown_;
    QCustomPlot* plot_; ///< a child; it owns what follows
    QCPBars* bars_;
    QCPErrorBars* intervals_;
    QCPTextElement* note_;
};

} // namespace greenfront::ui
