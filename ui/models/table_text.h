// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QAbstractItemModel>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace greenfront::ui {

/// A table as a spreadsheet takes it from the clipboard: titles and rows, separated by tabs. Numbers are as
/// exact as they are, not as they are shown. rows: all of them where nothing is given.
QString tableText(const QAbstractItemModel& model, const std::optional<std::vector<int>>& rows = {});
/// The same as CSV (RFC 4180).
std::string tableCsv(const QAbstractItemModel& model);

} // namespace greenfront::ui
