// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/series_field.h"

#include "ui/models/texts.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <initializer_list>
#include <utility>
#include <vector>

namespace greenfront::ui {

struct SeriesField::Loaded {
    std::vector<std::string> places;
    std::string place;
    std::shared_ptr<const energy::IntensitySeries> series;
};

namespace {

/// "2026-03-01T00:00:00Z to 2026-03-08T00:00:00Z, with 2 gaps"
QString spanText(const energy::IntensitySeries& series) {
    const auto gaps = series.gaps().size();
    QString text = QStringLiteral("%1 to %2")
                       .arg(qt(energy::isoText(series.start())), qt(energy::isoText(series.end())));
    if (gaps > 0)
        text += gaps == 1 ? SeriesField::tr(", with a gap") : SeriesField::tr(", with %1 gaps").arg(gaps);
    return text;
}

} // namespace

SeriesField::SeriesField(const QByteArray& prefix, QWidget* parent)
    : QWidget(parent),
      path_(new QLineEdit),
      browse_(button(tr("Choose…"), prefix + "SeriesChoose", tr("Choose a file with intensities over time"))),
      place_(new QComboBox),
      status_(quietLabel({})) {
    name(*path_, prefix + "Series", tr("Carbon intensities over time"),
         tr("Carbon Aware SDK records, an Electricity Maps history, or CSV with a time and g CO2e/kWh"));
    path_->setPlaceholderText(tr("no file"));
    path_->setClearButtonEnabled(true);
    name(*place_, prefix + "Place", tr("Place"), tr("The file holds intensities of several places"));
    place_->hide();
    for (QWidget* field : std::initializer_list<QWidget*>{path_, place_})
        field->setFixedHeight(26); // a layout that is short of room would cut them
    status_->setObjectName(QString::fromUtf8(prefix + "SeriesStatus"));
    status_->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(path_, 1);
    row->addWidget(browse_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(place_);
    layout->addWidget(status_);
    setFocusProxy(path_);
    connect(browse_, &QPushButton::clicked, this, &SeriesField::browse);
    connect(path_, &QLineEdit::editingFinished, this, &SeriesField::take);
    connect(path_, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            take();
    });
    connect(place_, &QComboBox::activated, this, &SeriesField::load);
    connect(&task_, &Task::failed, this,
            [this](const Problem& what) { drop(what.what + ' ' + what.advice); });
    connect(&task_, &Task::finished, this, [this] {
        if (std::exchange(again_, false))
            load();
    });
}

std::string SeriesField::source() const {
    const std::string file = QFileInfo(taken_).fileName().toStdString();
    return series_ && !series_->place().empty() ? file + ", " + series_->place() : file;
}

void SeriesField::clear() {
    const QSignalBlocker quiet(this);
    path_->clear();
}

void SeriesField::browse() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose carbon intensities"), path_->text(),
                                                      tr("Intensities (*.csv *.json);;All files (*)"));
    if (path.isEmpty())
        return;
    path_->setText(path);
    take();
}

void SeriesField::take() {
    const QString path = path_->text().trimmed();
    if (path == taken_)
        return;
    taken_ = path;
    place_->clear();
    load();
}

void SeriesField::load() {
    if (task_.isRunning()) {
        again_ = true;
        return;
    }
    if (taken_.isEmpty()) {
        drop({});
        return;
    }
    task_.start([this, path = toPath(taken_),
                 wanted = place_->currentText().toStdString()](Control&) -> Reply {
        Loaded loaded{.places = energy::intensityPlaces(path), .place = wanted, .series = {}};
        if (wanted.empty())
            loaded.place = loaded.places.empty() ? std::string() : loaded.places.front();
        loaded.series =
            std::make_shared<const energy::IntensitySeries>(energy::readIntensitySeries(path, loaded.place));
        return [this, loaded] { show(loaded); };
    });
}

void SeriesField::show(const Loaded& loaded) {
    if (again_)
        return;
    series_ = loaded.series;
    place_->clear();
    for (const std::string& place : loaded.places)
        place_->addItem(qt(place));
    place_->setCurrentText(qt(loaded.place));
    place_->setVisible(loaded.places.size() > 1);
    status_->setText(spanText(*series_));
    status_->show();
    emit changed();
}

void SeriesField::drop(const QString& status) {
    series_.reset();
    place_->hide();
    status_->setText(status);
    status_->setVisible(!status.isEmpty());
    emit changed();
}

} // namespace greenfront::ui
