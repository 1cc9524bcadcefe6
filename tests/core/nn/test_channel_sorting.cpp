// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/nn/channel_sorting.h"
#include "core/nn/runtime.h"
#include "core/nn/supernet.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace greenfront;

class TestChannelSorting : public QObject {
    Q_OBJECT

private:
    /// A supernet in which no channel is like another.
    struct Trained {
        std::shared_ptr<const arch::SearchSpace> space;
        nn::Supernet supernet;
        std::vector<float> images;

        explicit Trained(const Json& description)
            : space(arch::makeSpace(description)), supernet(space->decode(space->largest()), 3) {
            Rng rng(4);
            for (auto& [name, tensor] : supernet.weights())
                for (float& value : tensor.values)
                    value += static_cast<float>(0.2 * rng.normal());
            images.resize(8 * space->decode(space->largest()).input().size());
            for (float& value : images)
                value = static_cast<float>(rng.normal());
        }
        std::vector<float> logits(const Genotype& genotype) const {
            return supernet.trainingLogits(space->decode(genotype), images);
        }
    };

    static Json descriptionOf(const std::string& kind) {
        Json json = arch::proposedSpace(kind, kind == "mlp" ? Shape{20, 1, 1} : Shape{3, 16, 16}, 5);
        if (kind == "resnet")
            for (Json& stage : json["stages"])
                stage["depths"] = {1, 2};
        if (kind == "mbconv-small") // a depthwise convolution may read a block's input; the default's first
            json["stages"][0]["expansions"] = {1, 3}; // stage has a residual at its smaller width only
        return json;
    }

    static double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
        double difference = 0;
        double size = 0;
        for (std::size_t i = 0; i < a.size(); ++i) {
            difference =
                std::max(difference, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
            size = std::max(size, std::abs(static_cast<double>(a[i])));
        }
        return difference / size;
    }

    /// Of what a convolution reads of each channel.
    static std::vector<double> norms(const arch::Tensor& weight) {
        const auto inputs = static_cast<std::size_t>(weight.shape[1]);
        const std::size_t inner = weight.values.size() / inputs / static_cast<std::size_t>(weight.shape[0]);
        std::vector<double> sums(inputs);
        for (std::size_t i = 0; i < weight.values.size(); ++i)
            sums[i / inner % inputs] += std::abs(static_cast<double>(weight.values[i]));
        return sums;
    }

    static bool descends(std::span<const double> values) {
        return std::ranges::is_sorted(values, [](double a, double b) { return a > b + 1e-6; });
    }

private slots:
    void initTestCase() { nn::setThreads(2); }

