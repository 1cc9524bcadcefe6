// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/files.h"

#include <QtTest>
#include <map>
#include <set>

using namespace greenfront;
using namespace greenfront::files;
using data::Part;

namespace {

constexpr std::array parts{Part::Train, Part::Validation, Part::Test};

/// Forty samples of each of three classes; the two pixels hold a number of their own for each sample.
void putNumbered(const Folder& folder) {
    std::string pixels;
    std::string labels;
    for (int i = 0; i < 120; ++i) {
        pixels += static_cast<char>(i);
        pixels += static_cast<char>(i % 3);
        labels += static_cast<char>(i % 3);
    }
    folder.put("x-images-idx3-ubyte", idxImages(120, 1, 2, pixels));
    folder.put("x-labels-idx1-ubyte", idxLabels(labels));
}

std::vector<int> numbersIn(const data::Dataset& dataset, Part part) {
    std::vector<int> numbers;
    for (std::size_t i = 0; i < dataset.size(part); ++i)
        numbers.push_back(static_cast<int>(sample(dataset, part, i)[0]));
    return numbers;
}

} // namespace

class TestSplit : public QObject {
    Q_OBJECT
private slots:
    void init();
    void everySampleIsInExactlyOnePart();
    void everyClassGivesItsShare();
    void labelsStayWithTheirSamples();
    void theSeedDecides();
    void theOrderOfTheFileIsKept();
    void theValidationPartLeavesTheTestPartAlone();
    void impossibleSharesAreRefused();
    void partsMustNotBeEmpty();

private:
    std::shared_ptr<const data::Dataset> open(const data::OpenOptions& options = {}) const {
        return data::open(folder_->text() + "/x-images-idx3-ubyte", options);
    }
    std::unique_ptr<Folder> folder_;
};

void TestSplit::init() {
    folder_ = std::make_unique<Folder>();
    putNumbered(*folder_);
}

void TestSplit::everySampleIsInExactlyOnePart() {
    const auto dataset = open();
    std::multiset<int> all;
    for (const Part part : parts)
        for (const int number : numbersIn(*dataset, part))
            all.insert(number);
    QCOMPARE(all.size(), std::size_t{120});
    QCOMPARE(std::set<int>(all.begin(), all.end()).size(), std::size_t{120});
}

void TestSplit::everyClassGivesItsShare() {
    const auto dataset = open({.validationShare = 0.25, .testShare = 0.2});
    const std::map<Part, long> expected{{Part::Test, 8}, {Part::Validation, 8}, {Part::Train, 24}};
    for (const Part part : parts)
        for (const int label : {0, 1, 2})
            QCOMPARE(static_cast<long>(std::ranges::count(dataset->labels(part), label)), expected.at(part));
}

void TestSplit::labelsStayWithTheirSamples() {
    const auto dataset = open();
    for (const Part part : parts)
        for (std::size_t i = 0; i < dataset->size(part); ++i)
            QCOMPARE(static_cast<int>(sample(*dataset, part, i)[1]), dataset->labels(part)[i]);
}

void TestSplit::theSeedDecides() {
    QCOMPARE(open()->info().hash, open()->info().hash);
    QVERIFY(open({.splitSeed = 1})->info().hash != open({.splitSeed = 2})->info().hash);
}

void TestSplit::theOrderOfTheFileIsKept() {
    const auto dataset = open();
    for (const Part part : parts) {
        const std::vector<int> numbers = numbersIn(*dataset, part);
        QVERIFY(std::ranges::is_sorted(numbers));
    }
}

void TestSplit::theValidationPartLeavesTheTestPartAlone() {
    const auto one = open({.validationShare = 0.1});
    const auto other = open({.validationShare = 0.4});
    QCOMPARE(numbersIn(*one, Part::Test), numbersIn(*other, Part::Test));
    QVERIFY(one->size(Part::Validation) < other->size(Part::Validation));
}

void TestSplit::impossibleSharesAreRefused() {
    for (const double share : {0.0, 1.0, -0.1, std::numeric_limits<double>::quiet_NaN()}) {
        VERIFY_SAYS(errorOf([&] { open({.validationShare = share}); }), "share of the validation part");
        VERIFY_SAYS(errorOf([&] { open({.testShare = share}); }), "share of the test part");
    }
}

void TestSplit::partsMustNotBeEmpty() {
    const auto put = [&](const std::string& labels) {
        folder_->put("x-images-idx3-ubyte",
                     idxImages(static_cast<std::uint32_t>(labels.size()), 1, 1, labels));
        folder_->put("x-labels-idx1-ubyte", idxLabels(labels));
    };
    using namespace std::string_literals;
    put("\0\1"s);
    VERIFY_SAYS(errorOf([&] { open(); }), "part would be empty");
    put("\0\0\1\1"s);
    VERIFY_SAYS(errorOf([&] { open(); }), "its validation part would be empty");
    put("\0\0\0\1\1\1"s);
    const auto smallest = open();
    for (const Part part : parts)
        QCOMPARE(smallest->size(part), std::size_t{2});
}

QTEST_APPLESS_MAIN(TestSplit)
#include "test_split.moc"
