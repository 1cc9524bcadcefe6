// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/carbon/headlines_panel.h"

#include "ui/models/table_model.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/texts.h"

#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace greenfront::ui {

HeadlinesPanel::HeadlinesPanel(QWidget* parent)
    : QWidget(parent),
      rows_(new TableModel(headlineColumns(), this)),
      title_(headingLabel({})),
      remark_(quietLabel({})),
      stack_(new QStackedWidget) {
    stack_->addWidget(new EmptyState(
        tr("No headline was run in this workspace"),
        tr("A headline runs a technique beside its baseline and counts the energy of both: for example "
           "“greenfront-cli headline once-for-all --data DIR --workspace FILE” trains one supernet for many "
           "devices beside a network for each.")));
    stack_->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
}

QWidget* HeadlinesPanel::makeContent() {
    auto* table = new QTableView;
    table->setModel(rows_);
    setUpTable(*table);
    name(*table, "headlineTable", tr("A technique beside its baseline"), {});
    table->horizontalHeader()->setStretchLastSection(false);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    remark_->setObjectName(QStringLiteral("headlineRemark"));
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(title_);
    layout->addWidget(remark_);
    layout->addWidget(table, 1);
    return content;
}

void HeadlinesPanel::setViews(const std::vector<HeadlineView>& views) {
    stack_->setCurrentIndex(views.empty() ? 0 : 1);
    if (views.empty())
        return;
    title_->setText(views.front().title);
    remark_->setText(views.front().remark);
    rows_->setRows(views.front().rows);
}

} // namespace greenfront::ui
