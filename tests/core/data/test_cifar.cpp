// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/files.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::files;
using data::Part;

namespace {

/// Six records of each of the labels 0 and 9.
std::string batch() {
    std::string bytes;
    for (int i = 0; i < 6; ++i)
        bytes += cifarRecord(0, 10, 20, 30) + cifarRecord(9, 200, 210, 220);
    return bytes;
}

} // namespace

class TestCifar : public QObject {
    Q_OBJECT
private slots:
    void recordsComeAsChannels();
    void classNamesComeFromTheFolder();
    void aHundredClassesUseTheFineLabel();
    void damageIsRefused();
    void aMissingBatchIsNamed();
};

void TestCifar::recordsComeAsChannels() {
    const Folder folder;
    folder.put("data_batch_1.bin", batch());
    folder.put("data_batch_2.bin", batch());
    folder.put("test_batch.bin", cifarRecord(9, 1, 2, 3));
    const auto dataset = data::open(folder.text());
    QCOMPARE(dataset->info().kind, std::string("cifar"));
    QCOMPARE(dataset->info().shape, (Shape{3, 32, 32}));
    QCOMPARE(dataset->info().classes.size(), std::size_t{10});
    QCOMPARE(dataset->size(Part::Train) + dataset->size(Part::Validation), std::size_t{24});
    QCOMPARE(dataset->size(Part::Test), std::size_t{1});
    QCOMPARE(dataset->labels(Part::Test)[0], 9);
    const std::vector<float> values = sample(*dataset, Part::Test, 0);
    for (std::size_t i = 0; i < values.size(); ++i)
        QCOMPARE(values[i], static_cast<float>(1 + i / 1024));
    QVERIFY(dataset->augmentation().flip);
    QCOMPARE(dataset->augmentation().crop, 4);
}

void TestCifar::classNamesComeFromTheFolder() {
    const Folder folder;
    folder.put("data_batch_1.bin", batch());
    folder.put("batches.meta.txt", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
    QCOMPARE(data::open(folder.text())->info().classes.back(), std::string("j"));
    folder.put("batches.meta.txt", "a\nb\n");
    VERIFY_SAYS(openError(folder.path()), "10 different class names");
}

void TestCifar::aHundredClassesUseTheFineLabel() {
    const Folder folder;
    std::string records;
    for (int i = 0; i < 12; ++i)
        records += '\5' + cifarRecord(i % 2 == 0 ? 99 : 42, i, i, i);
    folder.put("train.bin", records);
    folder.put("test.bin", '\6' + cifarRecord(42, 1, 2, 3));
    const auto dataset = data::open(folder.text());
    QCOMPARE(dataset->info().classes.size(), std::size_t{100});
    QCOMPARE(dataset->labels(Part::Test)[0], 42);
    QCOMPARE(sample(*dataset, Part::Test, 0).front(), 1.0F);
    QCOMPARE(sample(*dataset, Part::Test, 0).back(), 3.0F);
}

void TestCifar::damageIsRefused() {
    const Folder folder;
    folder.put("data_batch_1.bin", batch() + "x");
    VERIFY_SAYS(openError(folder.path()),
                "data_batch_1.bin: its size is no multiple of a record's 3073 bytes");
    folder.put("data_batch_1.bin", batch() + cifarRecord(10, 0, 0, 0));
    VERIFY_SAYS(openError(folder.path()), "data_batch_1.bin: a record has the label 10 of 10 classes");
    folder.put("data_batch_1.bin", "");
    VERIFY_SAYS(openError(folder.path()), "data_batch_1.bin: it is empty");
}

void TestCifar::aMissingBatchIsNamed() {
    const Folder folder;
    folder.put("data_batch_1.bin", batch());
    folder.put("data_batch_3.bin", batch());
    VERIFY_SAYS(openError(folder.path()), "data_batch_2.bin: there is no such file");
    const Folder testOnly;
    testOnly.put("test_batch.bin", batch());
    VERIFY_SAYS(openError(testOnly.path()), "no training batches");
}

QTEST_APPLESS_MAIN(TestCifar)
#include "test_cifar.moc"
