// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "tests/core/data/files.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace greenfront;
using namespace greenfront::files;
using data::Part;

namespace {

/// Twelve rows of three classes: two numbers, and a colour.
std::string flowers() {
    std::string text = "length,width,colour,species\n";
    for (int i = 0; i < 12; ++i)
        text += std::to_string(i) + "," + std::to_string(i * 10) + ".5," + (i % 2 ? "red" : "blue") + "," +
                (i % 3 == 0   ? "iris"
                 : i % 3 == 1 ? "rose"
                              : "tulip") +
                "\n";
    return text;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

std::shared_ptr<const data::Dataset> opened(const std::string& text, const std::string& label = {},
                                            const std::string& name = "flowers.csv") {
    const Folder folder;
    return data::open(folder.put(name, text).string(), {.label = label});
}

/// All samples of all parts in the file's own units, in order of their first feature.
std::vector<std::vector<float>> allRows(const data::Dataset& dataset) {
    std::vector<std::vector<float>> rows;
    for (const Part part : {Part::Train, Part::Validation, Part::Test})
        for (std::size_t i = 0; i < dataset.size(part); ++i)
            rows.push_back(sample(dataset, part, i));
    std::ranges::sort(rows);
    return rows;
}

} // namespace

class TestTable : public QObject {
    Q_OBJECT
private slots:
    void numbersAndTextsBecomeFeatures();
    void classesAreTextsOrNumbersInTheirOrder();
    void theLabelIsNamedOrFound();
    void aFirstLineWithANumberIsARow();
    void separatorsQuotesAndLineEndsAreTold();
    void featuresAreStandardisedByTheTrainingPart();
    void smallUnitsAreNotTakenForConstants();
    void missingNumbersBecomeTheTrainingPartsMedian();
    void missingTextsAreNoneOfTheKnown();
    void anEmptyColumnIsLeftOutAndSaid();
    void reopeningKeepsTheLabel();
    void compressedAndPlainAreTheSameData();
    void namesInOtherEncodingsAreReadable();
    void badTablesAreNamed_data();
    void badTablesAreNamed();
    void aLineWithoutEndDoesNotFillTheMemory();
    void damagedTablesOpenOrAreRefused();
    void aRealTableIsRefusedForItsNames();
    void aRealTableIsRead();
};

void TestTable::numbersAndTextsBecomeFeatures() {
    const auto dataset = opened(flowers());
    const data::Info& info = dataset->info();
    QCOMPARE(info.kind, std::string("table"));
    QCOMPARE(info.name, std::string("flowers"));
    QCOMPARE(info.shape, (Shape{4, 1, 1}));
    QCOMPARE(info.table->label, std::string("species"));
    QCOMPARE(info.table->features,
             (std::vector<std::string>{"length", "width", "colour=blue", "colour=red"}));
    const auto rows = allRows(*dataset);
    QCOMPARE(rows.size(), std::size_t{12});
    QCOMPARE(rows[3], (std::vector<float>{3, 30.5F, 0, 1}));
    QCOMPARE(rows[4], (std::vector<float>{4, 40.5F, 1, 0}));
}

void TestTable::classesAreTextsOrNumbersInTheirOrder() {
    QCOMPARE(opened(flowers())->info().classes, (std::vector<std::string>{"iris", "rose", "tulip"}));
    std::string numbers = "a,label\n";
    for (int i = 0; i < 12; ++i)
        numbers += std::to_string(i) + (i % 3 == 0 ? ",10\n" : i % 3 == 1 ? ",9.0\n" : ",-1\n");
    const auto dataset = opened(numbers);
    QCOMPARE(dataset->info().classes, (std::vector<std::string>{"-1", "9", "10"}));
    for (const Part part : {Part::Train, Part::Validation, Part::Test})
        for (std::size_t i = 0; i < dataset->size(part); ++i)
            QCOMPARE(dataset->labels(part)[i], 2 - static_cast<int>(sample(*dataset, part, i)[0]) % 3);
}

void TestTable::theLabelIsNamedOrFound() {
    QCOMPARE(opened(flowers(), "colour")->info().classes, (std::vector<std::string>{"blue", "red"}));
    QCOMPARE(opened(replaced(flowers(), "colour", "Target"))->info().table->label, std::string("Target"));
    const Folder folder;
    VERIFY_SAYS(openError(folder.put("x.csv", flowers()), {.label = "price"}),
                "it has no column 'price'. Its columns are length, width, colour, species");
}

void TestTable::aFirstLineWithANumberIsARow() {
    const std::string text = flowers();
    const auto dataset = opened(text.substr(text.find('\n') + 1));
    QCOMPARE(allRows(*dataset).size(), std::size_t{12});
    QCOMPARE(dataset->info().table->label, std::string("column4"));
    QCOMPARE(dataset->info().table->features.front(), std::string("column1"));
}

void TestTable::separatorsQuotesAndLineEndsAreTold() {
    const std::string hash = opened(flowers())->info().hash;
    for (const char separator : {';', '\t'}) {
        std::string text = flowers();
        std::ranges::replace(text, ',', separator);
        QCOMPARE(opened(text, {}, separator == '\t' ? "flowers.TSV" : "flowers.csv")->info().hash, hash);
        if (separator == ';') { // and numbers with a decimal comma
            std::ranges::replace(text, '.', ',');
            QCOMPARE(opened(text)->info().hash, hash);
        }
    }
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : flowers())
        windows += c == '\n' ? std::string("\r\n\r\n") : std::string(1, c);
    QCOMPARE(opened(windows.substr(0, windows.size() - 4))->info().hash, hash);
    std::string quoted = replaced(flowers(), "length", "\"length, \"\"cm\"\"\nin all\"");
    quoted = replaced(quoted, "3,30.5", " \"3\" ,30.5");
    VERIFY_SAYS(errorOf([&] { opened(quoted); }), "in record 6"); // a quote within a field
    quoted = replaced(quoted, " \"3\" ,30.5", "\"3\", 30.5 ");
    QCOMPARE(opened(quoted)->info().hash, hash);
    QCOMPARE(opened(quoted)->info().table->features.front(), std::string("length, \"cm\" in all"));
}

