// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/recorder.h"

#include <QTest>
#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

/// What a made-up meter shows; shared with the test.
struct Dial {
    std::atomic<int> joules{0};
    std::atomic<int> reads{0};
    std::atomic<bool> fails{false};
    std::atomic<bool> throws{false};
    std::atomic<int> perRead{0}; ///< counts up by itself
};

class MadeUpMeter final : public Meter {
public:
    explicit MadeUpMeter(std::shared_ptr<Dial> dial, std::string source = "made-up",
                         Seconds deadline = Seconds(60))
        : dial_(std::move(dial)), source_(std::move(source)), deadline_(deadline) {}
    std::string source() const override { return source_; }
    Seconds deadline() const override { return deadline_; }
    std::string method() const override { return "A dial"; }
    Provenance provenance() const override { return Provenance::Imported; }
    double uncertainty() const override { return 0.25; }
    std::optional<Joules> read() override {
        ++dial_->reads;
        if (dial_->throws)
            throw std::runtime_error("broken");
        if (dial_->fails)
            return std::nullopt;
        return Joules(dial_->joules += dial_->perRead);
    }

private:
    std::shared_ptr<Dial> dial_;
    std::string source_;
    Seconds deadline_;
};

/// Does nobody read it any more?
bool isRetired(const Dial& dial) {
    const int reads = dial.reads;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return dial.reads == reads;
}

Meters metersOf(const std::vector<std::shared_ptr<Dial>>& dials) {
    Meters meters;
    for (const auto& dial : dials)
        meters.usable.push_back(std::make_unique<MadeUpMeter>(dial));
    meters.unusable.push_back({"rapl", "not here"});
    return meters;
}

constexpr Seconds never(60);

} // namespace

/// Joules by interval: nothing is lost between two, and nothing is counted twice.
class TestRecorder : public QObject {
    Q_OBJECT
private slots:
    void anIntervalHoldsWhatWasCountedInIt() {
        const auto dial = std::make_shared<Dial>();
        dial->joules = 100; // before the recorder
        Recorder recorder(metersOf({dial}), never);
        dial->joules = 140;
        const auto first = recorder.take();
        QCOMPARE(first.size(), std::size_t{1});
        QCOMPARE(first[0].source, std::string("made-up"));
        QCOMPARE(first[0].method, std::string("A dial"));
        QVERIFY(first[0].provenance == Provenance::Imported);
        QCOMPARE(first[0].joules.value, 40.0);
        QCOMPARE(first[0].low.value, 30.0);
        QCOMPARE(first[0].high.value, 50.0);
        QCOMPARE(first[0].gaps, 0);
        QVERIFY(first[0].seconds > Seconds(0));
        dial->joules = 141;
        QCOMPARE(recorder.take()[0].joules.value, 1.0);
        QCOMPARE(recorder.take()[0].joules.value, 0.0);
        QCOMPARE(recorder.unusable().at(0).reason, std::string("not here"));
    }

    void peekingStartsNoInterval() {
        const auto dial = std::make_shared<Dial>();
        Recorder recorder(metersOf({dial}), never);
        dial->joules = 10;
        const auto early = recorder.peek();
        dial->joules = 15;
        const auto late = recorder.peek();
        QCOMPARE(early[0].joules.value, 10.0);
        QCOMPARE(late[0].joules.value, 15.0);
        QVERIFY(late[0].seconds >= early[0].seconds);
        QCOMPARE(recorder.take()[0].joules.value, 15.0);
    }

    void sourcesAreAdded() {
        const auto a = std::make_shared<Dial>();
        const auto b = std::make_shared<Dial>();
        Recorder recorder(metersOf({a, b}), never);
        a->joules = 3;
        b->joules = 4;
        QCOMPARE(total(recorder.take()).value, 7.0);
        QCOMPARE(total({}).value, 0.0);
    }

    void aGapIsCountedAndItsJoulesAreNotLost() {
        const auto dial = std::make_shared<Dial>();
        Recorder recorder(metersOf({dial}), never);
        dial->joules = 10;
        QCOMPARE(recorder.peek()[0].joules.value, 10.0);
        dial->joules = 20;
        dial->fails = true;
        const auto blind = recorder.take();
        QCOMPARE(blind[0].joules.value, 10.0);
        QCOMPARE(blind[0].gaps, 1);
        dial->fails = false;
        dial->joules = 25;
        const auto after = recorder.take();
        QCOMPARE(after[0].joules.value, 15.0);
        QCOMPARE(after[0].gaps, 0);
    }

    void aMeterThatThrowsIsAGap() {
        const auto dial = std::make_shared<Dial>();
        Recorder recorder(metersOf({dial}), never);
        dial->throws = true;
        QCOMPARE(recorder.take()[0].gaps, 1);
    }

