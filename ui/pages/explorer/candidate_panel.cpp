// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/explorer/candidate_panel.h"

#include "ui/models/texts.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/texts.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace greenfront::ui {
namespace {

/// One column takes the room that the others leave, so that nothing has to be scrolled sideways.
QTableView* makeTable(TableModel& model, int stretched, const char* objectName, const QString& accessible) {
    auto* table = new QTableView;
    table->setModel(&model);
    setUpTable(*table);
    name(*table, objectName, accessible, {});
    table->setTextElideMode(Qt::ElideMiddle);
    QHeaderView* header = table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(stretched, QHeaderView::Stretch);
    return table;
}

QWidget* titled(const QString& title, QWidget& content) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(headingLabel(title));
    layout->addWidget(&content, 1);
    return box;
}

} // namespace

CandidatePanel::CandidatePanel(QWidget* parent)
    : QWidget(parent),
      stack_(new QStackedWidget),
      title_(titleLabel({})),
      front_(quietLabel({})),
      words_(new QLabel),
      export_(
          primaryButton(tr("Export…"), "candidateExport", tr("Write this network as a model file (Ctrl+E)"))),
      metrics_(new TableModel(metricColumns(), this)),
      layers_(new TableModel(layerColumns(), this)),
      metricsTable_(makeTable(*metrics_, metricColumnName, "metricsTable", tr("Metrics of the candidate"))),
      how_(quietLabel({})) {
    stack_->addWidget(
        new EmptyState(tr("No network selected"), tr("Click a point in the plot or a row of the table.")));
    stack_->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connect(export_, &QPushButton::clicked, this, &CandidatePanel::exportWanted);
}

/// How a number was obtained takes a sentence: it stands below the table, for the row that is chosen.
QWidget* CandidatePanel::makeMetrics() {
    metricsTable_->hideColumn(metricColumnHow);
    how_->setObjectName(QStringLiteral("metricHow"));
    how_->setWordWrap(true);
    how_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    connect(metricsTable_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& row) {
                const auto text = [&](int column) { return row.siblingAtColumn(column).data().toString(); };
                how_->setText(row.isValid() ? tr("%1: %2").arg(text(metricColumnName), text(metricColumnHow))
                                            : QString());
            });
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(metricsTable_, 1);
    layout->addWidget(how_);
    return box;
}

QWidget* CandidatePanel::makeContent() {
    title_->setObjectName(QStringLiteral("candidateTitle"));
    words_->setObjectName(QStringLiteral("candidateWords"));
    words_->setWordWrap(true);
    words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    names->addWidget(title_);
    names->addWidget(front_);
    auto* head = new QHBoxLayout;
    head->addLayout(names, 1);
    head->addWidget(export_, 0, Qt::AlignTop);

    auto* tables = new QSplitter(Qt::Vertical);
    tables->setChildrenCollapsible(false);
    tables->addWidget(titled(tr("Metrics"), *makeMetrics()));
    tables->addWidget(titled(
        tr("Layers"), *makeTable(*layers_, layerColumnName, "layersTable", tr("Layers of the candidate"))));
    tables->setSizes({260, 360});
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(words_);
    layout->addWidget(tables, 1);
    return content;
}

void CandidatePanel::setCandidate(const CandidateDetails& details, const std::string& device, bool onFront) {
    title_->setText(tr("Candidate %1").arg(details.id.value));
    const QString where = shortDeviceTitle(device, details.titles);
    front_->setText(onFront ? tr("On the front of %1").arg(where)
                            : tr("Dominated on %1 for these axes").arg(where));
    words_->setText(inWords(details.network).join(QLatin1Char('\n')));
    metrics_->setRows(metricRows(details, device));
    metricsTable_->setCurrentIndex(metricsTable_->model()->index(0, 0));
    layers_->setRows(layerRows(details.network));
    stack_->setCurrentIndex(1);
}

void CandidatePanel::clear() {
    stack_->setCurrentIndex(0);
}

} // namespace greenfront::ui
