// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace greenfront::ui {

/// Measures how long the event loop was ever kept from turning while a job ran: a timer ticks every few
/// milliseconds, and what a tick comes late was the loop's gap.
class GapMonitor : public QObject {
    Q_OBJECT

public:
    explicit GapMonitor(QObject* parent = nullptr);

    /// Starts a new stretch, or ends it; the longest gap is kept over all stretches.
    void setMeasuring(bool measuring);
    bool hasMeasured() const { return measured_; }
    double longestMs() const { return longest_; }

private:
    QTimer timer_;
    QElapsedTimer since_;
    double longest_ = 0;
    bool measured_ = false;
};

} // namespace greenfront::ui
