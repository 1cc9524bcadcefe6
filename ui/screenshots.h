// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <QString>
#include <QTimer>

namespace greenfront::ui {

class MainWindow;

/// Writes a PNG of every page of an opened window, light and dark, then says so. Each picture is taken when
/// its page has everything that it asked for.
class Screenshots : public QObject {
    Q_OBJECT

public:
    Screenshots(MainWindow& window, QString folder, QObject* parent = nullptr);
    void begin();

signals:
    void finished(bool complete);

private:
    void prepare();
    void poll();
    bool save() const;

    MainWindow& window_;
    QString folder_;
    QTimer timer_;
    int shot_ = 0, calm_ = 0;
};

} // namespace greenfront::ui
