// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/data/area_scaler.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using data::AreaScaler;
using Bytes = std::vector<std::uint8_t>;

namespace {

/// The same value in all three colours.
Bytes scaled(const std::vector<Bytes>& rows, int side) {
    AreaScaler scaler(static_cast<int>(rows.front().size()), static_cast<int>(rows.size()), side);
    for (const Bytes& row : rows) {
        Bytes rgb;
        for (const std::uint8_t value : row)
            rgb.insert(rgb.end(), 3, value);
        scaler.addRow(rgb);
    }
    Bytes planes = scaler.planes();
    planes.resize(planes.size() / 3);
    return planes;
}

} // namespace

class TestScaler : public QObject {
    Q_OBJECT
private slots:
    void theSameSizeChangesNothing();
    void aTargetPixelIsTheMeanOfItsArea();
    void fractionsOfPixelsCountByTheirArea();
    void enlargingRepeats();
    void coloursComeApart();
    void theMeanStays();
};

void TestScaler::theSameSizeChangesNothing() {
    QCOMPARE(scaled({{1, 2}, {3, 255}}, 2), (Bytes{1, 2, 3, 255}));
}

void TestScaler::aTargetPixelIsTheMeanOfItsArea() {
    QCOMPARE(scaled({{0, 10, 100, 100}, {20, 30, 100, 104}}, 1), Bytes{58});
    QCOMPARE(scaled({{0, 10, 100, 100}, {20, 30, 100, 104}, {1, 1, 7, 7}, {1, 1, 7, 7}}, 2),
             (Bytes{15, 101, 1, 7}));
}

void TestScaler::fractionsOfPixelsCountByTheirArea() {
    // Three columns onto two: each target is one column and half of the middle one.
    QCOMPARE(scaled({{90, 30, 0}}, 2), (Bytes{70, 10, 70, 10}));
}

void TestScaler::enlargingRepeats() {
    QCOMPARE(scaled({{5, 9}, {1, 3}}, 4), (Bytes{5, 5, 9, 9, 5, 5, 9, 9, 1, 1, 3, 3, 1, 1, 3, 3}));
}

void TestScaler::coloursComeApart() {
    AreaScaler scaler(2, 1, 1);
    scaler.addRow(Bytes{10, 20, 30, 20, 40, 60});
    QCOMPARE(scaler.planes(), (Bytes{15, 30, 45}));
}

void TestScaler::theMeanStays() {
    Rng rng(7);
    for (const auto& [width, height, side] : {std::array{31, 17, 8}, {8, 8, 32}, {100, 3, 13}}) {
        std::vector<Bytes> rows(static_cast<std::size_t>(height));
        double before = 0;
        for (Bytes& row : rows)
            for (int x = 0; x < width; ++x) {
                row.push_back(static_cast<std::uint8_t>(rng.below(256)));
                before += row.back();
            }
        double after = 0;
        for (const std::uint8_t value : scaled(rows, side))
            after += value;
        QVERIFY(std::abs(before / (width * height) - after / (side * side)) <=
                0.5); // rounding to whole values
    }
}

QTEST_APPLESS_MAIN(TestScaler)
#include "test_scaler.moc"
