// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/summary.h"

#include <QtTest>

using namespace greenfront;

class TestSummary : public QObject {
    Q_OBJECT

private:
    static Json tinySpace() {
        return {{"kind", "mbconv-small"},
                {"input", {1, 8, 8}},
                {"classes", 2},
                {"stem", 4},
                {"stem_stride", 1},
                {"head", 8},
                {"stages", Json::array({{{"depths", {1}},
                                         {"widths", {4, 6}},
                                         {"kernels", {3, 5}},
                                         {"expansions", {1}},
                                         {"stride", 2}}})}};
    }

private slots:
    /// Stem 3x3 1->4, depthwise k x k on 4, project 4->w, head w->8, classifier 8->2 with its bias, and two
    /// numbers a channel of every batch norm.
    void a_small_space_is_counted_by_hand() {
        const auto space = arch::makeSpace(tinySpace());
        const arch::SpaceSummary summary = arch::summaryOf(*space);
        QCOMPARE(summary.kind, std::string("mbconv-small"));
        QCOMPARE(summary.networks, 4.0);
        const auto parameters = [](int width, int kernel) {
            const int convolutions = 9 * 4 + kernel * kernel * 4 + 4 * width + width * 8;
            return static_cast<double>(convolutions + 2 * (4 + 4 + width + 8) + 8 * 2 + 2);
        };
        QCOMPARE(summary.smallest.costs.parameters, parameters(4, 3));
        QCOMPARE(summary.largest.costs.parameters, parameters(6, 5));
        const auto macs = [](int width, int kernel) {
            return static_cast<double>(64 * 9 * 4 + 16 * (kernel * kernel * 4 + 4 * width + width * 8) +
                                       8 * 2);
        };
        QCOMPARE(summary.smallest.costs.macs, macs(4, 3));
        QCOMPARE(summary.largest.costs.macs, macs(6, 5));
        // The image and the stem's output of 4 channels, which its batch norm and activation write over.
        QCOMPARE(summary.largest.costs.peakMemory.value, 4.0 * (1 + 4) * 64);
    }

    void ends_have_the_resolution_that_they_choose() {
        Json json = arch::proposedSpace("mobilenet-v3", {3, 64, 64}, 10);
        json["resolutions"] = {32, 48, 64};
        const arch::SpaceSummary summary = arch::summaryOf(*arch::makeSpace(json));
        QCOMPARE(summary.smallest.input, (Shape{3, 32, 32}));
        QCOMPARE(summary.largest.input, (Shape{3, 64, 64}));
        QVERIFY(summary.smallest.costs.macs < summary.largest.costs.macs);
    }

    void every_kind_has_a_summary() {
        for (const std::string& kind : arch::spaceKinds()) {
            std::optional<arch::SpaceSummary> summary;
            for (const Shape shape : {Shape{3, 32, 32}, Shape{32, 1, 1}}) // images, or rows of a table
                try {
                    summary = arch::summaryOf(*arch::makeSpace(arch::proposedSpace(kind, shape, 10)));
                    break;
                } catch (const std::exception&) { // not a space for this shape
                }
            QVERIFY2(summary, kind.c_str());
            QCOMPARE(summary->kind, kind);
            QVERIFY(summary->networks > 1);
            QVERIFY(summary->smallest.costs.parameters < summary->largest.costs.parameters);
            QVERIFY(summary->smallest.costs.macs < summary->largest.costs.macs);
        }
    }

    void json_has_what_the_editor_shows() {
        const auto space = arch::makeSpace(tinySpace());
        const arch::SpaceSummary summary = arch::summaryOf(*space);
        const OrderedJson json = arch::toJson(summary);
        QCOMPARE(json.at("networks").get<double>(), 4.0);
        QCOMPARE(json.at("largest").at("parameters").get<double>(), summary.largest.costs.parameters);
        QCOMPARE(json.at("largest").at("activation_bytes").get<double>(), 1280.0);
        QCOMPARE(json.at("smallest").at("resolution"), OrderedJson(8));
        Json wide = tinySpace();
        wide["input"] = {1, 8, 16};
        const OrderedJson sides = arch::toJson(arch::summaryOf(*arch::makeSpace(wide)));
        QCOMPARE(sides.at("smallest").at("resolution"), (OrderedJson{8, 16}));
    }

    void large_counts_are_powers_of_ten() {
        QCOMPARE(arch::networksText(5184), std::string("5184"));
        QCOMPARE(arch::networksText(1.96e19), std::string("2.0 × 10¹⁹"));
        QCOMPARE(arch::networksText(9.99e6), std::string("1.0 × 10⁷"));
        QCOMPARE(arch::networksText(2.5e6), std::string("2.5 × 10⁶"));
    }
};

QTEST_APPLESS_MAIN(TestSummary)
#include "test_summary.moc"
