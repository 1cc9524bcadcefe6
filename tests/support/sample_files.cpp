// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sample_files.h"

#include "tests/support/sample_models.h"

namespace greenfront::testing {

formats::ModelFile sampleFile(const arch::Network& network, std::uint64_t seed) {
    formats::ModelFile file;
    file.name = network.name;
    file.model = sampleModel(network, seed);
    for (int i = 0; i < network.classes(); ++i)
        file.classes.push_back("class " + std::to_string(i));
    file.dataName = "Shapes";
    file.dataKind = "built-in";
    file.dataHash = "0123abcd";
    file.inputRange = "0..255";
    file.metrics = {{"",
                     {.name = "accuracy",
                      .value = 97.4,
                      .unit = "%",
                      .direction = Direction::Maximise,
                      .provenance = Provenance::Measured,
                      .low = 96.5,
                      .high = 98.25,
                      .method = "on 2,007 test images"}},
                    {"a small board",
                     {.name = "latency_ms",
                      .value = 1.23456,
                      .unit = "ms",
                      .provenance = Provenance::Estimated,
                      .low = {},
                      .high = {},
                      .method = "roofline"}}};
    file.energy = {{"training", "processor model", Joules(5000), Provenance::Estimated},
                   {"search", "RAPL", Joules(250), Provenance::Measured}};
    file.carbon = GramsCO2e(0.5);
    file.carbonMethod = "343 g/kWh, world average 2023 (a source)";
    file.hardware = "2 cores";
    file.genotype = "[0,1,2]";
    file.created = "2026-01-31T12:00:00Z";
    return file;
}

} // namespace greenfront::testing
