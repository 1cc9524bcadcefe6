// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/energy/counter_meter.h"
#include "core/energy/power_meter.h"
#include "core/energy/track.h"

#include <QTest>
#include <cmath>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

/// A machine whose true power is known at every moment.
struct Machine {
    static constexpr std::uint64_t range = 300'000'000; // 300 J: wraps all the time
    double now = 0, joules = 0, watts = 0;
    bool blind = false;

    void run(double seconds, double power) {
        now += seconds;
        joules += (watts + power) / 2 * seconds; // it changes evenly
        watts = power;
    }
    std::optional<std::uint64_t> counter() const {
        if (blind)
            return std::nullopt;
        return static_cast<std::uint64_t>(std::llround(joules * 1e6)) % range;
    }
    std::optional<Watts> power() const { return blind ? std::nullopt : std::optional(Watts(watts)); }
};

Description named(const std::string& source) {
    Description description;
    description.source = source;
    description.uncertainty = 0.05;
    return description;
}

struct Tracks {
    std::shared_ptr<Machine> machine;
    Track counter, power;

    explicit Tracks(const std::shared_ptr<Machine>& m)
        : machine(m),
          counter(std::make_unique<CounterMeter>(
                      named("counter"), CounterScale{1e-6, Machine::range, Watts(100)},
                      [m] { return m->counter(); }, *m->counter(), [m] { return Seconds(m->now); }),
                  Seconds(0)),
          power(std::make_unique<PowerMeter>(
                    named("power"), [m] { return m->power(); }, [m] { return Seconds(m->now); }),
                Seconds(0)) {}

    void sample() {
        counter.sample(Seconds(machine->now));
        power.sample(Seconds(machine->now));
    }
};

bool same(double a, double b) {
    return std::abs(a - b) < 1e-3; // a counter shows whole microjoules
}

} // namespace

/// However a run is cut into phases, and whatever fails on the way, their joules add up to the run's.
class TestPhases : public QObject {
    Q_OBJECT
private slots:
    void phasesAddUpToTheIntegralOverTheRun() {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            Rng rng(seed);
            const auto machine = std::make_shared<Machine>();
            Tracks tracks(machine);
            double counted = 0, sampled = 0, seconds = 0;
            const auto phases = 1 + rng.below(10);
            for (std::size_t phase = 0; phase < phases; ++phase) {
                for (auto steps = rng.below(20); steps > 0; --steps) {
                    machine->run(rng.uniform(0.01, 1.4), rng.uniform(0, 100));
                    tracks.sample();
                }
                machine->run(rng.uniform(0.01, 1.4), rng.uniform(0, 100));
                tracks.sample(); // at the end of the phase
                const auto reading = tracks.counter.reading(Seconds(machine->now));
                counted += reading.joules.value;
                seconds += reading.seconds.value;
                sampled += tracks.power.reading(Seconds(machine->now)).joules.value;
                QCOMPARE(reading.gaps, 0);
                QCOMPARE(reading.unseen.value, 0.0);
                QVERIFY(reading.low <= reading.joules && reading.joules <= reading.high);
                tracks.counter.startInterval(Seconds(machine->now));
                tracks.power.startInterval(Seconds(machine->now));
            }
            QVERIFY2(same(counted, machine->joules), qPrintable(QString::number(counted - machine->joules)));
            QVERIFY(same(sampled, machine->joules));
            QVERIFY(same(seconds, machine->now));
        }
    }

    void failedReadsMoveJoulesBetweenPhasesButLoseNone() {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            Rng rng(seed);
            const auto machine = std::make_shared<Machine>();
            Tracks tracks(machine);
            double counted = 0;
            int gaps = 0, failures = 0;
            for (int phase = 0; phase < 8; ++phase) {
                for (int step = 0; step < 5; ++step) {
                    machine->run(rng.uniform(0.01, 0.2), rng.uniform(0, 100));
                    // The last read of all succeeds, and no two that fail are far apart.
                    machine->blind = !machine->blind && rng.chance(0.4) && !(phase == 7 && step == 4);
                    failures += machine->blind ? 1 : 0;
                    tracks.sample();
                }
                const auto reading = tracks.counter.reading(Seconds(machine->now));
                counted += reading.joules.value;
                gaps += reading.gaps;
                QCOMPARE(reading.unseen.value > 0, machine->blind);
                tracks.counter.startInterval(Seconds(machine->now));
            }
            QCOMPARE(gaps, failures);
            QVERIFY(same(counted, machine->joules));
        }
    }

    void whatAPowerMeterDoesNotSeeIsToldAndWithinTheInterval() {
        const auto machine = std::make_shared<Machine>();
        machine->watts = 50;
        Tracks tracks(machine);
        machine->run(6, 50);
        tracks.sample();
        machine->blind = true;
        machine->run(2, 50);
        tracks.sample();
        machine->blind = false;
        machine->run(2, 50);
        tracks.sample();
        const auto reading = tracks.power.reading(Seconds(machine->now));
        QCOMPARE(reading.gaps, 1);
        QCOMPARE(reading.unseen.value, 4.0);
        QCOMPARE(reading.joules.value, 300.0);
        QCOMPARE(reading.low.value, 300.0 * 0.95);
        QCOMPARE(reading.high.value, 500.0 * 1.05); // as if the rest went on like this
        QVERIFY(reading.known());
    }

    void aPhaseOfWhichNothingWasSeenIsNotZero() {
        const auto machine = std::make_shared<Machine>();
        machine->watts = 50;
        Tracks tracks(machine);
        machine->blind = true;
        machine->run(2, 50);
        tracks.sample();
        QVERIFY(!tracks.power.reading(Seconds(machine->now)).known());
        QVERIFY(!tracks.counter.reading(Seconds(machine->now)).known());
    }

    void aSourceThatIsLateWidensTheIntervalAtItsEnds() {
        const auto machine = std::make_shared<Machine>();
        machine->watts = 50;
        auto description = named("late");
        description.resolution = Seconds(0.1);
        Track track(std::make_unique<PowerMeter>(
                        description, [machine] { return machine->power(); },
                        [machine] { return Seconds(machine->now); }),
                    Seconds(0));
        machine->run(1, 50);
        track.sample(Seconds(1));
        const auto reading = track.reading(Seconds(1));
        QCOMPARE(reading.low.value, 50 * 0.95 - 5);
        QCOMPARE(reading.high.value, 50 * 1.05 + 5);
    }
};

QTEST_APPLESS_MAIN(TestPhases)
#include "test_phases.moc"