    void the_largest_network_computes_the_same_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"mbconv-small", "mobilenet-v3", "resnet", "mlp"})
            QTest::newRow(kind) << kind;
    }
    void the_largest_network_computes_the_same() {
        QFETCH(QString, kind);
        Trained trained(descriptionOf(kind.toStdString()));
        const Genotype largest = trained.space->largest();
        const Genotype smallest = trained.space->smallest();
        const auto before = trained.logits(largest);
        const auto smallBefore = trained.logits(smallest);
        nn::sortChannels(trained.supernet.weights(), *trained.space, largest);
        QVERIFY(largestDifference(before, trained.logits(largest)) < 1e-3);
        QVERIFY(largestDifference(smallBefore, trained.logits(smallest)) > 1e-2);
    }

    /// Every network that was trained already keeps its channels, whatever it chooses.
    void supported_networks_compute_the_same_data() { the_largest_network_computes_the_same_data(); }
    void supported_networks_compute_the_same() {
        QFETCH(QString, kind);
        Trained trained(descriptionOf(kind.toStdString()));
        Genotype supported = trained.space->largest();
        Rng rng(6);
        for (int& choice : supported)
            choice = rng.chance(0.5) ? choice : std::max(0, choice - 1);
        std::vector<Genotype> genotypes{supported};
        for (int i = 0; i < 4; ++i) {
            genotypes.push_back(trained.space->largest());
            for (std::size_t gene = 0; gene < supported.size(); ++gene)
                if (rng.chance(0.5))
                    genotypes.back()[gene] = supported[gene];
        }
        std::vector<std::vector<float>> before;
        for (const Genotype& genotype : genotypes)
            before.push_back(trained.logits(genotype));
        const auto smallBefore = trained.logits(trained.space->smallest());
        nn::sortChannels(trained.supernet.weights(), *trained.space, supported);
        for (std::size_t i = 0; i < genotypes.size(); ++i)
            QVERIFY2(largestDifference(before[i], trained.logits(genotypes[i])) < 1e-3,
                     qPrintable(QString::number(i)));
        QVERIFY(largestDifference(smallBefore, trained.logits(trained.space->smallest())) > 1e-2);
    }

    void inner_channels_descend_by_what_the_projection_reads_of_them() {
        Trained trained(descriptionOf("mobilenet-v3"));
        const std::string project = "stage3.block2.project.weight";
        QVERIFY(!descends(norms(trained.supernet.weights().at(project))));
        nn::sortChannels(trained.supernet.weights(), *trained.space, trained.space->largest());
        QVERIFY(descends(norms(trained.supernet.weights().at(project))));
    }

    void between_widths_in_use_channels_are_sorted_on_their_own() {
        Trained trained(descriptionOf("mobilenet-v3"));
        Genotype supported = trained.space->largest();
        for (std::size_t gene = 0; gene < supported.size(); ++gene)
            if (trained.space->genes()[gene].name == "stage3.block2.expansion")
                supported[gene] = 1; // 4 times the block's input of 40, out of 6 times
        nn::sortChannels(trained.supernet.weights(), *trained.space, supported);
        const auto all = norms(trained.supernet.weights().at("stage3.block2.project.weight"));
        const std::span<const double> values(all);
        QCOMPARE(values.size(), std::size_t{240});
        QVERIFY(descends(values.first(160)) && descends(values.subspan(160)));
        QVERIFY(!descends(values));
    }

    void widths_that_cannot_be_chosen_keep_their_order() {
        Trained trained(descriptionOf("mobilenet-v3"));
        const auto before = trained.supernet.weights().at("stage3.block1.project.norm.weight").values;
        nn::sortChannels(trained.supernet.weights(), *trained.space, trained.space->largest());
        QVERIFY(trained.supernet.weights().at("stage3.block1.project.norm.weight").values == before);
        QVERIFY(trained.supernet.weights().at("stem.weight").values ==
                Trained(descriptionOf("mobilenet-v3")).supernet.weights().at("stem.weight").values);
    }

    void momentum_moves_with_its_weights() {
        Trained trained(descriptionOf("mbconv-small"));
        arch::Weights momentum = trained.supernet.weights();
        nn::sortChannels(trained.supernet.weights(), *trained.space, trained.space->largest(), &momentum);
        for (const auto& [name, tensor] : trained.supernet.weights())
            QVERIFY2(momentum.at(name).values == tensor.values, name.c_str());
    }

    void sorting_twice_changes_nothing_more() {
        Trained trained(descriptionOf("mbconv-small"));
        nn::sortChannels(trained.supernet.weights(), *trained.space, trained.space->largest());
        const arch::Weights once = trained.supernet.weights();
        nn::sortChannels(trained.supernet.weights(), *trained.space, trained.space->largest());
        for (const auto& [name, tensor] : once)
            QVERIFY2(trained.supernet.weights().at(name).values == tensor.values, name.c_str());
    }

    void choices_of_another_space_are_refused() {
        Trained trained(descriptionOf("mbconv-small"));
        QVERIFY_THROWS_EXCEPTION(
            Error, nn::sortChannels(trained.supernet.weights(), *trained.space, Genotype{0, 0}));
    }
};

QTEST_APPLESS_MAIN(TestChannelSorting)
#include "test_channel_sorting.moc"
