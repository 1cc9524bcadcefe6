// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_window.h"

#include "ui/main_window.h"
#include "ui/models/no_display.h"
#include "ui/screenshots.h"
#include "ui/version.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTimer>

#include <cstdio>
#include <string_view>

namespace greenfront::ui {
namespace {

struct Options {
    QString workspace, newPath, screenshots;
    bool autostart = false, quitWhenDone = false;
};

Options parse(const QCoreApplication& application) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Pick, for each device, the model whose accuracy, latency and carbon suit it best."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("workspace"), QStringLiteral("The workspace file to open."),
                                 QStringLiteral("[WORKSPACE]"));
    const QCommandLineOption make(QStringLiteral("new"),
                                  QStringLiteral("Make a workspace with the built-in data set and open it."),
                                  QStringLiteral("path"));
    const QCommandLineOption shots(
        QStringLiteral("screenshots"),
        QStringLiteral("Write a PNG of every page to the folder, without a display, and exit."),
        QStringLiteral("folder"));
    QCommandLineOption autostart(QStringLiteral("study-autostart"));
    QCommandLineOption quitWhenDone(QStringLiteral("quit-when-done"));
    autostart.setFlags(QCommandLineOption::HiddenFromHelp);
    quitWhenDone.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({make, shots, autostart, quitWhenDone});
    parser.process(application);
    return {.workspace = parser.positionalArguments().value(0),
            .newPath = parser.value(make),
            .screenshots = parser.value(shots),
            .autostart = parser.isSet(autostart),
            .quitWhenDone = parser.isSet(quitWhenDone)};
}

/// The platform is chosen before there is an application that could parse the arguments.
bool wantsNoDisplay(int argc, char** argv) {
    for (int i = 1; i < argc; ++i)
        if (std::string_view(argv[i]).starts_with("--screenshots"))
            return true;
    return false;
}

void takeScreenshots(MainWindow& window, const QString& folder) {
    auto* shots = new Screenshots(window, folder, &window);
    QObject::connect(&window, &MainWindow::opened, shots, &Screenshots::begin);
    QObject::connect(shots, &Screenshots::finished, &window, [folder](bool complete) {
        if (!complete)
            std::fprintf(stderr, "Cannot write the pictures to %s. Choose a folder that you may write to.\n",
                         qUtf8Printable(folder));
        QCoreApplication::exit(complete ? 0 : 1);
    });
}

void connectOptions(MainWindow& window, const Options& options) {
    if (!options.screenshots.isEmpty())
        takeScreenshots(window, options.screenshots);
    if (!options.screenshots.isEmpty() || options.quitWhenDone)
        QObject::connect(&window, &MainWindow::openFailed, &window, [&window] {
            std::fprintf(stderr, "%s\n", qUtf8Printable(window.problemText()));
            QCoreApplication::exit(1);
        });
    if (options.quitWhenDone)
        QObject::connect(&window, &MainWindow::becameIdle, &window, &QWidget::close);
    if (options.autostart)
        QObject::connect(&window, &MainWindow::opened, &window, [&window] {
            // The form is filled when the event loop turns.
            QTimer::singleShot(500, &window, &MainWindow::startStudy);
        });
}

void reportGap(const MainWindow& window) {
    if (qEnvironmentVariableIntValue("GREENFRONT_EVENT_LOOP_REPORT") == 1 && window.longestGapMs() >= 0)
        std::fprintf(stderr, "longest event-loop gap: %.0f ms during study\n", window.longestGapMs());
}

} // namespace

int runWindow(int argc, char** argv) {
    if (wantsNoDisplay(argc, argv))
        useNoDisplay();
    QCoreApplication::setOrganizationName(QStringLiteral("Greenfront"));
    QCoreApplication::setApplicationName(QStringLiteral("Greenfront"));
    QCoreApplication::setApplicationVersion(QString::fromUtf8(version));
    const QApplication application(argc, argv);
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/greenfront.svg")));
    const Options options = parse(application);

    MainWindow window;
    connectOptions(window, options);
    if (!options.screenshots.isEmpty())
        window.resize(1360, 860); // whatever the last session used
    window.show();
    if (!options.newPath.isEmpty())
        window.openNewWorkspace(options.newPath);
    else if (!options.workspace.isEmpty())
        window.openWorkspace(options.workspace);
    const int status = QApplication::exec();
    reportGap(window);
    return status;
}

} // namespace greenfront::ui
