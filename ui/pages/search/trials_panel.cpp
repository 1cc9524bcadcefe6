// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/search/trials_panel.h"

#include "ui/models/table_text.h"
#include "ui/models/trial_rows.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace greenfront::ui {

TrialsPanel::TrialsPanel(QWidget* parent)
    : QWidget(parent),
      rows_(new TableModel({}, this)),
      sorted_(new QSortFilterProxyModel(this)),
      table_(new QTableView) {
    sorted_->setSourceModel(rows_);
    sorted_->setSortRole(TableModel::sortRole);
    table_->setModel(sorted_);
    setUpTable(*table_);
    name(*table_, "trialsTable", tr("Trials"), {});
    table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    table_->setSortingEnabled(true);
    table_->sortByColumn(-1, Qt::AscendingOrder);
    table_->setMinimumHeight(90);
    auto* copyTable = button(tr("Copy table"), "trialsCopy",
                             tr("Copy the selected rows, or all, for a spreadsheet (Ctrl+C)"));
    auto* exportTable = button(tr("Export table…"), "trialsExport", tr("Write all trials as CSV"));
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(headingLabel(tr("Trials")));
    head->addStretch(1);
    head->addWidget(copyTable);
    head->addWidget(exportTable);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(table_, 1);
    auto* keys = new QShortcut(QKeySequence(QKeySequence::Copy), table_);
    keys->setContext(Qt::WidgetShortcut);
    connect(keys, &QShortcut::activated, this, &TrialsPanel::copy);
    connect(copyTable, &QPushButton::clicked, this, &TrialsPanel::copy);
    connect(exportTable, &QPushButton::clicked, this, &TrialsPanel::exportWanted);
    // By keys the selection changes first, by the mouse the current row.
    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TrialsPanel::tell);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TrialsPanel::tell);
}

void TrialsPanel::setView(const SearchView& view) {
    const auto kept = current();
    const int place = table_->verticalScrollBar()->value();
    QStringList titles;
    auto columns = trialColumns(view);
    for (const Column& column : columns)
        titles << column.title;
    {
        const QScopedValueRollback guard(filling_, true);
        const bool same = titles == titles_;
        if (!same)
            rows_->setColumns(std::move(columns));
        titles_ = titles;
        rows_->setRows(trialRows(view));
        if (!same) {
            constexpr int widest = 260;
            fitColumns(*table_, widest);
        }
        select(kept);
        table_->verticalScrollBar()->setValue(place);
    }
    if (current() != kept)
        tell();
}

std::optional<std::int64_t> TrialsPanel::current() const {
    const QModelIndex index = table_->selectionModel()->currentIndex();
    if (!index.isValid() || !table_->selectionModel()->isRowSelected(index.row()))
        return std::nullopt;
    return index.siblingAtColumn(0).data(TableModel::sortRole).toLongLong();
}

void TrialsPanel::tell() {
    if (!filling_)
        emit selected(current().value_or(-1));
}

void TrialsPanel::select(std::optional<std::int64_t> trial) {
    if (trial == current())
        return;
    if (!trial) {
        table_->clearSelection();
        return;
    }
    for (int row = 0; row < sorted_->rowCount(); ++row)
        if (sorted_->index(row, 0).data(TableModel::sortRole).toLongLong() == *trial) {
            table_->selectRow(row);
            table_->scrollTo(sorted_->index(row, 0));
            return;
        }
}

void TrialsPanel::copy() const {
    std::vector<int> rows;
    const auto selected = table_->selectionModel()->selectedRows();
    rows.reserve(static_cast<std::size_t>(selected.size()));
    for (const QModelIndex& index : selected)
        rows.push_back(index.row());
    std::ranges::sort(rows);
    QGuiApplication::clipboard()->setText(
        tableText(*sorted_, rows.empty() ? std::nullopt : std::optional(rows)));
}

std::string TrialsPanel::csv() const {
    return tableCsv(*sorted_);
}

} // namespace greenfront::ui
