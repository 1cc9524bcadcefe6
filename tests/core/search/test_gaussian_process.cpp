// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/gaussian_process.h"

#include "core/base/random.h"

#include <QtTest>
#include <array>
#include <cmath>
#include <numbers>

using namespace greenfront;
using namespace greenfront::search;

namespace {

// What a process starts from: amplitude 1, the noise's variance exp(-7), lengths 0.3 sqrt(d).
const double noise = std::exp(-7.0) + 1e-10;

double matern(double distance) {
    const double scaled = std::sqrt(5.0) * distance;
    return (1 + scaled + scaled * scaled / 3) * std::exp(-scaled);
}

void compareNear(double found, double expected, double tolerance = 1e-9) {
    QVERIFY2(std::abs(found - expected) <= tolerance * std::max(1.0, std::abs(expected)),
             qPrintable(QString("%1 is not %2").arg(found, 0, 'g', 12).arg(expected, 0, 'g', 12)));
}

double wave(double x) {
    return 40 + 7 * std::sin(6 * x);
}

} // namespace

class TestGaussianProcess : public QObject {
    Q_OBJECT

private slots:
    /// Two values, standardised to -1 and 1, and the 2 x 2 covariance inverted by hand.
    void twoValuesAreAsByHand() {
        GaussianProcess process(1);
        compareNear(process.logLengths().front(), std::log(0.3));
        const std::array<double, 2> values{10, 14};
        process.fit({0.2, 0.5}, values, 0);
        const double k = matern(1); // 0.3 apart is one length
        const double a = 1 + noise;
        const double weight = 1 / (a - k); // covariance^-1 (-1, 1) = (-1, 1) / (a - k)
        const auto found = process.predict(std::array<double, 3>{0.2, 0.5, 0.8});
        const double far = matern(2);
        compareNear(found[0].mean, 12 + 2 * (-1 + k) * weight);
        compareNear(found[1].mean, 12 + 2 * (1 - k) * weight);
        compareNear(found[2].mean, 12 + 2 * (k - far) * weight);
        const auto variance = [&](double first, double second) {
            return 1 - (a * first * first - 2 * k * first * second + a * second * second) / (a * a - k * k);
        };
        compareNear(found[0].deviation, 2 * std::sqrt(variance(1, k)), 1e-6);
        compareNear(found[2].deviation, 2 * std::sqrt(variance(far, k)));
        compareNear(process.likelihood(),
                    -weight - 0.5 * std::log(a * a - k * k) - std::log(2 * std::numbers::pi));
    }

    void lengthsCountInEachDimension() {
        GaussianProcess process(2);
        const double length = 0.3 * std::sqrt(2.0);
        const std::array<double, 2> values{-3, 3};
        process.fit({0, 0, 0.3, 0.4}, values, 0);
        const double k = matern(0.5 / length);
        const double near = matern(0.3 / length);  // of (0.3, 0) to the first
        const double other = matern(0.4 / length); // and to the second
        const auto found = process.predict(std::array<double, 2>{0.3, 0});
        compareNear(found[0].mean, 3 * (other - near) / (1 + noise - k));
    }

    void farAwayItKnowsNothing() {
        GaussianProcess process(1);
        const std::array<double, 3> values{1, 2, 6};
        process.fit({0, 0.1, 0.2}, values, 0);
        const auto found = process.predict(std::array<double, 1>{50});
        compareNear(found[0].mean, 3);
        compareNear(found[0].deviation, std::sqrt((4 + 1 + 9) / 3.0));
    }

    void theUnitOfValuesDoesNotMatter() {
        GaussianProcess one(1);
        GaussianProcess other(1);
        const std::vector<double> places{0.1, 0.3, 0.35, 0.8, 0.95};
        std::vector<double> values;
        std::vector<double> scaled;
        for (const double x : places) {
            values.push_back(wave(x));
            scaled.push_back(-1e3 + 1e-3 * wave(x));
        }
        one.fit(places, values, 20);
        other.fit(places, scaled, 20);
        const auto a = one.predict(std::array<double, 1>{0.5}).front();
        const auto b = other.predict(std::array<double, 1>{0.5}).front();
        compareNear((b.mean + 1e3) * 1e3, a.mean, 1e-4);
        compareNear(b.deviation * 1e3, a.deviation, 1e-4);
    }

    void fittingRaisesThePosterior() {
        Rng rng(3);
        std::vector<double> places;
        std::vector<double> values;
        for (int i = 0; i < 40; ++i) {
            const double x = rng.uniform();
            places.insert(places.end(), {x, rng.uniform()}); // the second says nothing
            values.push_back(wave(x) + 0.1 * rng.normal());
        }
        GaussianProcess process(2);
        process.fit(places, values, 0);
        const double before = process.likelihood();
        process.fit(places, values, 60);
        QVERIFY(process.likelihood() > before + 5);
        QVERIFY(process.logLengths()[1] > process.logLengths()[0] + 1);
        double squares = 0;
        for (int i = 0; i < 50; ++i) {
            const std::array<double, 2> place{(i + 0.5) / 50, rng.uniform()};
            squares += std::pow(process.predict(place).front().mean - wave(place[0]), 2) / 50;
        }
        QVERIFY2(squares < 0.05, qPrintable(QString::number(squares))); // the wave's variance is about 25
    }

    /// Of two values each is left out by hand: the one's mean is k / a times the other.
    void leavingOneOutIsPredictingItFromTheOthers() {
        GaussianProcess pair(1);
        pair.fit({0.2, 0.5}, std::array<double, 2>{-1, 1}, 0);
        const auto ofTwo = pair.leaveOneOut();
        const double k = matern(1);
        const double a = 1 + noise;
        compareNear(ofTwo[0].mean, k / a);
        compareNear(ofTwo[1].mean, -k / a);
        compareNear(ofTwo[0].deviation, std::sqrt(a - k * k / a));
        // Where all others are far away, nothing is known but the mean.
        GaussianProcess apart(1);
        apart.fit({0, 30, 60}, std::array<double, 3>{1, 2, 3}, 0);
        compareNear(apart.leaveOneOut()[2].mean, 2);
    }

    void equalPlacesAndEqualValuesAreNoTrouble() {
        GaussianProcess process(1);
        process.fit({0.5, 0.5, 0.5, 0.5}, std::array<double, 4>{1, 2, 1, 2}, 30);
        compareNear(process.predict(std::array<double, 1>{0.5}).front().mean, 1.5, 1e-6);
        GaussianProcess flat(1);
        flat.fit({0.1, 0.5, 0.9}, std::array<double, 3>{4, 4, 4}, 30);
        compareNear(flat.predict(std::array<double, 1>{0.3}).front().mean, 4);
        GaussianProcess single(1);
        single.fit({0.3}, std::array<double, 1>{7}, 30);
        compareNear(single.predict(std::array<double, 1>{0.9}).front().mean, 7);
    }
};

QTEST_APPLESS_MAIN(TestGaussianProcess)
#include "test_gaussian_process.moc"
