// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_file.h"
#include "tests/support/sample_files.h"
#include "tests/support/sample_models.h"

#include <QtTest>

using namespace greenfront;
using formats::Format;
using formats::ModelFile;

namespace {

ModelFile sample() {
    return testing::sampleFile(testing::sampleNetwork("residual"), 1);
}

QString cardOf(const ModelFile& file, Format format = Format::Onnx, const std::string& name = "net.onnx") {
    return QString::fromStdString(formats::modelCard(file, format, name));
}

} // namespace

class TestCard : public QObject {
    Q_OBJECT

private slots:
    void beginsWithFrontMatter() {
        const QString card = cardOf(sample());
        QVERIFY(card.startsWith("---\n"));
        const QString front = card.section("---\n", 1, 1);
        QVERIFY(
            front.contains("co2_eq_emissions:\n  emissions: 0.5\n  source: \"Greenfront; energy: RAPL "
                           "(measured), processor model (estimated); 343 g/kWh, world average 2023 (a "
                           "source)\"\n  training_type: \"pre-training\"\n  hardware_used: \"2 cores\"\n"));
        QVERIFY(front.contains("tags:\n- greenfront\n- onnx\n"));
    }

    void everyMetricStandsWithItsOrigin() {
        const QString card = cardOf(sample());
        QVERIFY(card.contains("| accuracy | any | 97.40 % | 96.50 to 98.25 % | measured | on 2,007 test "
                              "images |"));
        QVERIFY(
            card.contains("| latency\\_ms | a small board | 1.235 ms | not known | estimated | roofline |"));
    }

    void energyIsListedByPhaseAndSource() {
        const QString card = cardOf(sample());
        QVERIFY(card.contains("| training | processor model | 5.00 kJ | estimated |"));
        QVERIFY(card.contains("| search | RAPL | 250 J | measured |"));
        QVERIFY(card.contains("| all | | 5.25 kJ | sum of estimated, measured |"));
        QVERIFY(card.contains("Carbon: **500 mg CO2e**, estimated from the energy above; 343 g/kWh"));
    }

    void whatIsNotKnownIsNotStated() {
        ModelFile file = sample();
        file.carbonMethod.clear();
        QVERIFY(!cardOf(file).contains("co2_eq_emissions"));
        QVERIFY(cardOf(file).contains("Carbon is not stated"));
        file.energy.clear();
        QVERIFY(cardOf(file).contains("No energy was recorded"));
        file.metrics.clear();
        QVERIFY(cardOf(file).contains("None were recorded"));
        file.classes.clear();
        QVERIFY(cardOf(file).contains("They have no names"));
    }

    void saysHowToPrepareTheInputAndReadTheOutput() {
        const QString card = cardOf(sample());
        QVERIFY(card.contains("0..255"));
        QVERIFY(card.contains("(x - mean) / deviation"));
        QVERIFY(card.contains("| 9 | class 9 |"));
        QVERIFY(card.contains("InferenceSession(\"net.onnx\")"));
        QVERIFY(card.contains("numpy.zeros((1, 1, 16, 16)"));
        QVERIFY(cardOf(sample(), Format::TorchScript, "a.pt").contains("torch.jit.load(\"a.pt\""));
        QVERIFY(cardOf(sample(), Format::Safetensors, "").contains("\"model.safetensors\""));
    }

    void parametersAreCounted() {
        const auto costs = arch::networkCosts(sample().model.network);
        QVERIFY(cardOf(sample()).contains(
            QString("| Parameters | %1 | counted layer by layer |").arg(qint64(costs.parameters))));
        QVERIFY(cardOf(sample()).contains("[0,1,2]") || cardOf(sample()).contains("\\[0,1,2\\]"));
    }

    void textFromOutsideIsNoMarkup() {
        ModelFile file = sample();
        file.name = "a\n# b";
        file.classes[0] = "x | <script>alert(1)</script>\n---\n`*_";
        file.hardware = "\"quoted\"\n- injected: yes";
        const QString card = cardOf(file);
        QVERIFY(card.contains("# a \\# b\n"));
        QVERIFY(card.contains("| 0 | x \\| &lt;script>alert(1)&lt;/script> --- \\`\\*\\_ |"));
        QVERIFY(card.contains("hardware_used: \"\\\"quoted\\\"\\n- injected: yes\"\n"));
        QVERIFY(!card.contains("\n- injected"));
    }
};

QTEST_APPLESS_MAIN(TestCard)
#include "test_card.moc"
