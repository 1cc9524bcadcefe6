// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/meter.h"
#include "powercap_tree.h"

#include <QTest>
#include <vector>

using namespace greenfront;
using namespace greenfront::energy;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> sourcesOf(const Meters& meters) {
    std::vector<std::string> sources;
    for (const auto& meter : meters.usable)
        sources.push_back(meter->source());
    return sources;
}

using Names = std::vector<std::string>;

} // namespace

/// The counters of Linux' powercap tree, each joule counted once.
class TestRapl : public QObject {
    Q_OBJECT
private slots:
    void aPackageCountsFromWhereItStood() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0", 5'000'000);
        const auto meters = findMeters();
        QVERIFY(sourcesOf(meters) == Names{"rapl:package-0"});
        QVERIFY(meters.unusable.empty());
        auto& meter = *meters.usable[0];
        QVERIFY(meter.provenance() == Provenance::Measured);
        QVERIFY(meter.uncertainty() > 0);
        QVERIFY(!meter.method().empty());
        QCOMPARE(meter.read()->value, 0.0);
        tree.setEnergy("intel-rapl:0", 6'500'000);
        QCOMPARE(meter.read()->value, 1.5);
        QCOMPARE(meter.read()->value, 1.5);
        tree.setEnergy("intel-rapl:0", 8'000'000);
        QCOMPARE(meter.read()->value, 3.0);
    }

    void aWrapIsCountedOnce() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0", PowercapTree::range - 1'000'000);
        const auto meters = findMeters();
        auto& meter = *meters.usable[0];
        tree.setEnergy("intel-rapl:0", 500'000);
        QCOMPARE(meter.read()->value, 1.5);
        tree.setEnergy("intel-rapl:0", 2'500'000);
        QCOMPARE(meter.read()->value, 3.5);
    }

    void aResetIsAGapAndNoWrap() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0", 10'000'000'000);
        const auto meters = findMeters();
        auto& meter = *meters.usable[0];
        tree.setEnergy("intel-rapl:0", 11'000'000'000);
        QCOMPARE(meter.read()->value, 1000.0);
        tree.setEnergy("intel-rapl:0", 2'000'000); // a wrap would make it 251,145 J
        QVERIFY(!meter.read());
        tree.setEnergy("intel-rapl:0", 5'000'000);
        QCOMPARE(meter.read()->value, 1005.0);
    }

    void aFailedReadIsAGapWhoseJoulesAreCountedLater() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        const auto meters = findMeters();
        auto& meter = *meters.usable[0];
        tree.setEnergy("intel-rapl:0", 1'000'000);
        QCOMPARE(meter.read()->value, 1.0);
        for (const auto* broken : {"", "no number", "-1", "999999999999999"}) {
            tree.write("intel-rapl:0", "energy_uj", broken);
            QVERIFY(!meter.read());
        }
        tree.setEnergy("intel-rapl:0", 4'000'000);
        QCOMPARE(meter.read()->value, 4.0);
    }

    void aZoneThatVanishesIsAGap() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0", 7);
        const auto meters = findMeters();
        tree.remove("intel-rapl:0");
        QVERIFY(!meters.usable[0]->read());
        tree.addZone("intel-rapl:0", "package-0", 2'000'007);
        QCOMPARE(meters.usable[0]->read()->value, 2.0);
    }

    void packagesAndTheirMemoryAreApart() {
        const PowercapTree tree;
        for (const std::string socket : {"0", "1"}) {
            tree.addZone("intel-rapl:" + socket, "package-" + socket);
            tree.addZone("intel-rapl:" + socket + ":0", "core");
            tree.addZone("intel-rapl:" + socket + ":1", "uncore");
            tree.addZone("intel-rapl:" + socket + ":2", "dram");
        }
        const auto meters = findMeters();
        QVERIFY(sourcesOf(meters) ==
                (Names{"rapl:package-0", "rapl:package-1", "rapl:package-0:dram", "rapl:package-1:dram"}));
        QVERIFY(meters.unusable.empty());
        tree.setEnergy("intel-rapl:0:2", 1'000'000);
        tree.setEnergy("intel-rapl:1:2", 2'000'000);
        QCOMPARE(meters.usable[2]->read()->value, 1.0);
        QCOMPARE(meters.usable[3]->read()->value, 2.0);
    }

    void nestedFoldersAreTheSameZones() {
        const PowercapTree tree;
        tree.addZone("intel-rapl/intel-rapl:0", "ignored: not where the kernel puts it");
        tree.addZone("intel-rapl:0", "package-0");
        tree.addZone("intel-rapl:0/intel-rapl:0:0", "dram");
        QVERIFY(sourcesOf(findMeters()) == (Names{"rapl:package-0", "rapl:package-0:dram"}));
        tree.addZone("intel-rapl:0:0", "dram"); // the same, as the link at the top
        QVERIFY(sourcesOf(findMeters()) == (Names{"rapl:package-0", "rapl:package-0:dram"}));
    }

    void thePlatformIsUsedOnlyWithoutPackages() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:1", "psys");
        tree.addZone("intel-rapl:1:0", "dram"); // part of the platform
        QVERIFY(sourcesOf(findMeters()) == Names{"rapl:psys"});
        tree.addZone("intel-rapl:0", "package-0");
        tree.remove("intel-rapl:1:0");
        QVERIFY(sourcesOf(findMeters()) == Names{"rapl:package-0"});
    }

    void aMemoryMappedTwinIsCountedOnce() {
        const PowercapTree tree;
        tree.addZone("intel-rapl-mmio:0", "package-0");
        tree.addZone("intel-rapl:0", "package-0");
        const auto meters = findMeters();
        QVERIFY(sourcesOf(meters) == Names{"rapl:package-0"});
        tree.setEnergy("intel-rapl-mmio:0", 1'000'000);
        QCOMPARE(meters.usable[0]->read()->value, 0.0);
        tree.setEnergy("intel-rapl:0", 2'000'000);
        QCOMPARE(meters.usable[0]->read()->value, 2.0);
    }

    void aTwinStandsInForOneThatCannotBeRead() {
        const PowercapTree tree;
        tree.addZone("intel-rapl-mmio:0", "package-0");
        tree.addZone("intel-rapl:0", "package-0");
        tree.remove("intel-rapl:0/energy_uj");
        const auto meters = findMeters();
        QVERIFY(sourcesOf(meters) == Names{"rapl:package-0"});
        QVERIFY(meters.unusable.empty());
        tree.setEnergy("intel-rapl-mmio:0", 1'000'000);
        QCOMPARE(meters.usable[0]->read()->value, 1.0);
    }

    void twoPackagesOfOneNameAreBothCounted() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        tree.addZone("intel-rapl:1", "package-0");
        QVERIFY(sourcesOf(findMeters()) == (Names{"rapl:package-0", "rapl:package-0 (intel-rapl:1)"}));
    }

    void whatCannotBeReadSaysWhy_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("content");
        QTest::newRow("no range") << "max_energy_range_uj" << QString();
        QTest::newRow("range of 0") << "max_energy_range_uj"
                                    << "0";
        QTest::newRow("negative range") << "max_energy_range_uj"
                                        << "-5";
        QTest::newRow("range below the counter") << "max_energy_range_uj"
                                                 << "10";
        QTest::newRow("no counter") << "energy_uj" << QString();
        QTest::newRow("counter of words") << "energy_uj"
                                          << "many";
    }
    void whatCannotBeReadSaysWhy() {
        QFETCH(QString, file);
        QFETCH(QString, content);
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0", 11);
        tree.remove("intel-rapl:0/" + file.toStdString());
        if (!content.isNull())
            tree.write("intel-rapl:0", file.toStdString(), content.toStdString());
        const auto meters = findMeters();
        QCOMPARE(meters.unusable.size(), std::size_t{1});
        QCOMPARE(meters.unusable[0].source, std::string("rapl:package-0"));
        const auto reason = QString::fromStdString(meters.unusable[0].reason);
        QVERIFY2(reason.contains("intel-rapl:0/" + file), qPrintable(reason));
        QVERIFY(sourcesOf(meters) == Names{"processor-model"}); // and the model stands in
    }

    void aForbiddenFileNamesTheCommandThatHelps() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        const auto counter = tree.root() / "intel-rapl:0/energy_uj";
        fs::permissions(counter, fs::perms::owner_write);
        if (std::ifstream(counter))
            QSKIP("this user may read every file");
        const auto meters = findMeters();
        QCOMPARE(meters.unusable.size(), std::size_t{1});
        const auto reason = QString::fromStdString(meters.unusable[0].reason);
        QVERIFY2(reason.contains("sudo chmod a+r"), qPrintable(reason));
        QVERIFY2(reason.contains(QString::fromStdString(counter.string())), qPrintable(reason));
    }

    void onePackageOfTwoIsBetterThanAModelAndSaysWhatIsMissing() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        tree.addZone("intel-rapl:1", "package-1");
        tree.remove("intel-rapl:1/energy_uj");
        const auto meters = findMeters();
        QVERIFY(sourcesOf(meters) == Names{"rapl:package-0"});
        QCOMPARE(meters.unusable.size(), std::size_t{1});
        QCOMPARE(meters.unusable[0].source, std::string("rapl:package-1"));
    }

    void memoryAloneIsCompletedByTheModel() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        tree.addZone("intel-rapl:0:0", "dram");
        tree.remove("intel-rapl:0/energy_uj");
        QVERIFY(sourcesOf(findMeters()) == (Names{"rapl:package-0:dram", "processor-model"}));
    }

    void withoutCountersTheModelIsUsedVisibly() {
        const PowercapTree tree;
        const auto empty = findMeters();
        QVERIFY(sourcesOf(empty) == Names{"processor-model"});
        QCOMPARE(empty.unusable.size(), std::size_t{1});
        QCOMPARE(empty.unusable[0].source, std::string("rapl"));
        qputenv("GREENFRONT_POWERCAP_ROOT", "/absent/powercap");
        const auto absent = findMeters();
        QVERIFY(sourcesOf(absent) == Names{"processor-model"});
        QVERIFY(absent.unusable[0].reason.find("/absent/powercap") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestRapl)
#include "test_rapl.moc"
