// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/profile.h"
#include "core/energy/embodied.h"
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
            {.key = "cost_objective",
             .title = "Search for less",
             .help = "What the search makes small while it makes accuracy large.",
             .kind = ParameterKind::Choice,
             .defaultValue = "latency_ms",
             .unit = "",
             .choices = {"latency_ms", "energy_mj", "lifecycle_g"},
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
             .defaultValue = energy::worldAverage().value.value,
             .minimum = 0,
             .maximum = 5000,
             .unit = "g CO2e/kWh",
             .choices = {}}};
}

std::vector<std::string> classChoices() {
    std::vector<std::string> choices{"unknown"};
    for (const energy::DeviceClass& each : energy::deviceClasses())
        choices.push_back(each.id);
    return choices;
}

Schema carbonSchema() {
    return {
        {.key = "region",
         .title = "Region",
         .help =
             "Where this machine draws its electricity: a country (FRA) or a cloud region (europe-west9). "
             "Empty takes the grid intensity above.",
         .kind = ParameterKind::Text,
         .defaultValue = "",
         .unit = "",
         .choices = {}},
        {.key = "pue",
         .title = "PUE",
         .help =
             "What the data centre around this machine draws for each joule of its computers; 1 where there "
             "is none.",
         .kind = ParameterKind::Real,
         .defaultValue = 1.0,
         .minimum = 1,
         .maximum = 10,
         .unit = "",
         .choices = {},
         .advanced = true},
        {.key = "machine_class",
         .title = "This machine is a",
         .help = "For the carbon embodied in this machine, which is left out where this is unknown.",
         .kind = ParameterKind::Choice,
         .defaultValue = "unknown",
         .unit = "",
         .choices = classChoices(),
         .advanced = true},
        {.key = "use_region",
         .title = "Region of use",
         .help = "Where the devices that run the model draw their electricity; empty is as above.",
         .kind = ParameterKind::Text,
         .defaultValue = "",
         .unit = "",
         .choices = {}},
        {.key = "deployed_devices",
         .title = "Devices deployed",
         .help = "On how many devices the model will run; search and training are shared among them.",
         .kind = ParameterKind::Integer,
         .defaultValue = 1,
         .minimum = 1,
         .maximum = 1e9,
         .unit = "",
         .choices = {}},
        {.key = "inferences_a_day",
         .title = "Inferences a day",
         .help = "On each device.",
         .kind = ParameterKind::Real,
         .defaultValue = 1000,
         .minimum = 0,
         .maximum = 1e9,
         .unit = "",
         .choices = {}},
        {.key = "use_days",
         .title = "Days of use",
         .help = "How long the model will be in use.",
         .kind = ParameterKind::Real,
         .defaultValue = 365,
         .minimum = 0,
         .maximum = 36500,
         .unit = "d",
         .choices = {}},
        {.key = "device_share",
         .title = "Share of the device",
         .help = "Of the device that is there for the model all day; 0 counts the time that it computes.",
         .kind = ParameterKind::Real,
         .defaultValue = 0,
         .minimum = 0,
         .maximum = 1,
         .unit = "",
         .choices = {},
         .advanced = true}};
}

Parameter limitOf(const char* key, const char* title, const char* unit) {
    return {.key = key,
            .title = title,
            .help = "All runs of the study together stop before they take more; 0 is no limit.",
            .kind = ParameterKind::Real,
            .defaultValue = 0.0,
            .minimum = 0,
            .maximum = 1e15,
            .unit = unit,
            .choices = {}};
}

Schema budgetSchema() {
    return {limitOf("budget_joules", "Energy budget", "J"),
            limitOf("budget_grams", "Carbon budget", "g CO2e"),
            limitOf("budget_seconds", "Time budget", "s"),
            {.key = "stop_gain",
             .title = "Stop at a gain below",
             .help = "A search stops when its last networks gained less of the front's hypervolume than this "
                     "for each further gram or joule; 0 goes on.",
             .kind = ParameterKind::Real,
             .defaultValue = 0.0,
             .minimum = 0,
             .maximum = 1e15,
             .unit = "%",
             .choices = {},
             .advanced = true},
            {.key = "stop_gain_unit",
             .title = "Gain for each",
             .help = "What a gain is judged by.",
             .kind = ParameterKind::Choice,
             .defaultValue = "gram",
             .unit = "",
             .choices = {"gram", "joule"},
             .advanced = true}};
}

Schema generalSchema() {
    return {
        {.key = "start_from",
         .title = "Start from candidate",
         .help =
             "Number of a trained candidate of this workspace whose weights training starts from; 0 starts "
             "from scratch.",
         .kind = ParameterKind::Integer,
         .defaultValue = 0,
         .minimum = 0,
         .maximum = 1e15,
         .unit = "",
         .choices = {},
         .advanced = true},
        {.key = "seed",
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
                                                 {"Carbon", carbonSchema()},
                                                 {"Budget", budgetSchema()},
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
