// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/task.h"
#include "ui/pages/page.h"

class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace greenfront::ui {

class BusyBar;

/// A new workspace from data, or one from before.
class StartPage : public Page {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);
    bool isSettled() const override { return Page::isSettled() && !task_.isRunning(); }

    void chooseWorkspace();
    /// Puts the cursor where a new workspace begins.
    void focusNew();

signals:
    void openRequested(const QString& path);

protected:
    void refresh() override;

private:
    QWidget* makeNewBox();
    QWidget* makeOpenBox();
    void chooseDataFile();
    void chooseDataFolder();
    void chooseNewPath();
    void setData(const QString& source);
    void create();
    void updateCreate();

    Task task_;
    QLineEdit *data_, *path_;
    QPushButton* create_;
    QListWidget* recent_;
    BusyBar* busy_;
};

} // namespace greenfront::ui