    void itSamplesByItself() {
        const auto dial = std::make_shared<Dial>();
        {
            const Recorder recorder(metersOf({dial}), Seconds(0.001));
            while (dial->reads < 10)
                std::this_thread::yield();
        }
        const int reads = dial->reads;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        QCOMPARE(dial->reads.load(), reads); // and ends with the object
    }

    void phasesAddUpToTheWholeHoweverManyThreadsTakeThem() {
        const auto dial = std::make_shared<Dial>();
        dial->perRead = 1;
        Recorder recorder(metersOf({dial}), Seconds(0.001));
        const int before = 1; // read once when it began
        std::atomic<int> sum{0};
        {
            std::vector<std::thread> threads;
            for (int i = 0; i < 3; ++i)
                threads.emplace_back([&] {
                    for (int phase = 0; phase < 50; ++phase) {
                        recorder.peek();
                        sum += static_cast<int>(recorder.take()[0].joules.value);
                    }
                });
            for (auto& thread : threads)
                thread.join();
        }
        dial->perRead = 0;
        sum += static_cast<int>(recorder.take()[0].joules.value);
        QCOMPARE(sum + before, dial->joules.load());
        QVERIFY(sum >= 3 * 50 * 2); // each peek() and take() has read
    }

    void sourcesThatAppearAndVanishAreFollowed() {
        const auto first = std::make_shared<Dial>();
        const auto second = std::make_shared<Dial>();
        std::atomic<int> state{0}; // which of them are there
        MeterSupply supply;
        supply.fingerprint = [&] { return std::to_string(state.load()); };
        supply.find = [&] {
            Meters meters;
            if (state == 0 || state == 1)
                meters.usable.push_back(std::make_unique<MadeUpMeter>(first, "first"));
            if (state == 1 || state == 2)
                meters.usable.push_back(std::make_unique<MadeUpMeter>(second, "second"));
            return meters;
        };
        Recorder recorder(supply, Seconds(0.001), Seconds(0));
        const auto sources = [&] { return recorder.peek().size(); };
        first->joules = 5;
        QCOMPARE(sources(), std::size_t{1});
        second->joules = 100; // before it was there
        state = 1;
        QTRY_COMPARE(sources(), std::size_t{2});
        first->joules = 8;
        second->joules = 110;
        auto readings = recorder.take();
        QCOMPARE(readings[0].joules.value, 8.0); // it went on counting
        QCOMPARE(readings[1].joules.value, 10.0);
        QVERIFY(readings[1].seconds < readings[0].seconds);
        first->joules = 9;
        state = 2;
        QTRY_VERIFY(isRetired(*first));
        first->joules = 50; // nobody looks any more
        readings = recorder.take();
        QCOMPARE(readings.size(), std::size_t{2}); // its last reading
        QCOMPARE(readings[0].joules.value, 1.0);
        readings = recorder.take();
        QCOMPARE(readings.size(), std::size_t{1});
        QCOMPARE(readings[0].source, std::string("second"));
    }

    void partsOfASumAreShownButNotAdded() {
        const auto whole = std::make_shared<Dial>();
        const auto part = std::make_shared<Dial>();
        auto meters = metersOf({whole});
        meters.overlapping.push_back({std::make_unique<MadeUpMeter>(part, "core"), "made-up"});
        Recorder recorder(std::move(meters), never);
        whole->joules = 10;
        part->joules = 4;
        QCOMPARE(total(recorder.take()).value, 10.0);
        const auto parts = recorder.overlapping();
        QCOMPARE(parts.size(), std::size_t{1});
        QCOMPARE(parts[0].reading.joules.value, 4.0);
        QCOMPARE(parts[0].reading.source, std::string("core"));
        QCOMPARE(parts[0].with, std::string("made-up"));
    }

    void aMeterThatMustBeReadOftenIsReadOften() {
        const auto dial = std::make_shared<Dial>();
        auto meters = metersOf({dial});
        meters.overlapping.push_back(
            {std::make_unique<MadeUpMeter>(dial, "hasty", Seconds(0.001)), "made-up"});
        const Recorder recorder(std::move(meters), never); // it would be a minute otherwise
        QTRY_VERIFY(dial->reads > 10);
    }

    void itTellsWhatItCosts() {
        const auto dial = std::make_shared<Dial>();
        const Recorder recorder(metersOf({dial}), Seconds(0.001));
        QTRY_VERIFY(recorder.cost().samples > 3);
        const auto cost = recorder.cost();
        QVERIFY(cost.elapsed > Seconds(0));
        QVERIFY(cost.processor >= Seconds(0) && cost.processor < cost.elapsed);
    }

    void withoutMetersThereIsNothing() {
        Recorder recorder(Meters{}, Seconds(0.001));
        QVERIFY(recorder.take().empty());
        QVERIFY(recorder.peek().empty());
    }
};

QTEST_GUILESS_MAIN(TestRecorder)
#include "test_recorder.moc"
