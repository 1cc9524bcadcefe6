// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/profile.h"
#include "core/study/study.h"
#include "core/train/supernet_trainer.h"

namespace greenfront::study {
namespace {

Schema searchSchema() {
    return {{.key = "devices",
             .title = "Devices",
             .help = "Searched for one after the other: ids, separated by commas.",
             .kind = ParameterKind::Text,
             .defaultValue = std::string(device::thisMachine) + ",raspberry-pi-4",
             .unit = "",
             .choices = {}},
            {.key = "evaluations",
             .title = "Networks a device",
             .help = "How many networks the search tries for each device.",
             .kind = ParameterKind::Integer,
             .defaultValue = 80,
             .minimum = 2,
             .maximum = 100000,
             .unit = "",
             .choices = {}},
            {.key = "population",
             .title = "Population",
             .help = "Networks that NSGA-II keeps as parents.",
             .kind = ParameterKind::Integer,
             .defaultValue = 24,
             .minimum = 4,
             .maximum = 1000,
             .unit = "",
             .choices = {},
             .advanced = true},
            {.key = "calibration_images",
             .title = "Calibration images",
             .help = "Training images from which batch norm's statistics are computed anew for each network.",
             .kind = ParameterKind::Integer,
             .defaultValue = 1024,
             .minimum = 16,
             .maximum = 100000,
             .unit = "",
             .choices = {},
             .advanced = true}};
}

Schema measuringSchema() {
    return {{.key = "latency_precision",
             .title = "Latency precision",
             .help = "Repeat until the 95 % interval of the median is within this share of it.",
             .kind = ParameterKind::Real,
             .defaultValue = 0.02,
             .minimum = 0.001,
             .maximum = 0.5,
             .unit = "",
             .choices = {},
             .advanced = true},
            {.key = "latency_limit",
             .title = "Time limit a network",
             .help = "Stop measuring a network's latency after this long, whatever the precision; the "
                     "interval says how sure it is.",
             .kind = ParameterKind::Real,
             .defaultValue = 0.5,
             .minimum = 0.01,
             .maximum = 60,
             .unit = "s",
             .choices = {},
             .advanced = true},
            {.key = "inference_threads",
             .title = "Inference threads",
             .help = "Processor threads that a network may use while its latency is measured.",
             .kind = ParameterKind::Integer,
             .defaultValue = 1,
             .minimum = 1,
             .maximum = 1024,
             .unit = "",
             .choices = {},
             .advanced = true},
            {.key = "grid_intensity",
             .title = "Grid intensity",
             .help = "Carbon of the electricity used. The default is the world's average of 2023 (Ember, "
                     "Global Electricity Review 2024).",
             .kind = ParameterKind::Real,
             .defaultValue = 480.0,
             .minimum = 0,
             .maximum = 5000,
             .unit = "g CO2e/kWh",
             .choices = {}}};
}

Schema generalSchema() {
    return {{.key = "seed",
             .title = "Seed",
             .help = "The same seed, data, version and number of threads give the same result.",
             .kind = ParameterKind::Integer,
             .defaultValue = 1,
             .minimum = 0,
             .maximum = 4294967295.0,
             .unit = "",
             .choices = {}},
            {.key = "threads",
             .title = "Threads",
             .help = "Processor threads for training and search; 0 takes all.",
             .kind = ParameterKind::Integer,
             .defaultValue = 0,
             .minimum = 0,
             .maximum = 1024,
             .unit = "",
             .choices = {},
             .advanced = true}};
}

} // namespace

const std::vector<SchemaGroup>& studySchema() {
    static const std::vector<SchemaGroup> groups{{"Training", train::supernetSchema()},
                                                 {"Search", searchSchema()},
                                                 {"Measuring", measuringSchema()},
                                                 {"General", generalSchema()}};
    return groups;
}

const Schema& studyParameters() {
    static const Schema all = [] {
        Schema joined;
        for (const SchemaGroup& group : studySchema())
            joined.insert(joined.end(), group.parameters.begin(), group.parameters.end());
        return joined;
    }();
    return all;
}

} // namespace greenfront::study
