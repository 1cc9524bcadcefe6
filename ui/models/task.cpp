// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/task.h"

#include "core/base/error.h"

#include <QMetaObject>

#include <utility>

namespace greenfront::ui {

Task::~Task() {
    cancel();
    if (thread_.joinable())
        thread_.join();
}

void Task::start(Work work) {
    Q_ASSERT(!isRunning());
    control_ = std::make_shared<Control>();
    emit started();
    thread_ = std::thread([this, control = control_, work = std::move(work)] {
        Reply reply;
        try {
            reply = work(*control);
        } catch (const Cancelled&) {
            reply = [this] { emit cancelled(); };
        } catch (...) {
            reply = [this, problem = problemOf(std::current_exception())] { emit failed(problem); };
        }
        QMetaObject::invokeMethod(
            this, [this, reply] { deliver(reply); }, Qt::QueuedConnection);
    });
}

void Task::cancel() {
    if (control_)
        control_->requestCancel();
}

void Task::deliver(const Reply& reply) {
    thread_.join();
    control_.reset();
    if (reply)
        reply();
    emit finished();
}

} // namespace greenfront::ui
