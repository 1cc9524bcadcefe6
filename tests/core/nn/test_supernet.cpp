// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"
#include "core/base/error.h"
#include "core/nn/model.h"
#include "core/nn/runtime.h"
#include "core/nn/supernet.h"
#include "support/reference_network.h"

#include <QtTest>

using namespace greenfront;
using greenfront::testing::largestDifference;

class TestSupernet : public QObject {
    Q_OBJECT

private:
    static constexpr int images_ = 24;
    const std::shared_ptr<const arch::SearchSpace> space_ =
        arch::makeSpace(arch::defaultSpace({2, 16, 12}, 5));
    const arch::Network largest_ = space_->decode(space_->largest());
    const nn::Supernet supernet_{largest_, 3};
    std::vector<float> input_;

    std::vector<Genotype> someGenotypes() const {
        std::vector<Genotype> genotypes{space_->largest(), space_->smallest()};
        Rng rng(5);
        for (int i = 0; i < 6; ++i)
            genotypes.push_back(space_->random(rng));
        return genotypes;
    }

private slots:
    void initTestCase() {
        nn::setThreads(2);
        Rng rng(4);
        input_ = testing::randomValues(images_ * largest_.input().size(), -2, 2, rng);
    }

    /// Shared weights, sliced on the way, against the same network taken out with weights of its own. The
    /// statistics come from the same images, so batch norm does the same in both.
    void a_subnet_computes_what_it_computes_on_its_own() {
        for (const Genotype& genotype : someGenotypes()) {
            const arch::Network network = space_->decode(genotype);
            const arch::Model extracted = supernet_.specialise(network, input_);
            const auto shared = supernet_.trainingLogits(network, input_);
            QVERIFY(largestDifference(shared, nn::Model(extracted).logits(input_)) < 1e-5);
        }
    }

    void an_extracted_model_computes_what_its_network_says() {
        for (const Genotype& genotype : someGenotypes()) {
            const arch::Model folded =
                arch::foldBatchNorm(supernet_.specialise(space_->decode(genotype), input_));
            const auto logits = nn::Model(folded).logits(input_);
            const auto sample = std::span(input_).first(largest_.input().size());
            QVERIFY(largestDifference(testing::referenceLogits(folded, sample),
                                      std::vector<float>(logits.begin(), logits.begin() + 5)) < 1e-5);
        }
    }

    void an_extracted_model_has_exactly_the_weights_of_its_network() {
        for (const Genotype& genotype : someGenotypes()) {
            const arch::Model model = supernet_.specialise(space_->decode(genotype), input_);
            double parameters = 0;
            for (const auto& [name, tensor] : model.weights)
                if (!name.ends_with("running_mean") && !name.ends_with("running_var"))
                    parameters += static_cast<double>(tensor.values.size());
            QCOMPARE(parameters, arch::networkCosts(model.network).parameters);
        }
    }

    void the_seed_decides_the_weights() {
        QVERIFY(nn::Supernet(largest_, 3).trainingLogits(largest_, input_) ==
                supernet_.trainingLogits(largest_, input_));
        QVERIFY(nn::Supernet(largest_, 4).trainingLogits(largest_, input_) !=
                supernet_.trainingLogits(largest_, input_));
    }

    void state_can_be_carried_to_another_supernet_of_the_same_space() {
        nn::Supernet other(largest_, 9);
        other.setWeights(supernet_.weights());
        QVERIFY(other.trainingLogits(largest_, input_) == supernet_.trainingLogits(largest_, input_));
        arch::Weights wrong = supernet_.weights();
        wrong.begin()->second.shape.push_back(1);
        QVERIFY_THROWS_EXCEPTION(Error, other.setWeights(wrong));
        QVERIFY_THROWS_EXCEPTION(Error, other.setWeights({}));
    }

    void the_number_of_threads_does_not_change_a_result() {
        const arch::Model model = supernet_.specialise(largest_, input_);
        nn::setThreads(1);
        QVERIFY(supernet_.specialise(largest_, input_).weights.begin()->second.values ==
                model.weights.begin()->second.values);
        nn::setThreads(2);
    }
};

QTEST_APPLESS_MAIN(TestSupernet)
#include "test_supernet.moc"
