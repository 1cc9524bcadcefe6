// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/carbon/models_panel.h"

#include "ui/models/carbon_rows.h"
#include "ui/models/texts.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace greenfront::ui {
namespace {

QComboBox* combo(const char* objectName, const QString& accessible, const QString& tooltip) {
    auto* box = new QComboBox;
    name(*box, objectName, accessible, tooltip);
    box->setFixedHeight(26);
    return box;
}

/// The most accurate one.
const study::ModelCarbon* bestOf(const std::vector<study::ModelCarbon>& models, std::size_t count) {
    const auto end = models.begin() + static_cast<std::ptrdiff_t>(count);
    const auto best = std::max_element(models.begin(), end, [](const auto& a, const auto& b) {
        return a.metrics.at("accuracy").value < b.metrics.at("accuracy").value;
    });
    return best == end ? nullptr : &*best;
}

} // namespace

ModelsPanel::ModelsPanel(QWidget* parent)
    : QWidget(parent),
      rows_(new TableModel(modelColumns(), this)),
      sorted_(new QSortFilterProxyModel(this)),
      stack_(new QStackedWidget),
      device_(combo("carbonDevice", tr("Device"), tr("On which the models are used"))),
      first_(combo("breakEvenFirst", tr("First model"), tr("One of the two models that are compared"))),
      second_(combo("breakEvenSecond", tr("Second model"), tr("The other one, of any study"))),
      table_(new QTableView),
      recorded_(new QLabel),
      assumed_(new QLabel) {
    stack_->addWidget(new EmptyState(tr("No models yet"),
                                     tr("The search starts when training is done; the lifecycle carbon of "
                                        "what it finds appears here.")));
    stack_->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connect(device_, &QComboBox::activated, this, &ModelsPanel::deviceChanged);
    for (const QComboBox* box : {first_, second_})
        connect(box, &QComboBox::activated, this, &ModelsPanel::updateBreakEven);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ModelsPanel::selectRow);
}

QWidget* ModelsPanel::makeContent() {
    sorted_->setSourceModel(rows_);
    sorted_->setSortRole(TableModel::sortRole);
    table_->setModel(sorted_);
    setUpTable(*table_);
    table_->setSortingEnabled(true);
    table_->sortByColumn(2, Qt::AscendingOrder);
    table_->horizontalHeader()->setStretchLastSection(false);
    table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table_->horizontalHeader()->setSectionResizeMode(6, QHeaderView::Stretch);
    name(*table_, "carbonModels", tr("Lifecycle carbon of the models on the front"), {});
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(headingLabel(tr("Lifecycle of the front’s models")), 1);
    head->addWidget(fieldLabel(tr("on"), *device_));
    head->addWidget(device_);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(head);
    layout->addWidget(table_, 1);
    layout->addWidget(makeBreakEven());
    return content;
}

