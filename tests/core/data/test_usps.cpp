// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/files.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::files;
using data::Part;

class TestUsps : public QObject {
    Q_OBJECT
private slots:
    void theRealFilesHaveTheirKnownCounts();
    void aFolderWithBothFilesKeepsTheTestPart();
    void eitherFileOfAPairOpensThePair();
    void aFileOnItsOwnIsDividedInThree();
    void compressedAndPlainAreTheSameData();
    void windowsLineEndsAndAMissingLastOneAreRead();
    void badRowsAreNamed_data();
    void badRowsAreNamed();
    void truncatedCompressionIsAnError();
    void anEmptyFileIsAnError();
    void aLineWithoutEndDoesNotFillTheMemory();
};

void TestUsps::theRealFilesHaveTheirKnownCounts() {
    const auto root = qEnvironmentVariable("GREENFRONT_TEST_DATA").toStdString();
    if (root.empty() || !std::filesystem::exists(root + "/usps"))
        QSKIP("GREENFRONT_TEST_DATA names no folder with the USPS data");
    const auto dataset = data::open(root + "/usps");
    QCOMPARE(dataset->info().name, std::string("usps"));
    QCOMPARE(dataset->info().kind, std::string("usps"));
    QCOMPARE(dataset->info().shape, (Shape{1, 16, 16}));
    QCOMPARE(dataset->info().classes.size(), std::size_t{10});
    QCOMPARE(dataset->size(Part::Train) + dataset->size(Part::Validation), std::size_t{7291});
    QCOMPARE(dataset->size(Part::Test), std::size_t{2007});
    // The count of each digit in the test part, as the data's own description lists them.
    std::vector<int> counts(10);
    for (const int label : dataset->labels(Part::Test))
        ++counts[static_cast<std::size_t>(label)];
    QCOMPARE(counts, (std::vector<int>{359, 264, 198, 166, 200, 160, 170, 147, 166, 177}));
}

void TestUsps::aFolderWithBothFilesKeepsTheTestPart() {
    const Folder folder;
    folder.put("zip.train", uspsRows());
    folder.put("zip.test", uspsRow(7, "0.25") + uspsRow(3, "-1"));
    const auto dataset = data::open(folder.text());
    QCOMPARE(dataset->size(Part::Train) + dataset->size(Part::Validation), std::size_t{40});
    QCOMPARE(dataset->size(Part::Test), std::size_t{2});
    QCOMPARE(dataset->labels(Part::Test)[0], 7);
    QCOMPARE(dataset->labels(Part::Test)[1], 3);
    QCOMPARE(sample(*dataset, Part::Test, 0), std::vector<float>(256, 0.25F));
    QCOMPARE(sample(*dataset, Part::Test, 1), std::vector<float>(256, -1.0F));
    QCOMPARE(dataset->augmentation().flip, false);
}

void TestUsps::eitherFileOfAPairOpensThePair() {
    const Folder folder;
    folder.put("zip.train", uspsRows());
    folder.put("zip.test", uspsRow(7) + uspsRow(3));
    const std::string whole = data::open(folder.text())->info().hash;
    QCOMPARE(data::open(folder.text() + "/zip.train")->info().hash, whole);
    QCOMPARE(data::open(folder.text() + "/zip.test")->info().hash, whole);
    QCOMPARE(data::open(folder.text() + "/")->info().hash, whole);
}

void TestUsps::aFileOnItsOwnIsDividedInThree() {
    const Folder folder;
    const auto dataset = data::open(folder.put("digits.txt", uspsRows()).string());
    QCOMPARE(dataset->size(Part::Train), std::size_t{20});
    QCOMPARE(dataset->size(Part::Validation), std::size_t{10});
    QCOMPARE(dataset->size(Part::Test), std::size_t{10});
}

void TestUsps::compressedAndPlainAreTheSameData() {
    const Folder plain;
    const Folder compressed;
    plain.put("zip.train", uspsRows());
    compressed.put("zip.train.gz", gzipped(uspsRows()));
    QCOMPARE(data::open(compressed.text())->info().hash, data::open(plain.text())->info().hash);
}

void TestUsps::windowsLineEndsAndAMissingLastOneAreRead() {
    const Folder folder;
    std::string rows;
    for (const char c : uspsRows())
        rows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const auto plain = folder.put("plain.txt", uspsRows());
    const auto windows = folder.put("windows.txt", rows.substr(0, rows.size() - 2));
    QCOMPARE(data::open(windows.string())->info().hash, data::open(plain.string())->info().hash);
}

void TestUsps::badRowsAreNamed_data() {
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("says");
    const auto valid = QString::fromStdString(uspsRow(1));
    QTest::newRow("too few values") << valid.chopped(5) + "\n"
                                    << "row 41 has 255 values instead of 256";
    QTest::newRow("too many values") << valid.chopped(1) + " 0.5\n"
                                     << "row 41 has 257 values instead of 256";
    QTest::newRow("not a number") << valid.chopped(2) + "x\n"
                                  << "row 41 holds '0.x'";
    QTest::newRow("NaN") << valid.chopped(4) + "nan\n"
                         << "row 41 holds 'nan', which is not a finite number";
    QTest::newRow("infinite") << valid.chopped(4) + "-inf\n"
                              << "row 41 holds '-inf', which is not a finite number";
    QTest::newRow("out of range") << valid.chopped(4) + "1.01\n"
                                  << "row 41 holds '1.01', which is not in -1..1";
    QTest::newRow("label of ten") << QString::fromStdString(uspsRow(10)) << "row 41 has the label '10.0000'";
    QTest::newRow("negative label") << QString::fromStdString(uspsRow(-1))
                                    << "row 41 has the label '-1.0000'";
    QTest::newRow("half a label") << "1.5" + valid.mid(6) << "row 41 has the label '1.5'";
    QTest::newRow("a word for a label")
        << "one" + valid.mid(6) << "row 41 begins with 'one', which is no digit";
}

void TestUsps::badRowsAreNamed() {
    QFETCH(QString, row);
    QFETCH(QString, says);
    const Folder folder;
    const auto file = folder.put("zip.train", uspsRows() + row.toStdString());
    const std::string message = openError(file);
    VERIFY_SAYS(message, file.string());
    VERIFY_SAYS(message, says.toStdString());
}

void TestUsps::truncatedCompressionIsAnError() {
    const Folder folder;
    const std::string bytes = gzipped(uspsRows());
    const auto file = folder.put("zip.train.gz", bytes.substr(0, bytes.size() / 2));
    const std::string message = openError(folder.path());
    VERIFY_SAYS(message, file.string());
    VERIFY_SAYS(message, "ends too early");
}

void TestUsps::anEmptyFileIsAnError() {
    const Folder folder;
    folder.put("zip.train", "");
    VERIFY_SAYS(openError(folder.path()), "zip.train: it is empty");
    folder.put("zip.train", "\n \n");
    VERIFY_SAYS(openError(folder.path()), "there is no row in it");
}

void TestUsps::aLineWithoutEndDoesNotFillTheMemory() {
    const Folder folder;
    folder.put("zip.train.gz", gzipped(uspsRow(1) + "2 " + std::string(64 << 20, ' ')));
    VERIFY_SAYS(openError(folder.path()), "it has a line that is too long");
}

QTEST_APPLESS_MAIN(TestUsps)
#include "test_usps.moc"
