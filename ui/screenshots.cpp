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

struct Picture {
    const char* name;
    PageIndex page;
    bool predictions = false; ///< on the carbon page
    bool editor = false;      ///< of the space, above the study page
    int sheet = 0;            ///< of the search page
};
constexpr std::array<Picture, 13> pictures{{{"start", PageIndex::Start},
                                            {"study", PageIndex::Study},
                                            {"space", PageIndex::Study, false, true},
                                            {"jobs", PageIndex::Jobs},
                                            {"training", PageIndex::Training},
                                            {"explorer", PageIndex::Explorer},
                                            {"search", PageIndex::Search},
                                            {"parallel", PageIndex::Search, false, false, 1},
                                            {"slices", PageIndex::Search, false, false, 2},
                                            {"intermediate", PageIndex::Search, false, false, 3},
                                            {"carbon", PageIndex::Carbon},
                                            {"predictions", PageIndex::Carbon, true},
                                            {"sources", PageIndex::Sources}}};
constexpr std::array<Theme, 2> themes{Theme::Light, Theme::Dark};
constexpr int shots = static_cast<int>(pictures.size() * themes.size());
constexpr int calmPolls = 4; // in a row: an answer may lead to the next question

const Picture& pictureOf(int shot) {
    return pictures.at(static_cast<std::size_t>(shot) % pictures.size());
}
Theme themeOf(int shot) {
    return themes.at(static_cast<std::size_t>(shot) / pictures.size());
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
    window_.showPredictions(pictureOf(shot_).predictions);
    window_.showSearchSheet(pictureOf(shot_).sheet);
    window_.showPage(pictureOf(shot_).page);
    window_.showSpaceEditor(pictureOf(shot_).editor);
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
    const QString name =
        QStringLiteral("%1-%2.png").arg(QString::fromUtf8(pictureOf(shot_).name), toText(themeOf(shot_)));
    auto* editor = window_.findChild<QWidget*>(QStringLiteral("spaceDialog"));
    QWidget& shown = pictureOf(shot_).editor && editor != nullptr ? *editor : window_;
    return shown.grab().save(QDir(folder_).filePath(name));
}

} // namespace greenfront::ui
