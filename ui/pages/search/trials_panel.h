// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/search_query.h"

#include <QStringList>
#include <QWidget>

#include <cstdint>
#include <optional>

class QSortFilterProxyModel;
class QTableView;

namespace greenfront::ui {

class TableModel;

/// The trials of a search in a table that sorts by any column and is copied or exported as it is sorted.
class TrialsPanel : public QWidget {
    Q_OBJECT

public:
    explicit TrialsPanel(QWidget* parent = nullptr);

    /// Keeps what is selected.
    void setView(const SearchView& view);
    void select(std::optional<std::int64_t> trial);
    /// The selected rows, all of them if none is.
    void copy() const;
    std::string csv() const;

signals:
    void selected(qint64 trial); ///< -1: none
    void exportWanted();

private:
    std::optional<std::int64_t> current() const;
    void tell();

    TableModel* rows_;
    QSortFilterProxyModel* sorted_;
    QTableView* table_;
    QStringList titles_;
    bool filling_ = false;
};

} // namespace greenfront::ui
