// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/core/data/files.h"

#include <QtTest>
#include <functional>

using namespace greenfront;
using namespace greenfront::files;

namespace {

/// A folder that opens as it is, and the file in it that gets damaged.
struct Sample {
    std::string name;
    std::function<void(const Folder&)> fill;
    std::string file;
};

std::string wavyPixels(unsigned count) {
    std::string pixels;
    for (unsigned i = 0; i < count; ++i)
        pixels += static_cast<char>(i * i * 7 % 251);
    return pixels;
}

void putImages(const Folder& folder) {
    for (const char* name : {"a/1.png", "a/2.png", "a/3.png", "b/1.png", "b/2.png", "b/3.png"})
        folder.put(name, plainPng(8, 1, 2, 3));
}

void putCifar(const Folder& folder) {
    std::string bytes;
    for (int i = 0; i < 8; ++i)
        bytes += cifarRecord(i % 2, i, i, i);
    folder.put("data_batch_1.bin", bytes);
}

std::vector<Sample> samples() {
    const auto withImage = [](const char* name, const std::string& bytes) {
        return Sample{name,
                      [=](const Folder& folder) {
                          putImages(folder);
                          folder.put(std::string("a/") + name, bytes);
                      },
                      std::string("a/") + name};
    };
    return {
        {"usps", [](const Folder& f) { f.put("zip.train", uspsRows()); }, "zip.train"},
        {"usps.gz", [](const Folder& f) { f.put("zip.train.gz", gzipped(uspsRows())); }, "zip.train.gz"},
        {"idx images", [](const Folder& f) { putIdxPart(f, "train", 20); }, "train-images-idx3-ubyte"},
        {"idx labels", [](const Folder& f) { putIdxPart(f, "train", 20); }, "train-labels-idx1-ubyte"},
        {"cifar", putCifar, "data_batch_1.bin"},
        withImage("rgb.png", pngBytes({.width = 16, .height = 16, .rows = wavyPixels(768)})),
        withImage("palette.png", pngBytes({.width = 8,
                                           .height = 8,
                                           .bits = 4,
                                           .colourType = 3,
                                           .rows = std::string(32, '\x12'),
                                           .palette = wavyPixels(12),
                                           .alpha = "\1\2"})),
        withImage("grey16.png",
                  pngBytes({.width = 8, .height = 8, .bits = 16, .colourType = 4, .rows = wavyPixels(256)})),
        withImage("baseline.jpg", jpegBytes({.width = 24, .height = 24, .pixels = wavyPixels(1728)})),
        withImage("progressive.jpg",
                  jpegBytes({.width = 24, .height = 24, .progressive = true, .pixels = wavyPixels(1728)})),
        withImage("grey.jpg",
                  jpegBytes({.width = 24, .height = 24, .components = 1, .pixels = wavyPixels(576)})),
    };
}

std::string damaged(const std::string& bytes, Rng& rng) {
    std::string result = bytes;
    if (rng.chance(0.3))
        result.resize(rng.below(bytes.size()));
    // Headers are where lies are told: half of the damage goes there.
    for (std::size_t flips = rng.below(4); flips > 0 && !result.empty(); --flips) {
        const std::size_t reach = rng.chance(0.5) ? std::min<std::size_t>(64, result.size()) : result.size();
        result[rng.below(reach)] = static_cast<char>(rng.below(256));
    }
    return result;
}

} // namespace

class TestDamage : public QObject {
    Q_OBJECT
private slots:
    void damagedFilesOpenOrAreRefused_data();
    void damagedFilesOpenOrAreRefused();
};

void TestDamage::damagedFilesOpenOrAreRefused_data() {
    QTest::addColumn<int>("index");
    const auto all = samples();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].name.c_str()) << static_cast<int>(i);
}

void TestDamage::damagedFilesOpenOrAreRefused() {
    QFETCH(int, index);
    const Sample each = samples()[static_cast<std::size_t>(index)];
    const Folder folder;
    each.fill(folder);
    QCOMPARE(openError(folder.path(), {.imageSize = 8}), std::string());
    const std::string valid = [&] {
        QFile file(QString::fromStdString((folder.path() / each.file).string()));
        const bool opened = file.open(QIODevice::ReadOnly);
        return opened ? file.readAll().toStdString() : std::string();
    }();
    QVERIFY(!valid.empty());
    Rng rng(2026, static_cast<std::uint64_t>(index));
    int refused = 0;
    for (int trial = 0; trial < 150; ++trial) {
        folder.put(each.file, damaged(valid, rng));
        try {
            data::open(folder.text(), {.imageSize = 8});
        } catch (const Error& error) { // anything else that is thrown fails the test
            ++refused;
            QVERIFY(!error.parts().reason.empty() && !error.parts().subject.empty());
        }
    }
    QVERIFY2(refused > 20, "damage goes unnoticed"); // three in ten are cut short
}

QTEST_APPLESS_MAIN(TestDamage)
#include "test_damage.moc"
