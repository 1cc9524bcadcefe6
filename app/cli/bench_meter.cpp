// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/energy/recorder.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <thread>

namespace greenfront::cli {
namespace {

void meter(double seconds, bool json) {
    energy::Recorder recorder(energy::machineMeters({energy::Load::ThisProcess, true}));
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    const auto cost = recorder.cost();
    const double percent = 100 * (cost.processor / cost.elapsed);
    const double microseconds =
        cost.samples > 0 ? 1e6 * cost.processor.value / static_cast<double>(cost.samples) : 0;
    OrderedJson sources = OrderedJson::array();
    std::string names;
    for (const auto& reading : recorder.take()) {
        sources.push_back(reading.source);
        names += (names.empty() ? "" : ", ") + reading.source;
    }
    if (json)
        printJson({{"seconds", cost.elapsed.value},
                   {"samples", cost.samples},
                   {"processor_seconds", cost.processor.value},
                   {"percent_of_core", percent},
                   {"microseconds_per_sample", microseconds},
                   {"limit_percent", 0.5},
                   {"sources", sources}});
    else
        std::cout << "the sampling thread, " << toText(cost.elapsed) << " at its default rate, "
                  << cost.samples << " samples of " << names << '\n'
                  << fixedText(percent, 4) << " % of one core (limit 0.5 %), " << fixedText(microseconds, 0)
                  << " us a sample\n";
}

} // namespace

void addBenchMeter(CLI::App& bench) {
    CLI::App* command =
        bench.add_subcommand("meter", "What the thread that samples the energy sources costs");
    struct Options {
        double seconds = 5;
        bool json = false;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("--seconds", options->seconds, "How long to sample")
        ->capture_default_str()
        ->check(CLI::Range(1.0, 3600.0));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { meter(options->seconds, options->json); });
}

} // namespace greenfront::cli
