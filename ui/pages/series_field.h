// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/intensity_series.h"
#include "ui/models/task.h"

#include <QWidget>

#include <memory>
#include <string>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace greenfront::ui {

/// A file with intensities over time, read off the window's thread; the place too, where it holds several.
class SeriesField : public QWidget {
    Q_OBJECT

public:
    /// `prefix` begins the controls' object names: "whatIf" makes "whatIfSeries", "whatIfPlace", ...
    explicit SeriesField(const QByteArray& prefix, QWidget* parent = nullptr);

    /// Nothing while none is chosen, or while it cannot be read.
    const std::shared_ptr<const energy::IntensitySeries>& series() const { return series_; }
    /// The file's name, with the place.
    std::string source() const;
    bool isLoading() const { return task_.isRunning() || again_; }
    /// Without changed().
    void clear();
    QLineEdit* line() const { return path_; }

signals:
    void changed();

private:
    struct Loaded;
    void browse();
    void take();
    void load();
    void show(const Loaded& loaded);
    void drop(const QString& status);

    QLineEdit* path_;
    QPushButton* browse_;
    QComboBox* place_;
    QLabel* status_;
    QString taken_; ///< path of what is shown or under way
    std::shared_ptr<const energy::IntensitySeries> series_;
    bool again_ = false; ///< something else was chosen meanwhile
    Task task_;          ///< last: it ends first
};

} // namespace greenfront::ui
