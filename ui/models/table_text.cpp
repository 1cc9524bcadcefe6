// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/table_text.h"

#include "core/base/csv.h"
#include "core/base/text.h"
#include "ui/models/table_model.h"
#include "ui/models/texts.h"

#include <cmath>
#include <numeric>

namespace greenfront::ui {
namespace {

QString exactText(const QModelIndex& index) {
    const QVariant sort = index.data(TableModel::sortRole);
    const bool number = sort.typeId() == QMetaType::Double && std::isfinite(sort.toDouble());
    return number ? qt(numberText(sort.toDouble())) : index.data().toString();
}

QStringList titlesOf(const QAbstractItemModel& model) {
    QStringList titles;
    for (int column = 0; column < model.columnCount(); ++column)
        titles << model.headerData(column, Qt::Horizontal).toString();
    return titles;
}

QStringList rowOf(const QAbstractItemModel& model, int row) {
    QStringList fields;
    for (int column = 0; column < model.columnCount(); ++column)
        fields << exactText(model.index(row, column));
    return fields;
}

std::vector<int> allRows(const QAbstractItemModel& model) {
    std::vector<int> rows(static_cast<std::size_t>(model.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

QString tabbed(QStringList fields) {
    for (QString& field : fields)
        for (const char separator : {'\t', '\n', '\r'})
            field.replace(QLatin1Char(separator), QLatin1Char(' '));
    return fields.join(QLatin1Char('\t')) + QLatin1Char('\n');
}

std::string csv(const QStringList& fields) {
    std::vector<std::string> texts;
    texts.reserve(static_cast<std::size_t>(fields.size()));
    for (const QString& field : fields)
        texts.push_back(field.toStdString());
    return csvLine(texts);
}

} // namespace

QString tableText(const QAbstractItemModel& model, const std::optional<std::vector<int>>& rows) {
    QString text = tabbed(titlesOf(model));
    for (const int row : rows ? *rows : allRows(model))
        text += tabbed(rowOf(model, row));
    return text;
}

std::string tableCsv(const QAbstractItemModel& model) {
    std::string text = csv(titlesOf(model));
    for (const int row : allRows(model))
        text += csv(rowOf(model, row));
    return text;
}

} // namespace greenfront::ui
