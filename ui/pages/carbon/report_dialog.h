// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/carbon_report.h"
#include "core/store/studies.h"
#include "ui/models/task.h"

#include <QDialog>

#include <filesystem>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace greenfront::ui {

class Banner;
class BusyBar;

/// Asks for a format and a file, and writes the study's energy and carbon in the background.
class ReportDialog : public QDialog {
    Q_OBJECT

public:
    ReportDialog(std::filesystem::path workspace, StudyId study, QWidget* parent = nullptr);

private:
    QWidget* makeFields();
    formats::ReportFormat format() const;
    QString ending() const;
    void takeFormat();
    void browse();
    void write();
    void written(const QString& path);
    void setEditable(bool editable);

    std::filesystem::path workspace_;
    StudyId study_;
    Task task_;
    QComboBox* format_;
    QLineEdit* path_;
    QPushButton *write_, *browse_, *folder_;
    QLabel* result_;
    Banner* banner_;
    BusyBar* busy_;
};

} // namespace greenfront::ui
