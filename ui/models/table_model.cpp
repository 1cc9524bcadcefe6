// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/table_model.h"

#include <QFont>

#include <utility>

namespace greenfront::ui {

namespace {

/// The rest of it comes from the view.
QFont boldFont() {
    QFont font;
    font.setBold(true);
    return font;
}

} // namespace

TableModel::TableModel(std::vector<Column> columns, QObject* parent)
    : QAbstractTableModel(parent), columns_(std::move(columns)) {}

void TableModel::setColumns(std::vector<Column> columns) {
    beginResetModel();
    columns_ = std::move(columns);
    rows_.clear();
    endResetModel();
}

void TableModel::setRows(std::vector<std::vector<Cell>> rows) {
    if (rows.size() == rows_.size()) {
        rows_ = std::move(rows);
        if (!rows_.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    rows_ = std::move(rows);
    endResetModel();
}

int TableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const auto column = static_cast<std::size_t>(index.column());
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    if (column >= row.size())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return row[column].text;
    case Qt::ToolTipRole:
        return row[column].help.isEmpty() ? row[column].text : row[column].help;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((columns_[column].number ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    case Qt::FontRole:
        return row[column].strong ? boldFont() : QVariant();
    case sortRole:
        return row[column].sort.isValid() ? row[column].sort : QVariant(row[column].text);
    default:
        return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount())
        return {};
    const Column& column = columns_[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::ToolTipRole)
        return column.help.isEmpty() ? QVariant() : QVariant(column.help);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((column.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace greenfront::ui
