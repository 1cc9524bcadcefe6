// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/search_plots.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <vector>

class QComboBox;
class QStackedWidget;

namespace greenfront::ui {

class BarPlot;
class ParallelPlot;
class XyPlot;

/// The plots of a search, in sheets: what was reached, and what it hangs on.
class SearchPlotsPanel : public QWidget {
    Q_OBJECT

public:
    enum Sheet { Overview, Parallel, Slices, Reports };
    /// Asks where to, then saves a picture by the second argument.
    using Saver = std::function<void(const QString& suggestion, const std::function<void(const QString&)>&)>;

    explicit SearchPlotsPanel(Saver saver, QWidget* parent = nullptr);

    /// The view must stay until the next one is set.
    void setView(const SearchView& view, const SearchChoice& choice);
    void setImportances(const std::vector<search::Importance>& importances);
    void setSelected(std::optional<std::int64_t> trial);
    void showSheet(int sheet);
    void resetZoom();
    bool isZoomed() const;
    /// Whose values the last sheet shows; empty for the first there is.
    std::string shownMetric() const;

signals:
    void picked(qint64 trial); ///< -1: none
    void zoomChanged();
    void metricChanged();

private:
    template <class Plot>
    QWidget* titled(const QString& title, const QString& remark, Plot* plot, const QString& file,
                    const std::vector<QWidget*>& controls = {});
    QWidget* makeOverview();
    void fillChoices();
    void drawSlice();

    Saver saver_;
    const SearchView* view_ = nullptr;
    SearchChoice choice_;
    QStackedWidget* stack_;
    XyPlot *history_, *cost_, *slice_, *reports_;
    BarPlot* importance_;
    ParallelPlot* parallel_;
    QComboBox *parameter_, *metric_;
};

} // namespace greenfront::ui
