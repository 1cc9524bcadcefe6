// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/problem.h"

#include <QTimer>
#include <QWidget>

namespace greenfront::ui {

class Session;

/// A page of the window over one session. Refreshes only while it is seen, and not more often than it says.
class Page : public QWidget {
    Q_OBJECT

public:
    explicit Page(QWidget* parent = nullptr);

    /// nullptr: no workspace is open.
    virtual void setSession(Session* session);
    /// Something that the page shows may have changed.
    void markStale();
    /// Nothing is asked for that has not been answered; for pictures of the page and for tests.
    virtual bool isSettled() const { return !refreshTimer_.isActive() && !(stale_ && isVisible()); }

signals:
    void problem(const greenfront::ui::Problem& problem);

protected:
    virtual void refresh() = 0;
    Session* session() const { return session_; }
    void showEvent(QShowEvent* event) override;

private:
    void refreshNow();

    Session* session_ = nullptr;
    QTimer refreshTimer_;
    bool stale_ = true;
};

} // namespace greenfront::ui
