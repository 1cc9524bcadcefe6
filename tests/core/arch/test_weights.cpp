// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/weights.h"
#include "core/base/error.h"
#include "core/base/random.h"

#include <QtTest>
#include <bit>
#include <cstring>

using namespace greenfront;
using arch::decodeSafetensors;
using arch::encodeSafetensors;
using arch::Tensor;
using arch::Weights;

namespace {

Weights sample() {
    return {{"a.weight", {.shape = {2, 3}, .values = {1, -2, 0.5F, 3e38F, -0.0F, 1e-40F}}},
            {"b.bias", {.shape = {1}, .values = {7}}},
            {"empty", {.shape = {0, 4}, .values = {}}},
            {"scalar", {.shape = {}, .values = {42}}}};
}

std::string file(const std::string& header, std::size_t dataBytes) {
    const std::uint64_t length = header.size();
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &length, 8);
    return bytes + header + std::string(dataBytes, '\0');
}

std::string oneTensor(const std::string& shape, const std::string& offsets) {
    return R"({"a":{"dtype":"F32","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
}

std::vector<std::uint32_t> bitsOf(const Tensor& tensor) {
    std::vector<std::uint32_t> bits;
    for (const float value : tensor.values)
        bits.push_back(std::bit_cast<std::uint32_t>(value));
    return bits;
}

/// What the reader says is wrong; empty if it takes the file.
QString complaint(std::string_view bytes) {
    try {
        decodeSafetensors(bytes, "x.safetensors");
    } catch (const Error& error) {
        return QString::fromStdString(error.parts().reason);
    }
    return {};
}

} // namespace

class TestWeights : public QObject {
    Q_OBJECT

private slots:
    void whatWasWrittenIsRead() {
        const std::string bytes = encodeSafetensors(sample(), {{"classes", "[\"é\", \"b\"]"}, {"name", "x"}});
        std::map<std::string, std::string> metadata;
        const Weights weights = decodeSafetensors(bytes, "x", &metadata);
        QCOMPARE(weights.size(), sample().size());
        for (const auto& [name, tensor] : sample()) {
            QVERIFY(weights.at(name).shape == tensor.shape);
            QVERIFY(bitsOf(weights.at(name)) == bitsOf(tensor)); // -0 and 0 differ
        }
        QCOMPARE(metadata.size(), std::size_t(2));
        QCOMPARE(metadata.at("classes"), std::string("[\"é\", \"b\"]"));
    }

    void theLayoutIsThatOfTheFormat() {
        const std::string bytes = encodeSafetensors({{"w", {.shape = {1, 2}, .values = {1, 2}}}});
        std::uint64_t length = 0;
        std::memcpy(&length, bytes.data(), 8);
        QCOMPARE(length % 8, std::uint64_t(0));
        QCOMPARE(bytes.size(), 8 + length + 8);
        const Json header = Json::parse(bytes.substr(8, length));
        QCOMPARE(header.dump(), std::string(R"({"w":{"data_offsets":[0,8],"dtype":"F32","shape":[1,2]}})"));
        QCOMPARE(bytes.substr(8 + length), std::string("\x00\x00\x80\x3f\x00\x00\x00\x40", 8));
    }

    void nothingIsAFileToo() { QVERIFY(decodeSafetensors(encodeSafetensors({}), "x").empty()); }

