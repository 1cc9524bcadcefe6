// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "core/device/measure_space.h"

#include <CLI/CLI.hpp>
#include <array>
#include <iostream>

namespace {

using namespace greenfront;

struct Options {
    std::string plan, out;
};

std::string readPlan(const std::string& name) {
    constexpr Bytes most(64.0 * 1024 * 1024);
    if (name != "-")
        return readFile(name, most);
    std::string text;
    std::array<char, 65536> part{};
    while (std::cin.read(part.data(), part.size()) || std::cin.gcount() > 0) {
        text.append(part.data(), static_cast<std::size_t>(std::cin.gcount()));
        if (static_cast<double>(text.size()) > most.value)
            throw Error("read", "the plan", "it is larger than " + toText(most));
    }
    return text;
}

/// A line whenever a tenth more is done.
ProgressSink progressPrinter() {
    return [last = -1](const Progress& progress) mutable {
        const int tenth = static_cast<int>(progress.fraction * 10);
        if (tenth == last)
            return;
        last = tenth;
        std::cerr << tenth * 10 << " %  " << progress.message << '\n';
    };
}

void measure(const Options& options) {
    const std::string subject = options.plan == "-" ? "standard input" : options.plan;
    const auto plan = device::measuringPlanFromJson(parseJson(readPlan(options.plan), subject), subject);
    Control control;
    const auto measured = device::measureHere(plan, control, progressPrinter());
    const std::string text = device::toJson(measured.table).dump(1) + "\n";
    if (options.out == "-")
        std::cout << text << std::flush;
    else
        writeFile(options.out, text);
    std::cerr << measured.table.blocks.size() << " blocks and " << measured.table.networks.size()
              << " networks in " << toText(measured.seconds) << '\n';
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures what a plan of Greenfront asks for on this machine.", "greenfront-agent");
    app.set_version_flag("--version", version());
    Options options;
    app.add_option("PLAN", options.plan,
                   "What 'greenfront-cli device plan' has written; - for standard input")
        ->required();
    app.add_option("--out", options.out, "The result file to write; - for standard output")->required();
    CLI11_PARSE(app, argc, argv);
    try {
        measure(options);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "greenfront-agent: " << error.what() << '\n';
        return 1;
    }
}
