// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/task.h"

#include <QDialog>

#include <filesystem>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace greenfront::ui {

class Banner;
class BusyBar;

/// Asks for a format and a file, writes it in the background, and says where it is.
class WriteDialog : public QDialog {
    Q_OBJECT

public:
    struct Format {
        QString title, ending; ///< "safetensors – weights only", ".safetensors"
    };
    struct Texts {
        QByteArray name; ///< begins the controls' object names: "export"
        QString title, formatHelp, writeHelp;
        QString remark; ///< below the fields
        QString file;   ///< proposed, without its ending
    };
    /// Off the window's thread; the format is an index. What it throws is shown.
    using Write =
        std::function<void(std::size_t format, const std::filesystem::path& path, Control& control)>;

    WriteDialog(const Texts& texts, std::vector<Format> formats, std::size_t proposed, Write write,
                QWidget* parent);

private:
    QWidget* makeFields(const Texts& texts);
    std::size_t format() const;
    const QString& ending() const { return formats_.at(format()).ending; }
    void takeFormat();
    void browse();
    void start();
    void written(const QString& path);
    void setEditable(bool editable);

    std::vector<Format> formats_;
    Write writeFile_;
    Task task_;
    QComboBox* format_;
    QLineEdit* path_;
    QPushButton *write_, *browse_, *folder_;
    QLabel* result_;
    Banner* banner_;
    BusyBar* busy_;
};

} // namespace greenfront::ui