void TestTable::featuresAreStandardisedByTheTrainingPart() {
    const auto dataset = opened(flowers());
    std::vector<std::size_t> all(dataset->size(Part::Train));
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::vector<float> values(all.size() * 4);
    dataset->copyNormalised(Part::Train, all, values);
    for (std::size_t f = 0; f < 4; ++f) {
        double sum = 0, squares = 0;
        for (std::size_t i = f; i < values.size(); i += 4) {
            sum += values[i];
            squares += values[i] * values[i];
        }
        QVERIFY(std::abs(sum) < 1e-4);
        QVERIFY(std::abs(squares / static_cast<double>(all.size()) - 1) < 1e-4);
    }
}

void TestTable::smallUnitsAreNotTakenForConstants() {
    std::string text = "farad,hertz,always,label\n";
    for (int i = 0; i < 12; ++i)
        text += std::to_string(i) + "e-12," + std::to_string(i) + "e12,0.1," + std::to_string(i % 2) + "\n";
    const auto dataset = opened(text);
    const auto& normalisation = dataset->normalisation();
    QVERIFY(normalisation.deviation[0] > 1e-12F && normalisation.deviation[0] < 1e-11F);
    QVERIFY(normalisation.deviation[1] > 1e12F && normalisation.deviation[1] < 1e13F);
    QCOMPARE(normalisation.deviation[2], 1.0F);
}

void TestTable::missingNumbersBecomeTheTrainingPartsMedian() {
    std::string text = "a,b,label\n";
    for (int i = 0; i < 30; ++i)
        text += std::to_string(i) + "," +
                (i < 20   ? "5"
                 : i < 25 ? "7"
                 : i % 2  ? ""
                          : "NaN") +
                "," + std::to_string(i % 2) + "\n";
    const auto dataset = opened(text);
    QCOMPARE(dataset->info().table->missingNumbers, std::size_t{5});
    QCOMPARE(dataset->info().table->medians[1], 5.0F);
    const auto rows = allRows(*dataset);
    QCOMPARE(rows[22], (std::vector<float>{22, 7}));
    for (std::size_t i = 25; i < 30; ++i)
        QCOMPARE(rows[i], (std::vector<float>{static_cast<float>(i), 5}));
}

