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

enum class Above { Nothing, SpaceEditor, NewSearch };

struct Picture {
    const char* name;
    PageIndex page;
    bool predictions = false; ///< on the carbon page
    Above above = Above::Nothing;
    int sheet = 0; ///< of the search page or of the dialog above it
};
constexpr std::array<Picture, 16> pictures{
    {{"start", PageIndex::Start},
     {"study", PageIndex::Study},
     {"space", PageIndex::Study, false, Above::SpaceEditor},
     {"jobs", PageIndex::Jobs},
     {"training", PageIndex::Training},
     {"explorer", PageIndex::Explorer},
     {"search", PageIndex::Search},
     {"parallel", PageIndex::Search, false, Above::Nothing, 1},
     {"slices", PageIndex::Search, false, Above::Nothing, 2},
     {"intermediate", PageIndex::Search, false, Above::Nothing, 3},
     {"new-search", PageIndex::Search, false, Above::NewSearch, 0},
     {"new-search-method", PageIndex::Search, false, Above::NewSearch, 1},
     {"new-search-budget", PageIndex::Search, false, Above::NewSearch, 2},
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
    const Picture& picture = pictureOf(shot_);
    window_.setTheme(themeOf(shot_));
    window_.showPredictions(picture.predictions);
    window_.showSearchSheet(picture.above == Above::NewSearch ? 0 : picture.sheet);
    window_.showPage(picture.page);
    window_.showSpaceEditor(picture.above == Above::SpaceEditor);
    window_.showNewSearchSheet(picture.above == Above::NewSearch ? picture.sheet : -1);
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
    const Picture& picture = pictureOf(shot_);
    const QString name =
        QStringLiteral("%1-%2.png").arg(QString::fromUtf8(picture.name), toText(themeOf(shot_)));
    QWidget* dialog = nullptr;
    if (picture.above != Above::Nothing)
        dialog = window_.findChild<QWidget*>(picture.above == Above::SpaceEditor
                                                 ? QStringLiteral("spaceDialog")
                                                 : QStringLiteral("newSearchDialog"));
    QWidget& shown = dialog != nullptr ? *dialog : window_;
    return shown.grab().save(QDir(folder_).filePath(name));
}

} // namespace greenfront::ui
