// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/model_file.h"
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

/// Asks for a format and a file, writes the model in the background, and says where it is.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    ExportDialog(std::filesystem::path workspace, StudyId study, CandidateId candidate,
                 QWidget* parent = nullptr);

private:
    QWidget* makeFields();
    formats::Format format() const;
    void takeFormat();
    void browse();
    void write();
    void written(const QString& path);
    void setEditable(bool editable);

    std::filesystem::path workspace_;
    StudyId study_;
    CandidateId candidate_;
    Task task_;
    QComboBox* format_;
    QLineEdit* path_;
    QPushButton *export_, *browse_, *folder_;
    QLabel* result_;
    Banner* banner_;
    BusyBar* busy_;
};

} // namespace greenfront::ui
