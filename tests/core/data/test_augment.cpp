// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/augment.h"

#include <QtTest>
#include <numeric>
#include <set>

using namespace greenfront;
using data::Augmentation;
using Values = std::vector<float>;

namespace {

constexpr Shape shape{2, 5, 4};
const Values background{-1, -2};

Values counted() {
    Values values(shape.size());
    std::iota(values.begin(), values.end(), 1.0F);
    return values;
}

Values augmented(const Augmentation& how, std::uint64_t seed) {
    Values values = counted();
    Rng rng(seed);
    data::augment(values, shape, how, background, rng);
    return values;
}

std::size_t at(int channel, int y, int x) {
    return static_cast<std::size_t>((channel * shape.height + y) * shape.width + x);
}

/// The whole image moved, what comes in from outside filled.
Values moved(const Values& values, int dy, int dx) {
    Values result;
    for (int c = 0; c < shape.channels; ++c)
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x) {
                const bool inside =
                    y - dy >= 0 && y - dy < shape.height && x - dx >= 0 && x - dx < shape.width;
                result.push_back(inside ? values[at(c, y - dy, x - dx)]
                                        : background[static_cast<std::size_t>(c)]);
            }
    return result;
}

Values mirrored(const Values& values) {
    Values result = values;
    for (int c = 0; c < shape.channels; ++c)
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x)
                result[at(c, y, x)] = values[at(c, y, shape.width - 1 - x)];
    return result;
}

/// All moves up to `limit` each way.
std::set<Values> movesUpTo(int limit) {
    std::set<Values> all;
    for (int dy = -limit; dy <= limit; ++dy)
        for (int dx = -limit; dx <= limit; ++dx)
            all.insert(moved(counted(), dy, dx));
    return all;
}

std::set<Values> outcomes(const Augmentation& how) {
    std::set<Values> seen;
    for (std::uint64_t seed = 0; seed < 400; ++seed)
        seen.insert(augmented(how, seed));
    return seen;
}

} // namespace

class TestAugment : public QObject {
    Q_OBJECT
private slots:
    void nothingAskedForChangesNothing();
    void shiftGivesEveryWholeMoveAndNoOther();
    void cropIsAShiftWithinThePadding();
    void flipMirrorsOrLeaves();
    void smallRotationAndScaleStayNear();
    void aQuarterTurnStaysWithinTheImagesValues();
    void aConstantImageOnItsOwnGroundStaysConstant();
    void theSameSeedGivesTheSame();
    void everySampleDrawsTheSameCount();
};

void TestAugment::nothingAskedForChangesNothing() {
    QCOMPARE(outcomes({}), std::set<Values>{counted()});
}

void TestAugment::shiftGivesEveryWholeMoveAndNoOther() {
    QCOMPARE(outcomes({.shift = 1}), movesUpTo(1));
    QCOMPARE(outcomes({.shift = 2}), movesUpTo(2));
}

void TestAugment::cropIsAShiftWithinThePadding() {
    QCOMPARE(outcomes({.crop = 2}), movesUpTo(2));
}

void TestAugment::flipMirrorsOrLeaves() {
    QCOMPARE(outcomes({.flip = true}), (std::set<Values>{counted(), mirrored(counted())}));
    for (const Values& once : outcomes({.flip = true}))
        QVERIFY(mirrored(once) == counted() || once == counted());
    // Mirroring what was mirrored gives back the original.
    std::uint64_t flips = 0;
    while (augmented({.flip = true}, flips) == counted())
        ++flips;
    Values twice = augmented({.flip = true}, flips);
    Rng rng(flips);
    data::augment(twice, shape, {.flip = true}, background, rng);
    QCOMPARE(twice, counted());
}

void TestAugment::smallRotationAndScaleStayNear() {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const Values result = augmented({.rotation = 0.001, .scale = 1e-6}, seed);
        for (const int y : {1, 2, 3}) // away from the edge, where the ground mixes in
            for (const int x : {1, 2})
                QVERIFY(std::abs(result[at(0, y, x)] - counted()[at(0, y, x)]) < 0.01F);
    }
}

void TestAugment::aQuarterTurnStaysWithinTheImagesValues() {
    for (std::uint64_t seed = 0; seed < 50; ++seed)
        for (const float value : augmented({.shift = 2, .flip = true, .rotation = 90, .scale = 0.5}, seed))
            QVERIFY(value >= -2 && value <= 40);
}

void TestAugment::aConstantImageOnItsOwnGroundStaysConstant() {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Values values(shape.size(), 3.0F);
        Rng rng(seed);
        data::augment(values, shape, {.shift = 2, .flip = true, .rotation = 30, .scale = 0.3, .crop = 1},
                      Values{3, 3}, rng);
        for (const float value : values)
            QVERIFY(std::abs(value - 3) < 1e-5F);
    }
}

void TestAugment::theSameSeedGivesTheSame() {
    const Augmentation everything{.shift = 2, .flip = true, .rotation = 10, .scale = 0.1, .crop = 1};
    QCOMPARE(augmented(everything, 5), augmented(everything, 5));
    QVERIFY(augmented(everything, 5) != augmented(everything, 6));
}

void TestAugment::everySampleDrawsTheSameCount() {
    const Augmentation everything{.shift = 2, .flip = true, .rotation = 10, .scale = 0.1, .crop = 1};
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        Rng one(seed);
        Rng other(seed);
        Values values = counted();
        data::augment(values, shape, {}, background, one);
        data::augment(values, shape, everything, background, other);
        QCOMPARE(one.uniform(), other.uniform());
    }
}

QTEST_APPLESS_MAIN(TestAugment)
#include "test_augment.moc"
