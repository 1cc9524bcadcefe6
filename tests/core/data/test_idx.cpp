// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/files.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::files;
using data::Part;

class TestIdx : public QObject {
    Q_OBJECT
private slots:
    void pixelsAndLabelsComeAsTheyAre();
    void anImageFileFindsItsLabels();
    void filesWithDotsAndCompressionAreFound();
    void theLabelFileAloneIsRefused();
    void damagedHeadersAreRefused_data();
    void damagedHeadersAreRefused();
    void badLabelsAreRefused();
    void moreThanTenClassesCountOnWithoutAGap();
    void aCompressedFileThatExpandsBeyondItsHeaderIsRefused();
    void theTestPartMustMatch();
};

void TestIdx::pixelsAndLabelsComeAsTheyAre() {
    const Folder folder;
    putIdxPart(folder, "train", 20);
    putIdxPart(folder, "t10k", 4);
    const auto dataset = data::open(folder.text());
    QCOMPARE(dataset->info().kind, std::string("idx"));
    QCOMPARE(dataset->info().shape, (Shape{1, 2, 3}));
    QCOMPARE(dataset->info().classes, (std::vector<std::string>{"0", "1"}));
    QCOMPARE(dataset->size(Part::Train) + dataset->size(Part::Validation), std::size_t{20});
    QCOMPARE(dataset->size(Part::Test), std::size_t{4});
    for (std::size_t i = 0; i < 4; ++i) {
        QCOMPARE(dataset->labels(Part::Test)[i], static_cast<int>(i % 2));
        QCOMPARE(sample(*dataset, Part::Test, i), std::vector<float>(6, static_cast<float>(i)));
    }
}

void TestIdx::anImageFileFindsItsLabels() {
    const Folder folder;
    putIdxPart(folder, "letters", 20);
    const auto dataset = data::open(folder.text() + "/letters-images-idx3-ubyte");
    QCOMPARE(dataset->size(Part::Train) + dataset->size(Part::Validation) + dataset->size(Part::Test),
             std::size_t{20});
    std::filesystem::remove(folder.path() / "letters-labels-idx1-ubyte");
    VERIFY_SAYS(openError(folder.path() / "letters-images-idx3-ubyte"), "no file with its labels");
}

void TestIdx::filesWithDotsAndCompressionAreFound() {
    const Folder plain;
    const Folder other;
    putIdxPart(plain, "train", 20);
    std::string pixels;
    for (int i = 0; i < 20; ++i)
        pixels += std::string(6, static_cast<char>(i));
    std::string labels;
    for (int i = 0; i < 20; ++i)
        labels += static_cast<char>(i % 2);
    other.put("train-images.idx3-ubyte.gz", gzipped(idxImages(20, 2, 3, pixels)));
    other.put("train-labels.idx1-ubyte", idxLabels(labels));
    QCOMPARE(data::open(other.text())->info().hash, data::open(plain.text())->info().hash);
}

void TestIdx::theLabelFileAloneIsRefused() {
    const Folder folder;
    putIdxPart(folder, "train", 20);
    VERIFY_SAYS(openError(folder.path() / "train-labels-idx1-ubyte"), "only labels");
    std::filesystem::remove(folder.path() / "train-images-idx3-ubyte");
    VERIFY_SAYS(openError(folder.path()), "but not its images");
}

