// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/main_window.h"

#include <QtTest>

namespace greenfront::testing {

/// A control of a window by its object name; the test ends where there is none.
template <class T>
T* find(const QWidget& window, const char* name) {
    auto* found = window.findChild<T*>(QString::fromUtf8(name));
    if (found == nullptr)
        qFatal("no control %s", name);
    return found;
}

/// Shows the window with a workspace in it.
inline void open(ui::MainWindow& window, const QString& path) {
    const QSignalSpy opened(&window, &ui::MainWindow::opened);
    window.show();
    window.openWorkspace(path);
    QTRY_COMPARE(opened.count(), 1);
}

} // namespace greenfront::testing
