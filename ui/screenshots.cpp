// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/screenshots.h"

#include "ui/main_window.h"

#include <QDir>
#include <QPixmap>

#include <array>
#include <chrono>
#include <utility>

namespace greenfront::ui {
namespace {

constexpr std::array<const char*, 7> pageNames{"start",    "study",  "jobs",   "training",
                                               "explorer", "carbon", "sources"};
constexpr std::array<Theme, 2> themes{Theme::Light, Theme::Dark};
constexpr int shots = static_cast<int>(pageNames.size() * themes.size());
constexpr int calmPolls = 4; // in a row: an answer may lead to the next question

std::size_t pageOf(int shot) {
    return static_cast<std::size_t>(shot) % pageNames.size();
}
Theme themeOf(int shot) {
    return themes.at(static_cast<std::size_t>(shot) / pageNames.size());
}

} // namespace

Screenshots::Screenshots(MainWindow& window, QString folder, QObject* parent)
    : QObject(parent), window_(window), folder_(std::move(folder)) {
    timer_.setInterval(std::chrono::milliseconds(60));
    connect(&timer_, &QTimer::timeout, this, &Screenshots::poll);
}

void Screenshots::begin() {
    if (!QDir().mkpath(folder_)) {
        emit finished(false);
        return;
    }
    prepare();
    timer_.start();
}

void Screenshots::prepare() {
    calm_ = 0;
    window_.setTheme(themeOf(shot_));
    window_.showPage(static_cast<PageIndex>(pageOf(shot_)));
}

void Screenshots::poll() {
    calm_ = window_.isSettled() ? calm_ + 1 : 0;
    if (calm_ == 1)
        window_.selectSomething();
    if (calm_ < calmPolls)
        return;
    const bool saved = save();
    if (saved && ++shot_ < shots) {
        prepare();
        return;
    }
    timer_.stop();
    emit finished(saved);
}

bool Screenshots::save() const {
    const QString name = QStringLiteral("%1-%2.png")
                             .arg(QString::fromUtf8(pageNames.at(pageOf(shot_))), toText(themeOf(shot_)));
    return window_.grab().save(QDir(folder_).filePath(name));
}

} // namespace greenfront::ui