void TestTable::missingTextsAreNoneOfTheKnown() {
    const auto dataset = opened(replaced(flowers(), "30.5,red", "30.5,?"));
    QCOMPARE(dataset->info().table->missingCategories, std::size_t{1});
    QCOMPARE(dataset->info().table->missingNumbers, std::size_t{0});
    QCOMPARE(allRows(*dataset)[3], (std::vector<float>{3, 30.5F, 0, 0}));
}

void TestTable::anEmptyColumnIsLeftOutAndSaid() {
    std::string text = "a,nothing,label\n";
    for (int i = 0; i < 12; ++i)
        text += std::to_string(i) + ",," + std::to_string(i % 2) + "\n";
    const auto dataset = opened(text);
    QCOMPARE(dataset->info().table->leftOut, std::vector<std::string>{"nothing"});
    QCOMPARE(dataset->info().shape, (Shape{1, 1, 1}));
}

void TestTable::reopeningKeepsTheLabel() {
    const Folder folder;
    const auto first = data::open(folder.put("flowers.csv", flowers()).string(), {.label = "colour"});
    const auto again = data::reopen(first->info().source, first->info().hash);
    QCOMPARE(again->info().classes, first->info().classes);
    folder.put("flowers.csv", replaced(flowers(), "30.5", "30.6"));
    QVERIFY_THROWS_EXCEPTION(Error, data::reopen(first->info().source, first->info().hash));
}

void TestTable::compressedAndPlainAreTheSameData() {
    QCOMPARE(opened(gzipped(flowers()), {}, "flowers.csv.gz")->info().hash, opened(flowers())->info().hash);
}

void TestTable::namesInOtherEncodingsAreReadable() {
    std::string latin = flowers();
    for (auto at = latin.find("rose"); at != std::string::npos; at = latin.find("rose"))
        latin.replace(at, 4, "ros\xE9\x1B");
    QCOMPARE(opened(latin)->info().classes[1], std::string("ros\xC3\xA9 "));
    QCOMPARE(opened(replaced(flowers(), "length", "l\xC3\xA4nge"))->info().table->features[0],
             std::string("l\xC3\xA4nge"));
}

void TestTable::badTablesAreNamed_data() {
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("with");
    QTest::addColumn<QString>("says");
    QTest::newRow("ragged") << "3,30.5,red,iris"
                            << "3,30.5,red"
                            << "line 5 has 3 columns instead of 4";
    QTest::newRow("infinite") << "3,30.5"
                              << "3,-inf"
                              << "line 5, column 'width' holds '-inf', which is no finite number";
    QTest::newRow("too large") << "3,30.5"
                               << "3,1e39"
                               << "line 5, column 'width' holds '1e39'";
    QTest::newRow("no class") << "30.5,red,iris"
                              << "30.5,red,"
                              << "line 5, column 'species' holds ''";
    QTest::newRow("open quote") << "3,30.5"
                                << "3,\"30.5"
                                << "a quote is never closed, in record 5";
    QTest::newRow("two names") << "length,width"
                               << "width,width"
                               << "two of its columns are named 'width'";
    QTest::newRow("no text") << "length" << QString("le") + QChar(0) + "ngth"
                             << "bytes that no text has";
    QTest::newRow("long name") << "length" << QString(300, 'x') << "name of its column 1 is too long";
    QTest::newRow("long class") << "iris" << QString(300, 'x') << "line 2, column 'species'";
}

void TestTable::badTablesAreNamed() {
    QFETCH(QString, what);
    QFETCH(QString, with);
    QFETCH(QString, says);
    const Folder folder;
    const auto file = folder.put("flowers.csv", replaced(flowers(), what.toStdString(), with.toStdString()));
    const std::string message = openError(file);
    VERIFY_SAYS(message, file.string());
    VERIFY_SAYS(message, says.toStdString());
}