void TestIdx::damagedHeadersAreRefused_data() {
    QTest::addColumn<QByteArray>("images");
    QTest::addColumn<QString>("says");
    const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
    const std::string pixels(120, '\7');
    constexpr std::uint32_t huge = 0xffffffff;
    QTest::newRow("empty") << QByteArray() << "it is empty";
    QTest::newRow("half a header") << bytes(idxImages(20, 2, 3, pixels).substr(0, 11))
                                   << "ends inside its header";
    QTest::newRow("another magic") << bytes("\1" + idxImages(20, 2, 3, pixels).substr(1)) << "no IDX file";
    QTest::newRow("floats") << bytes(idxImages(20, 2, 3, pixels).replace(2, 1, "\x0d")) << "no IDX file";
    QTest::newRow("2^40 pixels") << bytes(idxImages(huge, 256, 256, pixels)) << "more than 2 GiB";
    QTest::newRow("overflow of the product")
        << bytes(idxImages(20, huge, huge, pixels)) << "4294967295 x 4294967295";
    QTest::newRow("no rows") << bytes(idxImages(20, 0, 3, pixels)) << "0 x 3 pixels";
    QTest::newRow("no samples") << bytes(idxImages(0, 2, 3, "")) << "no samples";
    QTest::newRow("one image too few") << bytes(idxImages(20, 2, 3, pixels.substr(6))) << "ends before all";
    QTest::newRow("one byte too many")
        << bytes(idxImages(20, 2, 3, pixels + "x")) << "more than its header says";
    QTest::newRow("another count than labels") << bytes(idxImages(10, 4, 3, pixels)) << "10 images, but";
}

void TestIdx::damagedHeadersAreRefused() {
    QFETCH(QByteArray, images);
    QFETCH(QString, says);
    const Folder folder;
    putIdxPart(folder, "train", 20);
    const auto file = folder.put("train-images-idx3-ubyte", images.toStdString());
    const std::string message = openError(folder.path());
    VERIFY_SAYS(message, file.string());
    VERIFY_SAYS(message, says.toStdString());
}

void TestIdx::badLabelsAreRefused() {
    const Folder folder;
    putIdxPart(folder, "train", 20);
    folder.put("train-labels-idx1-ubyte", idxLabels(std::string(19, '\1') + '\xfa'));
    VERIFY_SAYS(openError(folder.path()), "it has the label 250");
    folder.put("train-labels-idx1-ubyte", idxLabels(std::string(20, '\1')));
    VERIFY_SAYS(openError(folder.path()), "of one class");
}

void TestIdx::moreThanTenClassesCountOnWithoutAGap() {
    const Folder folder;
    const auto put = [&](int first, int last) {
        std::string labels;
        for (int i = 0; i < 3; ++i)
            for (int label = first; label <= last; ++label)
                labels += static_cast<char>(label);
        const auto count = static_cast<std::uint32_t>(labels.size());
        folder.put("train-images-idx3-ubyte", idxImages(count, 1, 1, labels));
        folder.put("train-labels-idx1-ubyte", idxLabels(labels));
    };
    put(1, 26);
    QCOMPARE(data::open(folder.text())->info().classes.size(), std::size_t{27});
    put(2, 26);
    VERIFY_SAYS(openError(folder.path()), "no sample with the label 1");
}

void TestIdx::aCompressedFileThatExpandsBeyondItsHeaderIsRefused() {
    const Folder folder;
    putIdxPart(folder, "train", 20);
    std::filesystem::remove(folder.path() / "train-images-idx3-ubyte");
    folder.put("train-images-idx3-ubyte.gz", gzipped(idxImages(20, 2, 3, std::string(64 << 20, '\0'))));
    VERIFY_SAYS(openError(folder.path()), "more than its header says");
}

void TestIdx::theTestPartMustMatch() {
    const Folder folder;
    putIdxPart(folder, "train", 20);
    putIdxPart(folder, "t10k", 4);
    folder.put("t10k-images-idx3-ubyte", idxImages(4, 3, 2, std::string(24, '\0')));
    VERIFY_SAYS(openError(folder.path()), "not of the same size as those of the training part");
    putIdxPart(folder, "t10k", 4);
    folder.put("t10k-labels-idx1-ubyte", idxLabels(std::string(3, '\0') + '\2'));
    VERIFY_SAYS(openError(folder.path()), "it has the label 2, which the training part has not");
}

QTEST_APPLESS_MAIN(TestIdx)
#include "test_idx.moc"
