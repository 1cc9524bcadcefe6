// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/files.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::files;
using data::Part;

namespace {

constexpr data::OpenOptions eightPixels{.imageSize = 8};

/// Two classes of four plain colour images.
void putTwoClasses(const Folder& folder, const std::string& below = "") {
    for (int i = 0; i < 4; ++i) {
        folder.put(below + "dark/" + std::to_string(i) + ".png", plainPng(8, i, 0, 0));
        folder.put(below + "light/" + std::to_string(i) + ".png", plainPng(8, 250, i, 255));
    }
}

/// The single test image of a folder in which everything else is known to be good.
std::vector<float> decoded(const std::string& name, const std::string& bytes) {
    const Folder folder;
    putTwoClasses(folder, "train/");
    folder.put("test/dark/" + name, bytes);
    return sample(*data::open(folder.text(), eightPixels), Part::Test, 0);
}

std::string decodeError(const std::string& name, const std::string& bytes) {
    const Folder folder;
    putTwoClasses(folder);
    folder.put("dark/" + name, bytes);
    return openError(folder.path(), eightPixels);
}

std::vector<float> colour(float r, float g, float b) {
    std::vector<float> values;
    for (const float value : {r, g, b})
        values.insert(values.end(), 64, value);
    return values;
}

std::string repeated(const std::string& pixel, int count) {
    std::string pixels;
    for (int i = 0; i < count; ++i)
        pixels += pixel;
    return pixels;
}

bool near(const std::vector<float>& a, const std::vector<float>& b, float tolerance) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](float x, float y) { return std::abs(x - y) <= tolerance; });
}

} // namespace

class TestImages : public QObject {
    Q_OBJECT
private slots:
    void classesAreFoldersInOrderOfTheirNames();
    void partsOfTheirOwnAreKept();
    void aClassMayBeCalledTrain();
    void otherAndHiddenFilesArePassedOver();
    void endingsMayBeUpperCaseAndWrong();
    void greyPixelsMakeAGreyDataSet();
    void theSideFollowsTheImages();
    void everyKindOfPngDecodes_data();
    void everyKindOfPngDecodes();
    void jpegDecodes();
    void badImagesAreNamed_data();
    void badImagesAreNamed();
    void badFoldersAreExplained();
};

void TestImages::classesAreFoldersInOrderOfTheirNames() {
    const Folder folder;
    putTwoClasses(folder);
    const auto dataset = data::open(folder.text(), eightPixels);
    QCOMPARE(dataset->info().kind, std::string("images"));
    QCOMPARE(dataset->info().name, folder.path().filename().string());
    QCOMPARE(dataset->info().classes, (std::vector<std::string>{"dark", "light"}));
    QCOMPARE(dataset->info().shape, (Shape{3, 8, 8}));
    for (const Part part : {Part::Train, Part::Validation, Part::Test})
        for (std::size_t i = 0; i < dataset->size(part); ++i)
            QCOMPARE(sample(*dataset, part, i).front() == 250, dataset->labels(part)[i] == 1);
    QCOMPARE(dataset->size(Part::Train), std::size_t{4});
    QCOMPARE(dataset->size(Part::Validation), std::size_t{2});
    QCOMPARE(dataset->size(Part::Test), std::size_t{2});
}

void TestImages::partsOfTheirOwnAreKept() {
    const Folder folder;
    putTwoClasses(folder, "train/");
    folder.put("test/light/x.png", plainPng(8, 1, 2, 3));
    auto dataset = data::open(folder.text(), eightPixels);
    QCOMPARE(dataset->size(Part::Train) + dataset->size(Part::Validation), std::size_t{8});
    QCOMPARE(dataset->size(Part::Test), std::size_t{1});
    QCOMPARE(dataset->labels(Part::Test)[0], 1);
    QCOMPARE(sample(*dataset, Part::Test, 0), colour(1, 2, 3));
    folder.put("val/dark/y.png", plainPng(8, 4, 5, 6));
    dataset = data::open(folder.text(), eightPixels);
    QCOMPARE(dataset->size(Part::Train), std::size_t{8});
    QCOMPARE(dataset->size(Part::Validation), std::size_t{1});
    QCOMPARE(sample(*dataset, Part::Validation, 0), colour(4, 5, 6));
    folder.put("test/unknown/z.png", plainPng(8, 1, 2, 3));
    VERIFY_SAYS(openError(folder.path(), eightPixels), "the training part has no class of this name");
}

