// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/widgets/theme.h"

#include <QAction>
#include <QObject>

#include <vector>

class QMainWindow;
class QUndoStack;

namespace greenfront::ui {

/// Every action of the window, in its menus, with shortcut and tooltip. The window connects them.
struct WindowActions {
    WindowActions(QMainWindow& window, QUndoStack& undo);

    QAction *newWorkspace, *open, *saveAs, *quit;
    QAction *rename, *start, *newSearch, *exportModel, *exportReport;
    QAction *clearSelection, *fit;
    std::vector<QAction*> pages;  ///< in the order of PageIndex, checkable
    std::vector<QAction*> themes; ///< in the order of Theme
    QAction* about;
};

} // namespace greenfront::ui
