// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/results.h"
#ifdef GREENFRONT_HAS_PLOTS
#include "ui/plots/front_image.h"
#endif

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, x = "latency_ms", y = "accuracy", device = "this-machine", png;
    std::int64_t study = 0;
    bool json = false;
    bool all = false;
};

std::string cell(const Metric& metric) {
    std::string text = numberText(metric.value);
    if (text.size() > 7 || text.find('e') != std::string::npos)
        text = fixedText(metric.value, std::abs(metric.value) < 10 ? 4 : 2);
    return text;
}

std::string heading(const std::string& name, const Metric& metric) {
    return metric.unit.empty() ? name : name + " [" + metric.unit + "]";
}

void printFront(const study::Front& front, bool all) {
    std::vector<std::vector<std::string>> table{
        {"candidate", "front", heading(front.x, front.xMetric), heading(front.y, front.yMetric), "obtained"}};
    for (const study::FrontPoint& point : front.points) {
        if (!all && !point.onFront)
            continue;
        const Metric& x = point.metrics.at(front.x);
        const Metric& y = point.metrics.at(front.y);
        table.push_back({std::to_string(point.candidate.value), point.onFront ? "*" : "", cell(x), cell(y),
                         std::string(toText(x.provenance)) + ", " + std::string(toText(y.provenance))});
    }
    std::cout << front.y << " against " << front.x << " on " << front.device << '\n';
    printTable(table);
}

void writePng([[maybe_unused]] const study::Front& front, const std::string& path) {
#ifdef GREENFRONT_HAS_PLOTS
    ui::renderFrontPng(front, path);
#else
    throw Error("write", path, "this build has no plots", "Build with GREENFRONT_UI=ON");
#endif
}

void show(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    const StudyId study = chooseStudy(workspace, options.study);
    const study::Front front = study::frontOf(workspace, study, options.x, options.y, options.device);
    if (!options.png.empty())
        writePng(front, options.png);
    if (options.json)
        printJson(study::toJson(front));
    else
        printFront(front, options.all);
}

} // namespace

void addFront(CLI::App& app) {
    CLI::App* command = app.add_subcommand("front", "Show the Pareto front over two metrics for a device");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_option("--x", options->x, "Metric on the x axis")->capture_default_str();
    command->add_option("--y", options->y, "Metric on the y axis")->capture_default_str();
    command->add_option("--device", options->device, "For which device")->capture_default_str();
    command->add_option("--study", options->study, "The study's number; the newest one if not given");
    command->add_option("--png", options->png, "Draw it into this PNG file as well");
    command->add_flag("--all", options->all, "List dominated candidates too");
    command->add_flag("--json", options->json, "Print one JSON document, with all candidates");
    command->callback([options] { show(*options); });
}

} // namespace greenfront::cli
