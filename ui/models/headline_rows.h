// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/store/workspace.h"
#include "ui/models/table_model.h"

#include <QString>

#include <vector>

namespace greenfront::ui {

/// What a headline found, ready to be shown.
struct HeadlineView {
    QString title;
    QString remark; ///< the conclusion in one sentence
    std::vector<std::vector<Cell>> rows;
};
/// Of every headline that was run in this workspace.
std::vector<HeadlineView> loadHeadlines(store::Workspace& workspace);
std::vector<Column> headlineColumns();
/// Of the result of any headline.
HeadlineView headlineView(const std::string& title, const OrderedJson& result);

} // namespace greenfront::ui