void TestImages::aClassMayBeCalledTrain() {
    const Folder folder;
    for (int i = 0; i < 4; ++i) {
        folder.put("plane/" + std::to_string(i) + ".png", plainPng(8, i, 0, 0));
        folder.put("train/" + std::to_string(i) + ".png", plainPng(8, i, 0, 9));
    }
    QCOMPARE(data::open(folder.text())->info().classes, (std::vector<std::string>{"plane", "train"}));
}

void TestImages::otherAndHiddenFilesArePassedOver() {
    const Folder folder;
    putTwoClasses(folder);
    const std::string before = data::open(folder.text(), eightPixels)->info().hash;
    folder.put("dark/notes.txt", "hello");
    folder.put("dark/.0.png", "not an image");
    folder.put(".thumbnails/0.png", "not an image");
    folder.put("README", "hello");
    QCOMPARE(data::open(folder.text(), eightPixels)->info().hash, before);
}

void TestImages::endingsMayBeUpperCaseAndWrong() {
    QCOMPARE(decoded("A.PNG", plainPng(8, 1, 2, 3)), colour(1, 2, 3));
    QCOMPARE(decoded("b.Jpeg", plainPng(8, 1, 2, 3)), colour(1, 2, 3));
}

void TestImages::greyPixelsMakeAGreyDataSet() {
    const Folder folder;
    for (int i = 0; i < 4; ++i) {
        folder.put("a/" + std::to_string(i) + ".png", plainPng(8, i, i, i));
        folder.put("b/" + std::to_string(i) + ".png", plainPng(8, 100 + i, 100 + i, 100 + i));
    }
    const auto dataset = data::open(folder.text(), eightPixels);
    QCOMPARE(dataset->info().shape, (Shape{1, 8, 8}));
    for (std::size_t i = 0; i < dataset->size(Part::Train); ++i) {
        const std::vector<float> values = sample(*dataset, Part::Train, i);
        QCOMPARE(values, std::vector<float>(64, values.front()));
        QCOMPARE(values.front() >= 100, dataset->labels(Part::Train)[i] == 1);
    }
    folder.put("a/9.png", plainPng(8, 5, 5, 6));
    QCOMPARE(data::open(folder.text(), eightPixels)->info().shape, (Shape{3, 8, 8}));
}

