// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/control.h"
#include "core/base/error.h"

#include <QtTest>
#include <thread>

using namespace greenfront;

class TestControl : public QObject {
    Q_OBJECT

private slots:
    void lets_a_job_go_on_by_default() {
        Control control;
        control.checkpoint();
        QVERIFY(!control.cancelRequested());
    }

    void stops_a_job_at_its_next_checkpoint() {
        Control control;
        control.requestCancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, control.checkpoint());
    }

    void holds_a_paused_job_until_it_is_resumed() {
        Control control;
        control.pause();
        std::atomic<bool> passed{false};
        std::thread job([&] {
            control.checkpoint();
            passed = true;
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        QVERIFY(!passed);
        control.resume();
        job.join();
        QVERIFY(passed);
    }

    void a_paused_job_can_be_cancelled() {
        Control control;
        control.pause();
        std::atomic<bool> cancelled{false};
        std::thread job([&] {
            try {
                control.checkpoint();
            } catch (const Cancelled&) {
                cancelled = true;
            }
        });
        control.requestCancel();
        job.join();
        QVERIFY(cancelled);
    }
};

QTEST_APPLESS_MAIN(TestControl)
#include "test_control.moc"
