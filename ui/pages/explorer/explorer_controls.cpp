// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/explorer/explorer_controls.h"

#include "ui/models/texts.h"
#include "ui/widgets/controls.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

#include <functional>

namespace greenfront::ui {
namespace {

using Titles = std::function<QString(const std::string&)>;

/// Refilled only when the choices change, so that an open list is not closed under the user.
void fill(QComboBox& box, const std::vector<std::string>& names, const std::string& chosen,
          const Titles& title) {
    const QSignalBlocker quiet(box);
    QStringList now;
    for (int i = 0; i < box.count(); ++i)
        now << box.itemData(i).toString();
    QStringList wanted;
    for (const auto& name : names)
        wanted << qt(name);
    if (now != wanted) {
        box.clear();
        for (const auto& name : names)
            box.addItem(title(name), qt(name));
    }
    box.setCurrentIndex(box.findData(qt(chosen)));
}

std::string chosenIn(const QComboBox& box) {
    return box.currentData().toString().toStdString();
}

QComboBox* combo(const char* objectName, const QString& accessible, const QString& tooltip) {
    auto* box = new QComboBox;
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    name(*box, objectName, accessible, tooltip);
    return box;
}

} // namespace

ExplorerControls::ExplorerControls(QWidget* parent)
    : QWidget(parent),
      device_(combo("explorerDevice", tr("Device"),
                    tr("Which device the metrics are for; the selection is kept"))),
      x_(combo("explorerX", tr("Horizontal axis"), tr("The metric on the horizontal axis"))),
      y_(combo("explorerY", tr("Vertical axis"), tr("The metric on the vertical axis"))),
      intervals_(combo("explorerIntervals", tr("Intervals"), tr("Whose 95 % intervals are drawn"))),
      logX_(new QCheckBox(tr("log"))),
      logY_(new QCheckBox(tr("log"))),
      reset_(button(tr("Reset zoom"), "explorerReset", tr("Show all points (F, or double-click)"))) {
    name(*logX_, "explorerLogX", tr("Logarithmic horizontal axis"), tr("Logarithmic horizontal axis"));
    name(*logY_, "explorerLogY", tr("Logarithmic vertical axis"), tr("Logarithmic vertical axis"));
    intervals_->addItems({tr("None"), tr("Of the selected"), tr("Of the front")});
    intervals_->setCurrentIndex(1);
    reset_->setEnabled(false);
    auto* save = button(tr("Save plot…"), "explorerSave", tr("Save the plot as PNG, SVG or PDF"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    const auto add = [layout](const QString& text, QComboBox& box, QCheckBox* check) {
        layout->addWidget(fieldLabel(text, box));
        layout->addWidget(&box);
        if (check != nullptr)
            layout->addWidget(check);
        layout->addSpacing(10);
    };
    add(tr("&Device"), *device_, nullptr);
    add(tr("&X"), *x_, logX_);
    add(tr("&Y"), *y_, logY_);
    add(tr("&Intervals"), *intervals_, nullptr);
    layout->addStretch();
    layout->addWidget(reset_);
    layout->addWidget(save);

    for (auto* box : {device_, x_, y_})
        connect(box, &QComboBox::activated, this, &ExplorerControls::queryChanged);
    for (auto* check : {logX_, logY_})
        connect(check, &QCheckBox::toggled, this, &ExplorerControls::scalesChanged);
    connect(intervals_, &QComboBox::currentIndexChanged, this, &ExplorerControls::intervalsChanged);
    connect(reset_, &QPushButton::clicked, this, &ExplorerControls::resetWanted);
    connect(save, &QPushButton::clicked, this, &ExplorerControls::saveWanted);
}

void ExplorerControls::setView(const FrontView& view) {
    fill(*device_, view.devices, view.front.device,
         [&](const std::string& id) { return deviceTitle(id, view.titles); });
    fill(*x_, view.metrics, view.front.x, metricTitle);
    fill(*y_, view.metrics, view.front.y, metricTitle);
}

std::string ExplorerControls::device() const {
    return chosenIn(*device_);
}
std::string ExplorerControls::x() const {
    return chosenIn(*x_);
}
std::string ExplorerControls::y() const {
    return chosenIn(*y_);
}
bool ExplorerControls::logX() const {
    return logX_->isChecked();
}
bool ExplorerControls::logY() const {
    return logY_->isChecked();
}
int ExplorerControls::intervals() const {
    return intervals_->currentIndex();
}
void ExplorerControls::setZoomed(bool zoomed) {
    reset_->setEnabled(zoomed);
}

} // namespace greenfront::ui
