// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_actions.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>

#include <array>

namespace greenfront::ui {
namespace {

QString tr(const char* text) {
    return QMainWindow::tr(text);
}

QAction* add(QMenu& menu, const char* name, const QString& text, const QKeySequence& key,
             const QString& tooltip) {
    auto* action = menu.addAction(text);
    action->setObjectName(QString::fromUtf8(name));
    action->setShortcut(key);
    action->setToolTip(tooltip);
    return action;
}

QMenu* addMenu(QMainWindow& window, const QString& title) {
    auto* menu = window.menuBar()->addMenu(title);
    menu->setToolTipsVisible(true);
    return menu;
}

struct PageEntry {
    const char *name, *title, *tooltip, *icon;
};

constexpr std::array<PageEntry, 8> pageEntries{
    {{"pageStart", "Start", "A new workspace, or one from before", "start"},
     {"pageStudy", "Study", "What is trained and searched, and how", "study"},
     {"pageJobs", "Jobs", "What runs, waits or was interrupted", "jobs"},
     {"pageTraining", "Training", "Loss, accuracy and joules as they grow", "training"},
     {"pageExplorer", "Explorer", "The Pareto front of each device", "explorer"},
     {"pageSearch", "Search", "Trials of a program’s parameters, and what they hang on", "search"},
     {"pageCarbon", "Carbon", "Joules and grams of the runs, and what if", "carbon"},
     {"pageSources", "Sources", "What counts the joules of this machine", "sources"}}};

} // namespace

WindowActions::WindowActions(QMainWindow& window, QUndoStack& undo) {
    auto* file = addMenu(window, tr("&File"));
    newWorkspace =
        add(*file, "actionNew", tr("&New workspace…"), QKeySequence::New, tr("Make a workspace from data"));
    open = add(*file, "actionOpen", tr("&Open workspace…"), QKeySequence::Open, tr("Open a workspace file"));
    saveAs = add(*file, "actionSaveAs", tr("&Save a copy as…"), QKeySequence::Save,
                 tr("Copy the workspace to another file; everything is saved as it happens"));
    file->addSeparator();
    quit = add(*file, "actionQuit", tr("&Quit"), QKeySequence::Quit,
               tr("Close the window; what runs can be resumed"));

    auto* edit = addMenu(window, tr("&Edit"));
    auto* undoAction = undo.createUndoAction(&window, tr("&Undo"));
    undoAction->setObjectName(QStringLiteral("actionUndo"));
    undoAction->setShortcut(QKeySequence::Undo);
    auto* redoAction = undo.createRedoAction(&window, tr("&Redo"));
    redoAction->setObjectName(QStringLiteral("actionRedo"));
    redoAction->setShortcut(QKeySequence::Redo);
    edit->addActions({undoAction, redoAction});
    edit->addSeparator();
    clearSelection =
        add(*edit, "actionClear", tr("&Clear selection"), Qt::Key_Escape, tr("Select no candidate"));

    auto* study = addMenu(window, tr("&Study"));
    start = add(*study, "actionStart", tr("&Start"), QKeySequence(Qt::CTRL | Qt::Key_Return),
                tr("Start or resume the study"));
    newSearch = add(*study, "actionNewSearch", tr("New &search of parameters…"),
                    QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N), tr("Search the parameters of a program"));
    rename = add(*study, "actionRename", tr("&Rename…"), Qt::Key_F2, tr("Give the study another name"));
    exportModel = add(*study, "actionExport", tr("&Export candidate…"), QKeySequence(Qt::CTRL | Qt::Key_E),
                      tr("Write the selected network as a model file"));
    exportReport =
        add(*study, "actionReport", tr("Export carbon &report…"), QKeySequence(Qt::CTRL | Qt::Key_R),
            tr("Write the study's energy and carbon in a format that others read"));

    auto* view = addMenu(window, tr("&View"));
    auto* pageGroup = new QActionGroup(&window);
    for (std::size_t i = 0; i < pageEntries.size(); ++i) {
        const PageEntry& entry = pageEntries.at(i);
        auto* action = add(*view, entry.name, tr(entry.title),
                           QKeySequence(Qt::CTRL | (Qt::Key_1 + static_cast<int>(i))), tr(entry.tooltip));
        action->setCheckable(true);
        action->setData(QString::fromUtf8(entry.icon));
        pageGroup->addAction(action);
        pages.push_back(action);
    }
    view->addSeparator();
    fit = add(*view, "actionFit", tr("&Fit the plot"), Qt::Key_F, tr("Show everything in the plot"));
    auto* themeMenu = view->addMenu(tr("&Theme"));
    auto* themeGroup = new QActionGroup(&window);
    for (const auto& [name, title] :
         {std::pair{"themeSystem", "As the system"}, {"themeLight", "Light"}, {"themeDark", "Dark"}}) {
        auto* action = add(*themeMenu, name, tr(title), {}, tr("Colours of the window and the plots"));
        action->setCheckable(true);
        themeGroup->addAction(action);
        themes.push_back(action);
    }

    auto* help = addMenu(window, tr("&Help"));
    about = add(*help, "actionAbout", tr("&About Greenfront"), {}, tr("Version and licence"));
}

} // namespace greenfront::ui
