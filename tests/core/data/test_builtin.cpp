// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/files.h"

#include <QtTest>
#include <set>

using namespace greenfront;
using namespace greenfront::files;
using data::Part;

class TestBuiltin : public QObject {
    Q_OBJECT
private slots:
    void theDefaultIsSixThousandSamples();
    void theSeedDecidesEverything();
    void optionsChooseSizeAndCount();
    void classesAreBalanced();
    void samplesDifferFromEachOther();
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();
};

void TestBuiltin::theDefaultIsSixThousandSamples() {
    const auto dataset = data::open("builtin");
    QCOMPARE(dataset->info().name, std::string("builtin"));
    QCOMPARE(dataset->info().kind, std::string("builtin"));
    QCOMPARE(dataset->info().shape, (Shape{1, 24, 24}));
    QCOMPARE(dataset->info().classes.size(), std::size_t{10});
    QCOMPARE(dataset->info().samples, (std::array<std::size_t, 3>{4330, 770, 900}));
    QCOMPARE(dataset->info().hash, data::open("builtin:samples=6000,size=24,seed=1")->info().hash);
}

void TestBuiltin::theSeedDecidesEverything() {
    const auto hash = [](const char* path) { return data::open(path)->info().hash; };
    // Written down once: a study made on another machine, or by another version, must find the same samples.
    QCOMPARE(hash("builtin:samples=200"),
             std::string("ce1ad0fe2bec6a879eceb9ff2ee4392a4bc20ae4e8673b12cc616d2c6ff0ec8d"));
    QVERIFY(hash("builtin:samples=200,seed=2") != hash("builtin:samples=200,seed=1"));
}

void TestBuiltin::optionsChooseSizeAndCount() {
    const auto dataset = data::open("builtin:size=32,samples=500");
    QCOMPARE(dataset->info().shape, (Shape{1, 32, 32}));
    QCOMPARE(dataset->size(Part::Train) + dataset->size(Part::Validation) + dataset->size(Part::Test),
             std::size_t{500});
}

void TestBuiltin::classesAreBalanced() {
    const auto dataset = data::open("builtin:samples=1000");
    const std::array<long, 3> each{72, 13, 15};
    for (const Part part : {Part::Train, Part::Validation, Part::Test})
        for (int label = 0; label < 10; ++label)
            QCOMPARE(static_cast<long>(std::ranges::count(dataset->labels(part), label)),
                     each[static_cast<std::size_t>(part)]);
}

void TestBuiltin::samplesDifferFromEachOther() {
    const auto dataset = data::open("builtin:samples=200");
    std::set<std::vector<float>> different;
    for (std::size_t i = 0; i < dataset->size(Part::Train); ++i)
        different.insert(sample(*dataset, Part::Train, i));
    QCOMPARE(different.size(), dataset->size(Part::Train));
}

void TestBuiltin::badOptionsAreRefused_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown") << "builtin:colour=red"
                             << "no option 'colour'";
    QTest::newRow("empty") << "builtin:"
                           << "no option ''";
    QTest::newRow("no value") << "builtin:samples"
                              << "its samples is not a whole number";
    QTest::newRow("no number") << "builtin:samples=many"
                               << "its samples is not a whole number";
    QTest::newRow("negative") << "builtin:samples=-100"
                              << "its samples is not a whole number";
    QTest::newRow("trailing text") << "builtin:samples=600x"
                                   << "its samples is not a whole number";
    QTest::newRow("too few") << "builtin:samples=99"
                             << "from 100 to 1000000";
    QTest::newRow("too many") << "builtin:samples=1000001"
                              << "from 100 to 1000000";
    QTest::newRow("too small") << "builtin:size=4"
                               << "from 12 to 64";
    QTest::newRow("beyond 64 bits") << "builtin:seed=18446744073709551616"
                                    << "its seed is not a whole number";
    QTest::newRow("too much in all") << "builtin:samples=1000000,size=64"
                                     << "more than 512 MiB";
}

void TestBuiltin::badOptionsAreRefused() {
    QFETCH(QString, path);
    QFETCH(QString, says);
    VERIFY_SAYS(openError(path.toStdString()), says.toStdString());
}

QTEST_APPLESS_MAIN(TestBuiltin)
#include "test_builtin.moc"
