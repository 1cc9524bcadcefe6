// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/emi_channels.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

using Metadata = std::vector<std::byte>;

void putNumber(Metadata& bytes, unsigned number, int size) {
    for (int i = 0; i < size; ++i)
        bytes.push_back(static_cast<std::byte>(number >> (8 * i)));
}

/// Its size in bytes and its letters, with the zero that ends it.
void putName(Metadata& bytes, const std::string& name) {
    putNumber(bytes, static_cast<unsigned>(2 * name.size() + 2), 2);
    for (const char letter : name)
        putNumber(bytes, static_cast<unsigned char>(letter), 2);
    putNumber(bytes, 0, 2);
}

constexpr unsigned picowattHours = 0;
constexpr int makerAndModel = 64; // bytes

Metadata versionOne(const std::string& name, unsigned unit = picowattHours) {
    Metadata bytes;
    putNumber(bytes, unit, 4);
    for (int i = 0; i < makerAndModel + 2; ++i)
        putNumber(bytes, 0, 1);
    putName(bytes, name);
    return bytes;
}

Metadata versionTwo(const std::vector<std::string>& names, unsigned unit = picowattHours) {
    Metadata bytes(makerAndModel + 2);
    putNumber(bytes, static_cast<unsigned>(names.size()), 2);
    for (const std::string& name : names) {
        putNumber(bytes, unit, 4);
        putName(bytes, name);
    }
    return bytes;
}

} // namespace

class TestEmiChannels : public QObject {
    Q_OBJECT

private slots:
    void packages_and_memory_count_and_what_a_package_contains_does_not() {
        const auto channels = emiChannels(2, versionTwo({"RAPL_Package0_PKG", "RAPL_Package0_PP0",
                                                         "RAPL_Package0_PP1", "RAPL_Package0_DRAM"}));
        QVERIFY(channels && channels->size() == 4);
        QCOMPARE(channels->at(0).name, std::string("RAPL_Package0_PKG"));
        QVERIFY(channels->at(0).part == Part::Processor && !channels->at(0).contained);
        QVERIFY(channels->at(1).part == Part::Processor && channels->at(1).contained);
        QVERIFY(channels->at(2).part == Part::Processor && channels->at(2).contained);
        QVERIFY(channels->at(3).part == Part::Memory && !channels->at(3).contained);
    }

    void a_processor_of_amd_counts_once() {
        const auto both =
            emiChannels(2, versionTwo({"Apu Energy", "VDDCR_VDD Energy", "Current Socket Energy"}));
        QVERIFY(both && both->size() == 3);
        QVERIFY(both->at(0).contained && both->at(1).contained && !both->at(2).contained);
        const auto one = emiChannels(2, versionTwo({"Apu Energy", "VDDCR_SOC Energy"}));
        QVERIFY(one && one->size() == 2);
        QVERIFY(one->at(0).part == Part::Processor && !one->at(0).contained && one->at(1).contained);
    }

    void devices_of_the_first_version_have_one_channel() {
        const auto channels = emiChannels(1, versionOne("RAPL_Package1_PKG"));
        QVERIFY(channels && channels->size() == 1);
        QCOMPARE(channels->front().name, std::string("RAPL_Package1_PKG"));
        QVERIFY(channels->front().part == Part::Processor);
    }

    void a_name_that_tells_nothing_belongs_to_no_part() {
        const auto channels = emiChannels(2, versionTwo({"SYS", "rail\xe4 7"}));
        QVERIFY(channels && channels->size() == 2);
        QVERIFY(!channels->at(0).part && !channels->at(1).part);
        QCOMPARE(channels->at(1).name, std::string("rail? 7"));
    }

    void other_units_and_versions_are_refused() {
        QVERIFY(!emiChannels(1, versionOne("RAPL_Package0_PKG", 1)));
        QVERIFY(!emiChannels(2, versionTwo({"RAPL_Package0_PKG"}, 1)));
        QVERIFY(!emiChannels(3, versionTwo({"RAPL_Package0_PKG"})));
    }

    void metadata_that_ends_too_early_is_refused_wherever_it_ends() {
        const Metadata one = versionOne("RAPL_Package0_PKG");
        const Metadata two = versionTwo({"RAPL_Package0_PKG", "RAPL_Package0_DRAM"});
        for (std::size_t size = 0; size < one.size(); ++size)
            QVERIFY(!emiChannels(1, std::span(one).first(size)));
        for (std::size_t size = 0; size < two.size(); ++size)
            QVERIFY(!emiChannels(2, std::span(two).first(size)));
        QVERIFY(emiChannels(1, one) && emiChannels(2, two));
    }
};

QTEST_APPLESS_MAIN(TestEmiChannels)
#include "test_emi_channels.moc"