void TestTable::aLineWithoutEndDoesNotFillTheMemory() {
    const Folder folder;
    const auto open = [&](const std::string& text) {
        return openError(folder.put("x.csv.gz", gzipped(text)));
    };
    VERIFY_SAYS(open(flowers() + std::string(64 << 20, '1')),
                "behind line 13, it has a line that is too long");
    VERIFY_SAYS(open(std::string(64 << 20, ',')), "too long");
    std::string quote = flowers() + "\"";
    for (int i = 0; i < 3'000'000; ++i)
        quote += "x\n";
    VERIFY_SAYS(open(quote), "the record in line 14 is too long");
    VERIFY_SAYS(open(std::string(20'000, ',') + "\n"), "more than 10000 columns");
    VERIFY_SAYS(open("a,label\n"), "no row below its first line");
    VERIFY_SAYS(open("\n \n"), "there is no row in it");
    VERIFY_SAYS(open("a\n1\n2\n"), "one column alone");
    VERIFY_SAYS(open("a,b\n1,x\n2,x\n"), "holds one class alone, 'x'");
    VERIFY_SAYS(open("a,b\n,x\n,y\n"), "none of its columns");
    std::string wide, names = "label";
    for (int i = 0; i < 100; ++i)
        names += ",c" + std::to_string(i);
    wide = names + "\n";
    for (int row = 0; row < 60; ++row) {
        wide += std::to_string(row % 2);
        for (int i = 0; i < 100; ++i)
            wide += ",t" + std::to_string(row);
        wide += "\n";
    }
    VERIFY_SAYS(open(wide), "become 6000 features, above the 4096");
    std::string texts = "name,label\n", reals = "a,price\n";
    for (int i = 0; i < 200; ++i) {
        texts += "person " + std::to_string(i) + "," + std::to_string(i % 2) + "\n";
        reals += "1," + std::to_string(i) + ".5\n";
    }
    VERIFY_SAYS(open(texts), "line 66, column 'name' holds 'person 64', which is no number");
    VERIFY_SAYS(open(reals), "more different values than there can be classes");
}

void TestTable::damagedTablesOpenOrAreRefused() {
    const Folder folder;
    Rng rng(7);
    int refused = 0;
    for (int trial = 0; trial < 300; ++trial) {
        std::string text = flowers();
        for (std::size_t flips = 1 + rng.below(3); flips > 0; --flips)
            text[rng.below(text.size())] = static_cast<char>(rng.below(256));
        if (rng.chance(0.3))
            text.resize(rng.below(text.size()));
        refused +=
            openError(folder.put("flowers.csv", text)).empty() ? 0 : 1; // other exceptions fail the test
    }
    QVERIFY(refused > 30 && refused < 300);
}

void TestTable::aRealTableIsRefusedForItsNames() {
    const auto file = qEnvironmentVariable("GREENFRONT_TEST_DATA").toStdString() + "/grid/countries.csv";
    if (!std::filesystem::exists(file))
        QSKIP("GREENFRONT_TEST_DATA names no folder with the grid data");
    VERIFY_SAYS(openError(file), "more than 64 different cells"); // 211 countries by name
}

/// The USPS digits written as a table: the same numbers, the same classes, the same test of them.
void TestTable::aRealTableIsRead() {
    const auto root = qEnvironmentVariable("GREENFRONT_TEST_DATA").toStdString();
    if (root.empty() || !std::filesystem::exists(root + "/usps"))
        QSKIP("GREENFRONT_TEST_DATA names no folder with the USPS data");
    const auto usps = data::open(root + "/usps/zip.test.gz");
    std::string text = "digit";
    for (int i = 0; i < 256; ++i)
        text += ",p" + std::to_string(i);
    text += "\n";
    for (std::size_t i = 0; i < usps->size(Part::Test); ++i) {
        text += std::to_string(usps->labels(Part::Test)[i]);
        for (const float value : sample(*usps, Part::Test, i))
            text += "," + std::to_string(value);
        text += "\n";
    }
    const auto table = opened(text, "digit");
    QCOMPARE(table->info().shape, (Shape{256, 1, 1}));
    QCOMPARE(table->info().classes, usps->info().classes);
    QCOMPARE(allRows(*table).size(), std::size_t{2007});
    double difference = 0;
    std::vector<std::vector<float>> expected;
    for (std::size_t i = 0; i < usps->size(Part::Test); ++i)
        expected.push_back(sample(*usps, Part::Test, i));
    std::ranges::sort(expected);
    const auto rows = allRows(*table);
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t p = 0; p < 256; ++p)
            difference = std::max(difference, std::abs(static_cast<double>(rows[i][p] - expected[i][p])));
    QVERIFY(difference < 1e-5);
}

QTEST_APPLESS_MAIN(TestTable)
#include "test_table.moc"
