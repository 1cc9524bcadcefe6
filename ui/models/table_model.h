// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <QVariant>

#include <vector>

namespace greenfront::ui {

struct Column {
    QString title;
    QString help; ///< tooltip of the header
    bool number = false;
};

struct Cell {
    QString text;
    QVariant sort; ///< what to sort by; the text where it is empty
    QString help;
    bool strong = false; ///< in bold: a sum
};

/// Rows of ready texts that sort by the numbers behind them.
class TableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int sortRole = Qt::UserRole;

    explicit TableModel(std::vector<Column> columns, QObject* parent = nullptr);

    void setColumns(std::vector<Column> columns);
    void setRows(std::vector<std::vector<Cell>> rows);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

} // namespace greenfront::ui
