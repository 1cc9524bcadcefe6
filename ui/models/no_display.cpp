// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/no_display.h"

#include <QString>
#include <QtMessageHandler>

namespace greenfront::ui {
namespace {

QtMessageHandler previous = nullptr;

void dropIrrelevant(QtMsgType type, const QMessageLogContext& context, const QString& text) {
    if (!text.contains(QLatin1String("propagateSizeHints")) &&
        !text.contains(QLatin1String("XDG_RUNTIME_DIR")))
        previous(type, context, text);
}

} // namespace

void useNoDisplay() {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    if (previous == nullptr)
        previous = qInstallMessageHandler(dropIrrelevant);
}

} // namespace greenfront::ui
