// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/files.h"

#include <QtTest>
#include <cmath>
#include <numeric>

using namespace greenfront;
using namespace greenfront::files;
using data::Dataset;
using data::Part;
using data::Samples;

namespace {

using Pixels = std::vector<std::uint8_t>;

/// Two channels of one pixel; the parts differ so that mixing them up shows.
Dataset twoChannels() {
    data::Info info;
    info.classes = {"a", "b"};
    info.shape = {2, 1, 1};
    return {info,
            {Samples{Pixels{0, 5, 4, 5}, {0, 1}}, Samples{Pixels{100, 100}, {1}},
             Samples{Pixels{200, 7, 9, 8}, {0, 1}}},
            {}};
}

} // namespace

class TestDataset : public QObject {
    Q_OBJECT
private slots:
    void normalisationComesFromTheTrainingPartAlone();
    void samplesAreCopiedInTheOrderAsked();
    void normalisedSamplesAreShiftedAndScaledByChannel();
    void theTrainingPartIsNormalAfterwards();
    void reopeningGivesTheSame();
    void reopeningNoticesChanges();
    void damagedSourcesAreRefused();
    void missingPathsAreRefused();
    void openingCanBeCancelled();
};

void TestDataset::normalisationComesFromTheTrainingPartAlone() {
    const Dataset dataset = twoChannels();
    QCOMPARE(dataset.normalisation().mean, (std::vector<float>{2, 5}));
    QCOMPARE(dataset.normalisation().deviation,
             (std::vector<float>{2, 1})); // a constant channel is left at 1
}

void TestDataset::samplesAreCopiedInTheOrderAsked() {
    std::vector<float> out(6);
    twoChannels().copyRaw(Part::Test, std::vector<std::size_t>{1, 0, 1}, out);
    QCOMPARE(out, (std::vector<float>{9, 8, 200, 7, 9, 8}));
}

void TestDataset::normalisedSamplesAreShiftedAndScaledByChannel() {
    std::vector<float> out(4);
    twoChannels().copyNormalised(Part::Test, std::vector<std::size_t>{0, 1}, out);
    QCOMPARE(out, (std::vector<float>{99, 2, 3.5, 3}));
}

void TestDataset::theTrainingPartIsNormalAfterwards() {
    const auto dataset = data::open("builtin:samples=200");
    std::vector<std::size_t> all(dataset->size(Part::Train));
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::vector<float> values(all.size() * dataset->info().shape.size());
    dataset->copyNormalised(Part::Train, all, values);
    double sum = 0;
    double squares = 0;
    for (const float value : values) {
        sum += value;
        squares += value * value;
    }
    QVERIFY(std::abs(sum / static_cast<double>(values.size())) < 1e-4);
    QVERIFY(std::abs(squares / static_cast<double>(values.size()) - 1) < 1e-4);
}

void TestDataset::reopeningGivesTheSame() {
    const Folder folder;
    folder.put("zip.train", uspsRows());
    const auto first = data::open(folder.text(), {.validationShare = 0.3, .testShare = 0.4, .splitSeed = 9});
    const auto again = data::reopen(first->info().source, first->info().hash);
    QCOMPARE(again->info().hash, first->info().hash);
    QCOMPARE(again->info().samples, first->info().samples);
    QVERIFY(std::filesystem::path(first->info().source.at("path").get<std::string>()).is_absolute());
    const auto builtin = data::open("builtin:samples=200,seed=5");
    QCOMPARE(data::reopen(builtin->info().source, builtin->info().hash)->info().hash, builtin->info().hash);
}

void TestDataset::reopeningNoticesChanges() {
    const Folder folder;
    folder.put("zip.train", uspsRows());
    const auto first = data::open(folder.text());
    folder.put("zip.train", uspsRow(3, "0.125") + uspsRows());
    VERIFY_SAYS(errorOf([&] { data::reopen(first->info().source, first->info().hash); }),
                "no longer what it was");
}

void TestDataset::damagedSourcesAreRefused() {
    const Json good = data::open("builtin:samples=200")->info().source;
    for (const auto& item : good.items()) {
        Json source = good;
        source[item.key()] = Json::array();
        VERIFY_SAYS(errorOf([&] { data::reopen(source, ""); }), "no proper '" + item.key() + "'");
        source.erase(item.key());
        VERIFY_SAYS(errorOf([&] { data::reopen(source, ""); }), "no proper '" + item.key() + "'");
    }
    VERIFY_SAYS(errorOf([] { data::reopen(Json("text"), ""); }), "no proper 'path'");
}

void TestDataset::missingPathsAreRefused() {
    VERIFY_SAYS(openError("/no/such/place"), "there is no such file or folder");
    VERIFY_SAYS(openError(""), "it is not a path");
    const Folder folder;
    VERIFY_SAYS(openError(folder.put("a.txt", "hello world\n")), "not a kind of data that is known");
    VERIFY_SAYS(openError(folder.put("empty", "")), "it is empty");
}

void TestDataset::openingCanBeCancelled() {
    Control control;
    control.requestCancel();
    QVERIFY_THROWS_EXCEPTION(Cancelled, data::open("builtin", {}, &control));
}

QTEST_APPLESS_MAIN(TestDataset)
#include "test_dataset.moc"
