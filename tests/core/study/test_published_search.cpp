// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/nn/runtime.h"
#include "core/study/published_search.h"
#include "tests/support/published_files.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;

class TestPublishedSearch : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }
    std::vector<std::filesystem::path> tables() const {
        return {path("160.yaml"), path("192.yaml"), path("176.yaml")};
    }
    Control control_;

private slots:
    void initTestCase() {
        nn::setThreads(2);
        for (const int resolution : {160, 176, 192})
            writeFile(path(std::to_string(resolution) + ".yaml"),
                      testing::asYaml(testing::publishedTable(resolution)));
        writeFile(path("acc.safetensors"), arch::encodeSafetensors(testing::publishedPredictor(1)));
    }

    void finds_what_no_random_network_reaches() {
        const study::PublishedNetwork network(path("acc.safetensors"), tables());
        const auto& space = network.space();
        const Seconds most((network.latency(space.largest()).value +
                            network.latency(space.canonical(space.smallest())).value) /
                           2);
        const auto choice = study::searchPublished(network, most, 1, 60, control_);
        QVERIFY(choice.latency <= most);
        QCOMPARE(choice.latency.value, network.latency(choice.genotype).value);
        const std::vector<Genotype> found{choice.genotype};
        QVERIFY(std::abs(choice.accuracy - network.accuracies(found).front()) < 1e-3);
        Rng rng(9);
        std::vector<Genotype> random;
        for (std::size_t i = 0; i < choice.evaluations; ++i)
            if (Genotype one = space.random(rng); network.latency(one) <= most)
                random.push_back(std::move(one));
        QVERIFY(random.size() > 1000);
        for (const double accuracy : network.accuracies(random))
            QVERIFY(accuracy < choice.accuracy);
    }

    void a_limit_that_nothing_keeps_says_what_would() {
        const study::PublishedNetwork network(path("acc.safetensors"), tables());
        try {
            study::searchPublished(network, Seconds(1e-6), 1, 5, control_);
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains("the smallest one takes"), error.what());
        }
    }

    void tables_that_do_not_belong_together_are_refused() {
        const auto twice = std::vector{path("160.yaml"), path("160.yaml")};
        QVERIFY_THROWS_EXCEPTION(Error, study::PublishedNetwork(path("acc.safetensors"), twice));
        QVERIFY_THROWS_EXCEPTION(Error, study::PublishedNetwork(path("acc.safetensors"), {}));
        QVERIFY_THROWS_EXCEPTION(Error, study::PublishedNetwork(path("160.yaml"), tables()));
    }

    void stops_when_it_is_asked_to() {
        const study::PublishedNetwork network(path("acc.safetensors"), tables());
        Control control;
        control.requestCancel();
        QVERIFY_THROWS_EXCEPTION(Cancelled, study::searchPublished(network, Seconds(1), 1, 5, control));
    }
};

QTEST_APPLESS_MAIN(TestPublishedSearch)
#include "test_published_search.moc"