    void refusesBadFiles_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const std::string& bytes, const char* reason) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << reason;
        };
        std::string huge = file("{}", 0);
        const std::uint64_t length = std::uint64_t(1) << 60;
        std::memcpy(huge.data(), &length, 8);
        row("empty", "", "too short");
        row("seven bytes", std::string(7, '\0'), "too short");
        row("header of 2^60 bytes", huge, "claims 1152921504606846976");
        row("header beyond the end", file("{}", 0).substr(0, 9), "claims");
        row("not JSON", file("{\"a\":", 0), "not valid JSON");
        row("not UTF-8", file("{\"\xff\":1}", 0), "not valid JSON");
        row("an array", file("[]", 0), "not a JSON object");
        row("no header", file("", 0), "not valid JSON");
        row("nested", file(std::string(100000, '[') + std::string(100000, ']'), 0), "nested too deep");
        row("no type", file(R"({"a":{"shape":[],"data_offsets":[0,4]}})", 4), "has no type");
        row("tensor is a number", file(R"({"a":1})", 0), "has no type");
        row("other type", file(R"({"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}})", 4), "type F16");
        row("type is a number", file(R"({"a":{"dtype":1,"shape":[2],"data_offsets":[0,4]}})", 4), "no type");
        row("no shape", file(R"({"a":{"dtype":"F32","data_offsets":[0,4]}})", 4), "has no shape");
        row("no offsets", file(R"({"a":{"dtype":"F32","shape":[1]}})", 4), "has no data_offsets");
        row("offsets beyond the end", file(oneTensor("[2]", "[0,8]"), 4), "outside the data");
        row("offsets backwards", file(oneTensor("[1]", "[4,0]"), 4), "outside the data");
        row("one offset", file(oneTensor("[1]", "[4]"), 4), "outside the data");
        row("offset of 2^64", file(oneTensor("[1]", "[0,18446744073709551616]"), 4), "not whole numbers");
        row("largest offset", file(oneTensor("[1]", "[0,18446744073709551615]"), 4), "outside the data");
        row("negative offset", file(oneTensor("[1]", "[-4,0]"), 4), "not whole numbers");
        row("shape too small", file(oneTensor("[1]", "[0,8]"), 8), "does not fit its data");
        row("shape too large", file(oneTensor("[3]", "[0,8]"), 8), "does not fit its data");
        row("negative shape", file(oneTensor("[-1,-1]", "[0,4]"), 4), "not whole numbers");
        row("fractional shape", file(oneTensor("[1.0]", "[0,4]"), 4), "not whole numbers");
        row("shape wraps to 1", file(oneTensor("[4294967296,4294967296,1]", "[0,4]"), 4), "no memory holds");
        row("shape wraps to 0", file(oneTensor("[4611686018427387904,4]", "[0,0]"), 0), "no memory holds");
        row("huge but for a zero", file(oneTensor("[0,9223372036854775807,8]", "[0,0]"), 0), "no memory");
        row("data of nobody", file(oneTensor("[1]", "[0,4]"), 8), "belongs to no tensor");
        row("gap", file(oneTensor("[1]", "[4,8]"), 8), "overlaps another or leaves a gap");
        const std::string entry = R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})";
        row("overlap", file(R"({"a":)" + entry + R"(,"b":)" + entry + "}", 4), "overlaps another");
        row("same name twice", file(R"({"a":)" + entry + R"(,"a":)" + entry + "}", 4), "names 'a' twice");
        row("metadata twice", file(R"({"__metadata__":{},"__metadata__":{}})", 0), "twice");
        row("same key twice", file(R"({"a":{"dtype":"F32","dtype":"F32"}})", 0), "names 'dtype' twice");
        row("metadata is a list", file(R"({"__metadata__":[]})", 0), "metadata is not a JSON object");
        row("metadata is a number", file(R"({"__metadata__":{"a":1}})", 0), "'a' is not text");
    }
    void refusesBadFiles() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, reason);
        const QString said = complaint({bytes.data(), static_cast<std::size_t>(bytes.size())});
        QVERIFY2(said.contains(reason), qPrintable("said: " + said));
    }

    void theErrorNamesItsSubject() {
        try {
            decodeSafetensors("", "net.safetensors");
            QFAIL("took an empty file");
        } catch (const Error& error) {
            QCOMPARE(error.parts().subject, std::string("net.safetensors"));
            QVERIFY(!error.parts().advice.empty());
        }
    }

    void anyCutIsNoticed() {
        const std::string bytes = encodeSafetensors(sample(), {{"name", "x"}});
        for (std::size_t length = 0; length < bytes.size(); ++length)
            QVERIFY2(!complaint(std::string_view(bytes).substr(0, length)).isEmpty(),
                     qPrintable(QString::number(length)));
    }

    /// Whatever is changed in a file, it is either refused or gives tensors no larger than the file.
    void survivesFlippedBytes() {
        const std::string original = encodeSafetensors(sample(), {{"name", "x"}});
        std::uint64_t header = 0;
        std::memcpy(&header, original.data(), 8);
        Rng rng(2024);
        int refused = 0;
        for (int round = 0; round < 20000; ++round) {
            std::string bytes = original;
            for (std::size_t flips = 1 + rng.below(3); flips > 0; --flips)
                bytes[rng.below(8 + header)] = static_cast<char>(rng.below(256));
            try {
                for (const auto& [name, tensor] : decodeSafetensors(bytes, "x"))
                    QVERIFY(tensor.values.size() * sizeof(float) <= bytes.size());
            } catch (const Error&) {
                ++refused;
            }
        }
        QVERIFY(refused > 10000);
    }

    void refusesToWriteWhatCannotBeRead() {
        QVERIFY_THROWS_EXCEPTION(Error, encodeSafetensors({{"a", {.shape = {2}, .values = {1}}}}));
        QVERIFY_THROWS_EXCEPTION(Error, encodeSafetensors({{"a", {.shape = {-1}, .values = {1}}}}));
        QVERIFY_THROWS_EXCEPTION(Error, encodeSafetensors({{"__metadata__", {.shape = {1}, .values = {1}}}}));
        QVERIFY_THROWS_EXCEPTION(Error, encodeSafetensors({{"\xff", {.shape = {1}, .values = {1}}}}));
        QVERIFY_THROWS_EXCEPTION(Error, encodeSafetensors({}, {{"name", "\xc3"}}));
    }
};

QTEST_APPLESS_MAIN(TestWeights)
#include "test_weights.moc"
