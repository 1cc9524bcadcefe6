// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "ui/models/problem.h"

#include <QObject>

#include <functional>
#include <memory>
#include <thread>

namespace greenfront::ui {

/// One piece of long work at a time, off the window's thread, that can be cancelled: opening data,
/// exporting. The outcome comes back on the window's thread.
class Task : public QObject {
    Q_OBJECT

public:
    using Work = std::function<Reply(Control&)>;

    explicit Task(QObject* parent = nullptr) : QObject(parent) {}
    /// Asks the work to stop and waits for its next clean point.
    ~Task() override;

    /// The reply that the work returns runs before finished(). One at a time.
    void start(Work work);
    void cancel();
    bool isRunning() const { return control_ != nullptr; }

signals:
    void started();
    void finished(); ///< in every case, last
    void failed(const greenfront::ui::Problem& problem);
    void cancelled();

private:
    void deliver(const Reply& reply);

    std::shared_ptr<Control> control_;
    std::thread thread_;
};

} // namespace greenfront::ui
