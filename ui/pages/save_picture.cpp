// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/save_picture.h"

#include <QFileDialog>
#include <QFileInfo>

namespace greenfront::ui {

void savePicture(Page& page, const QString& suggestion, const std::function<void(const QString&)>& save) {
    QString path =
        QFileDialog::getSaveFileName(&page, Page::tr("Save the plot"), suggestion + QStringLiteral(".png"),
                                     Page::tr("Pictures (*.png *.svg *.pdf)"));
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".png");
    try {
        save(path);
    } catch (...) {
        emit page.problem(problemOf(std::current_exception()));
    }
}

} // namespace greenfront::ui
