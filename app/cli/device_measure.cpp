// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/device.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/device/latency_model.h"
#include "core/device/this_machine.h"
#include "core/study/devices.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct MeasureOptions {
    SpaceChoice space;
    std::string device = "measured-here", out, host, agent = "greenfront-agent";
    double limit = 60;
    std::uint64_t seed = 1;
    bool json = false;
};

struct PlanOptions {
    SpaceChoice space;
    std::string out;
    double limit = 60;
    std::size_t networks = 200;
    bool networksOnly = false;
    std::uint64_t seed = 1;
};

Json energyJson(const device::LatencyTable& table) {
    if (!table.power)
        return nullptr;
    std::vector<double> millijoules;
    millijoules.reserve(table.networks.size());
    for (const device::NetworkTime& network : table.networks)
        millijoules.push_back((table.power->power * network.time).value * 1000);
    return {{"power_w", table.power->power.value},
            {"provenance", toText(table.power->provenance)},
            {"method", table.power->method},
            {"least_mj", *std::ranges::min_element(millijoules)},
            {"most_mj", *std::ranges::max_element(millijoules)}};
}

OrderedJson asJson(const device::SpaceMeasurement& measured) {
    const device::Accuracy& accuracy = measured.accuracy;
    return {{"machine", measured.table.machine},
            {"threads", measured.table.threads},
            {"profiled_networks", measured.profiled},
            {"blocks", measured.table.blocks.size()},
            {"block_error", measured.unitError},
            {"unseen_networks", accuracy.networks},
            {"within_10_percent", accuracy.within10},
            {"within_5_percent", accuracy.within5},
            {"spearman", accuracy.spearman},
            {"median_error", accuracy.median},
            {"worst_error", accuracy.worst},
            {"busy_share", measured.busyShare},
            {"energy_per_inference", energyJson(measured.table)},
            {"seconds", measured.seconds.value}};
}

std::string percent(double share) {
    return fixedText(share * 100, 1) + " %";
}

void print(const device::SpaceMeasurement& measured) {
    const device::Accuracy& accuracy = measured.accuracy;
    std::cout << measured.table.machine << ", " << measured.table.method << '\n'
              << measured.table.blocks.size() << " blocks in " << measured.profiled
              << " networks; a block left out is predicted within " << percent(measured.unitError)
              << " (median)\n";
    if (accuracy.networks > 0)
        std::cout << accuracy.networks << " networks not seen: " << percent(accuracy.within10)
                  << " within 10 %, " << percent(accuracy.within5) << " within 5 %, rank correlation "
                  << fixedText(accuracy.spearman, 4) << ", median error " << percent(accuracy.median)
                  << ", worst " << percent(accuracy.worst) << '\n';
    if (measured.table.power)
        std::cout << "power while they ran " << greenfront::toText(measured.table.power->power) << " ("
                  << toText(measured.table.power->provenance) << ")\n";
    std::cout << percent(measured.busyShare) << " of the runs left out because the machine was busy, "
              << greenfront::toText(measured.seconds) << " in all\n";
}

void keep(const MeasureOptions& options, const device::LatencyTable& table, const std::string& subject) {
    const Json json = device::toJson(table);
    if (!options.out.empty()) {
        writeFile(options.out, json.dump(1) + "\n");
        std::cerr << "Wrote " << options.out << '\n';
    }
    if (options.space.workspace.empty())
        return;
    auto workspace = store::Workspace::openOrCreate(options.space.workspace);
    Json description = study::descriptionOf(table, options.device, options.device + ", " + table.machine);
    if (const Bytes memory = device::physicalMemory(); options.host.empty() && memory.value > 0)
        description["memory_mib"] = memory.value / 1048576;
    study::addDevice(workspace, description, {{"kind", "table"}, {"table", json}}, subject);
    std::cerr << "Added " << options.device << " to " << options.space.workspace << '\n';
}

void tell(const MeasureOptions& options, const device::SpaceMeasurement& measured) {
    if (options.json)
        printJson(asJson(measured));
    else
        print(measured);
}

std::size_t profiledIn(const device::LatencyTable& table) {
    return static_cast<std::size_t>(std::ranges::count(table.networks, false, &device::NetworkTime::heldOut));
}

void measure(const MeasureOptions& options) {
    const auto space = spaceOf(options.space);
    const device::MeasuringPlan plan =
        device::planFor(*space, {.limit = Seconds(options.limit), .seed = options.seed});
    if (!options.host.empty()) {
        const std::string subject = "result of " + options.host;
        const std::string text =
            measureOverSsh(options.host, options.agent, device::toJson(plan).dump() + "\n");
        const auto table = device::latencyTableFromJson(parseJson(text, subject), subject);
        keep(options, table, subject);
        const device::SpaceMeasurement measured{
            .table = table, .accuracy = device::unseenAccuracy(table), .profiled = profiledIn(table)};
        return tell(options, measured);
    }
    Control control;
    const InterruptGuard guard(control);
    const auto measured = device::measureHere(plan, control, progressPrinter());
    tell(options, measured);
    keep(options, measured.table, "what was measured");
}

void makePlan(const PlanOptions& options) {
    const auto space = spaceOf(options.space);
    const auto plan = device::planFor(*space, {.blocks = !options.networksOnly,
                                               .networks = options.networks,
                                               .limit = Seconds(options.limit),
                                               .seed = options.seed});
    writeFile(options.out, device::toJson(plan).dump(1) + "\n");
    std::cerr << "Wrote " << options.out << ". On the other machine: greenfront-agent " << options.out
              << " --out result.json\nThen here: greenfront-cli device import WORKSPACE result.json "
                 "--device-id NAME"
              << (options.networksOnly ? " --like DEVICE\n" : "\n");
}

} // namespace

void addDeviceMeasure(CLI::App& device) {
    const auto options = std::make_shared<MeasureOptions>();
    CLI::App* command = device.add_subcommand(
        "measure", "Measure the blocks of a space on a machine, and how well they predict networks");
    addSpaceChoice(*command, options->space);
    command->add_option("--device-id", options->device, "As which device the workspace keeps it")
        ->capture_default_str();
    command->add_option("--out", options->out, "Write the latency table to this JSON file");
    command->add_option("--limit", options->limit, "Time limit in seconds")
        ->capture_default_str()
        ->check(CLI::Range(1.0, 1e6));
    command->add_option("--seed", options->seed, "The same seed measures the same networks")
        ->capture_default_str();
    auto* host =
        command->add_option("--ssh", options->host, "Measure on this host, where greenfront-agent is");
    command->add_option("--agent", options->agent, "The agent's path there")
        ->capture_default_str()
        ->needs(host);
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { measure(*options); });
}

void addDevicePlan(CLI::App& device) {
    const auto options = std::make_shared<PlanOptions>();
    CLI::App* command = device.add_subcommand("plan", "Write down what greenfront-agent measures elsewhere");
    addSpaceChoice(*command, options->space);
    command->add_option("--out", options->out, "The JSON file to write")->required();
    command->add_option("--networks", options->networks, "Whole networks, at most")
        ->capture_default_str()
        ->check(CLI::Range(1, 100000));
    command->add_flag("--networks-only", options->networksOnly,
                      "No blocks: enough to adapt another device's latencies");
    command->add_option("--limit", options->limit, "Time limit in seconds")
        ->capture_default_str()
        ->check(CLI::Range(1.0, 1e6));
    command->add_option("--seed", options->seed, "Which networks")->capture_default_str();
    command->callback([options] { makePlan(*options); });
}

} // namespace greenfront::cli