QWidget* ModelsPanel::makeBreakEven() {
    recorded_->setObjectName(QStringLiteral("breakEvenRecorded"));
    assumed_->setObjectName(QStringLiteral("breakEvenAssumed"));
    auto* choices = new QHBoxLayout;
    choices->setSpacing(8);
    choices->addWidget(fieldLabel(tr("Break-even of"), *first_));
    choices->addWidget(first_, 1);
    choices->addWidget(fieldLabel(tr("and"), *second_));
    choices->addWidget(second_, 1);
    auto* answers = new QFormLayout;
    answers->setHorizontalSpacing(14);
    answers->setVerticalSpacing(2);
    answers->addRow(quietLabel(tr("Recorded")), recorded_);
    answers->addRow(quietLabel(tr("What if")), assumed_);
    for (QLabel* label : {recorded_, assumed_}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(choices);
    layout->addLayout(answers);
    return box;
}

void ModelsPanel::setView(const CarbonView& view, const std::map<StudyId, QString>& studyNames) {
    models_ = view.models;
    own_ = models_.size();
    std::ranges::copy(view.others, std::back_inserter(models_));
    stack_->setCurrentIndex(view.models.empty() ? 0 : 1);
    fillDevices(view);
    {
        const QScopedValueRollback guard(filling_, true);
        rows_->setRows(modelRows(view.models));
        sorted_->sort(sorted_->sortColumn(), sorted_->sortOrder());
    }
    const auto known =
        std::ranges::find(view.models, selected_.value_or(CandidateId{}), &study::ModelCarbon::candidate);
    if (known == view.models.end()) {
        const auto* best = bestOf(models_, own_);
        selected_ = best != nullptr ? std::optional(best->candidate) : std::nullopt;
    }
    showSelected();
    fillChoices(studyNames);
    updateBreakEven();
}

void ModelsPanel::fillDevices(const CarbonView& view) {
    const QSignalBlocker quiet(device_);
    QStringList now;
    for (int i = 0; i < device_->count(); ++i)
        now << device_->itemData(i).toString();
    QStringList wanted;
    for (const auto& id : view.devices)
        wanted << qt(id);
    if (now != wanted) {
        device_->clear();
        for (const auto& id : view.devices)
            device_->addItem(shortDeviceTitle(id, view.titles), qt(id));
    }
    device_->setCurrentIndex(device_->findData(qt(view.device)));
}

std::string ModelsPanel::device() const {
    return device_->currentData().toString().toStdString();
}

/// Keeps what is chosen, and an open list open. At first: the selected model, and one of another study, as
/// only that cost something else to make.
void ModelsPanel::fillChoices(const std::map<StudyId, QString>& studyNames) {
    QStringList titles;
    for (const auto& model : models_) {
        const auto study = studyNames.find(model.study);
        titles << (studyNames.size() < 2 || study == studyNames.end()
                       ? modelTitle(model)
                       : QStringLiteral("%1 (%2)").arg(modelTitle(model), study->second));
    }
    if (titles == titles_)
        return;
    titles_ = titles;
    const auto row =
        std::ranges::find(models_, selected_.value_or(CandidateId{}), &study::ModelCarbon::candidate);
    refill(*first_, row == models_.end() ? 0 : static_cast<int>(row - models_.begin()));
    refill(*second_, own_ < models_.size() ? static_cast<int>(own_) : 0);
}

void ModelsPanel::refill(QComboBox& box, int atFirst) {
    const QSignalBlocker quiet(box);
    const QVariant kept = box.currentData();
    box.clear();
    for (std::size_t i = 0; i < models_.size(); ++i)
        box.addItem(titles_.at(static_cast<qsizetype>(i)),
                    QVariant::fromValue<qlonglong>(models_[i].candidate.value));
    const int index = kept.isValid() ? box.findData(kept) : -1;
    box.setCurrentIndex(index < 0 ? atFirst : index);
}

const study::ModelCarbon* ModelsPanel::modelIn(const QComboBox& box) const {
    const int index = box.currentIndex();
    return index < 0 ? nullptr : &models_.at(static_cast<std::size_t>(index));
}

void ModelsPanel::updateBreakEven() {
    const auto* first = modelIn(*first_);
    const auto* second = modelIn(*second_);
    if (first == nullptr || second == nullptr)
        return;
    if (first->candidate == second->candidate) {
        recorded_->setText(tr("Choose two different models."));
        assumed_->setText(QStringLiteral("–"));
        return;
    }
    const auto title = [](const study::ModelCarbon& model) {
        return tr("No. %1").arg(model.candidate.value);
    };
    recorded_->setText(breakEvenText(study::compareModels(first->recorded, second->recorded), title(*first),
                                     title(*second)));
    assumed_->setText(
        breakEvenText(study::compareModels(first->assumed, second->assumed), title(*first), title(*second)));
}

void ModelsPanel::showSelected() {
    const QScopedValueRollback guard(filling_, true);
    for (std::size_t i = 0; i < own_; ++i)
        if (models_[i].candidate == selected_)
            table_->setCurrentIndex(sorted_->mapFromSource(rows_->index(static_cast<int>(i), 0)));
}

void ModelsPanel::selectRow() {
    const QModelIndex index = sorted_->mapToSource(table_->currentIndex());
    if (filling_ || !index.isValid())
        return;
    selected_ = models_.at(static_cast<std::size_t>(index.row())).candidate;
    emit selectionChanged();
}

} // namespace greenfront::ui
