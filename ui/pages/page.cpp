// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"

#include <chrono>

namespace greenfront::ui {
namespace {

constexpr std::chrono::milliseconds leastInterval(400);

} // namespace

Page::Page(QWidget* parent) : QWidget(parent) {
    refreshTimer_.setSingleShot(true);
    connect(&refreshTimer_, &QTimer::timeout, this, &Page::refreshNow);
}

void Page::setSession(Session* session) {
    session_ = session;
    stale_ = true;
    refreshTimer_.start(0);
}

void Page::markStale() {
    stale_ = true;
    if (!refreshTimer_.isActive())
        refreshTimer_.start(leastInterval);
}

void Page::refreshNow() {
    if (!stale_ || !isVisible())
        return;
    stale_ = false;
    refresh();
}

void Page::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (stale_)
        refreshTimer_.start(0);
}

} // namespace greenfront::ui