void TestImages::theSideFollowsTheImages() {
    const Folder small;
    putTwoClasses(small);
    QCOMPARE(data::open(small.text())->info().shape, (Shape{3, 32, 32}));
    const Folder large;
    for (int i = 0; i < 3; ++i) {
        large.put("a/" + std::to_string(i) + ".png", plainPng(80, i, 0, 0));
        large.put("b/" + std::to_string(i) + ".png", plainPng(80, i, 0, 9));
    }
    QCOMPARE(data::open(large.text())->info().shape, (Shape{3, 64, 64}));
    VERIFY_SAYS(openError(large.path(), {.imageSize = 100'000}), "a side of 100000 pixels");
    VERIFY_SAYS(openError(large.path(), {.imageSize = -1}), "a side of -1 pixels");
}

void TestImages::everyKindOfPngDecodes_data() {
    QTest::addColumn<QByteArray>("png");
    QTest::addColumn<QList<int>>("expected");
    const auto row = [](const char* name, Png png, const QList<int>& rgb) {
        png.width = 8;
        png.height = 8;
        QTest::newRow(name) << QByteArray::fromStdString(pngBytes(png)) << rgb;
    };
    using namespace std::string_literals;
    row("RGB", {.rows = repeated("\x10\x20\x30"s, 64)}, {16, 32, 48});
    row("grey", {.colourType = 0, .rows = repeated("\x50"s, 64)}, {80, 80, 80});
    row("one bit", {.bits = 1, .colourType = 0, .rows = repeated("\xff"s, 8)}, {255, 255, 255});
    row("16 bit RGB", {.bits = 16, .rows = repeated("\x10\x10\x20\x20\x30\x30"s, 64)}, {16, 32, 48});
    row("16 bit grey", {.bits = 16, .colourType = 0, .rows = repeated("\x64\x64"s, 64)}, {100, 100, 100});
    row("palette", {.colourType = 3, .rows = repeated("\1"s, 64), .palette = "\x01\x02\x03\x0a\x0b\x0c"s},
        {10, 11, 12});
    row("transparent palette",
        {.colourType = 3,
         .rows = repeated("\1"s, 64),
         .palette = "\x01\x02\x03\x0a\x0b\x0c"s,
         .alpha = "\xff\0"s},
        {255, 255, 255});
    row("opaque RGBA", {.colourType = 6, .rows = repeated("\x10\x20\x30\xff"s, 64)}, {16, 32, 48});
    row("clear RGBA lies on white", {.colourType = 6, .rows = repeated("\x10\x20\x30\0"s, 64)},
        {255, 255, 255});
    row("clear grey lies on white", {.colourType = 4, .rows = repeated("\x10\0"s, 64)}, {255, 255, 255});
}

void TestImages::everyKindOfPngDecodes() {
    QFETCH(QByteArray, png);
    QFETCH(QList<int>, expected);
    const auto at = [&](int i) { return static_cast<float>(expected[i]); };
    QCOMPARE(decoded("x.png", png.toStdString()), colour(at(0), at(1), at(2)));
}

void TestImages::jpegDecodes() {
    using namespace std::string_literals;
    const std::string pixels = repeated("\x10\x60\x30"s, 256);
    const auto expected = colour(16, 96, 48);
    for (const bool progressive : {false, true}) {
        const std::string bytes =
            jpegBytes({.width = 16, .height = 16, .progressive = progressive, .pixels = pixels});
        QVERIFY(near(decoded("x.jpg", bytes), expected, 3));
    }
    const std::string grey =
        jpegBytes({.width = 16, .height = 16, .components = 1, .pixels = std::string(256, 'd')});
    QVERIFY(near(decoded("x.jpg", grey), colour(100, 100, 100), 1));
}

void TestImages::badImagesAreNamed_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const std::string& bytes, const char* says) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << says;
    };
    const std::string png = plainPng(32, 1, 2, 3);
    const std::string noise = [] {
        std::string pixels;
        for (unsigned i = 0; i < 32 * 32 * 3; ++i)
            pixels += static_cast<char>(i * i * 7 % 251);
        return pixels;
    }();
    const std::string jpeg = jpegBytes({.width = 32, .height = 32, .pixels = noise});
    row("empty", "", "the file is empty");
    row("text", "hello", "neither PNG nor JPEG");
    row("PNG cut in its header", png.substr(0, 20), "ends inside its header");
    row("PNG cut in its pixels", png.substr(0, png.size() - 24), "does not decode");
    row("PNG without pixels", pngBytes({.width = 0, .height = 0}), "it has no pixels");
    row("huge PNG", pngBytes({.width = 1'000'000, .height = 1'000'000, .rows = std::string(1000, 'x')}),
        "more than 50 million");
    row("PNG of 2^31 rows", pngBytes({.width = 1, .height = 0x80000000, .rows = {}}), "more than 50 million");
    row("PNG larger than its bytes", pngBytes({.width = 7000, .height = 7000, .rows = {}}), "cannot hold");
    row("JPEG cut in its pixels", jpeg.substr(0, jpeg.size() / 2), "does not decode");
    row("JPEG cut in its header", jpeg.substr(0, 30), "does not decode");
    row("CMYK JPEG", jpegBytes({.width = 8, .height = 8, .components = 4, .pixels = std::string(256, 'x')}),
        "CMYK");
}

void TestImages::badImagesAreNamed() {
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    const std::string message = decodeError("bad.png", content.toStdString());
    VERIFY_SAYS(message, "bad.png");
    VERIFY_SAYS(message, says.toStdString());
}

void TestImages::badFoldersAreExplained() {
    const Folder empty;
    VERIFY_SAYS(openError(empty.path()), "no folder with PNG or JPEG images");
    const Folder loose;
    loose.put("a.png", plainPng(8, 1, 2, 3));
    VERIFY_SAYS(openError(loose.path()), "no folder with PNG or JPEG images");
    VERIFY_SAYS(openError(loose.path() / "a.png"), "it is a single image");
    const Folder one;
    one.put("a/a.png", plainPng(8, 1, 2, 3));
    VERIFY_SAYS(openError(one.path()), "only one class in it, 'a'");
    one.put("b/readme.txt", "hello");
    VERIFY_SAYS(openError(one.path()), "b: there is no PNG or JPEG image in it");
    one.put("b/b.png", plainPng(8, 1, 2, 3));
    VERIFY_SAYS(openError(one.path()), "its validation part would be empty");
}

QTEST_APPLESS_MAIN(TestImages)
#include "test_images.moc"
