// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/carbon.h"
#include "app/cli/output.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/energy/schedule.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string series, place, from, duration, window = "24h", policy = "flexible-start";
    bool json = false;
};

energy::Moment startOf(const Options& options, const energy::IntensitySeries& series) {
    if (options.from.empty())
        return series.start();
    if (const auto moment = energy::parseMoment(options.from == "now" ? utcNow() : options.from))
        return *moment;
    throw Error("read the time", "'" + options.from + "'", "it is not an ISO 8601 time with a zone",
                "Write it as 2026-03-01T12:00:00Z, or now");
}

OrderedJson asJson(const energy::Schedule& plan) {
    OrderedJson parts = OrderedJson::array();
    for (const energy::TimeSpan& part : plan.parts)
        parts.push_back({{"start", energy::isoText(part.start)}, {"end", energy::isoText(part.end)}});
    return {{"policy", toText(plan.policy)},
            {"start", energy::isoText(plan.start)},
            {"end", energy::isoText(plan.end)},
            {"slots", parts},
            {"mean_intensity_g_per_kwh", plan.mean.value},
            {"delay_s", plan.delay.value},
            {"saved_percent", plan.savedPercent ? OrderedJson(*plan.savedPercent) : OrderedJson()}};
}

void print(const energy::Schedule& plan) {
    std::vector<std::vector<std::string>> table{{"from", "to", "for"}};
    for (const energy::TimeSpan& part : plan.parts)
        table.push_back({energy::isoText(part.start), energy::isoText(part.end),
                         greenfront::toText(Seconds(static_cast<double>((part.end - part.start).count())))});
    printTable(table);
    std::cout << "mean intensity " << fixedText(plan.mean.value, 1) << " g CO2e/kWh, "
              << greenfront::toText(plan.delay) << " later than at once, ";
    if (plan.savedPercent)
        std::cout << "saves " << fixedText(*plan.savedPercent, 1) << " %\n";
    else
        std::cout << "saving unknown, as the series has a gap there\n";
}

void plan(const Options& options) {
    const auto series = energy::readIntensitySeries(options.series, options.place);
    energy::ScheduleRequest request{.policy = energy::policyFrom(options.policy),
                                    .duration = energy::parseDuration(options.duration),
                                    .window = energy::parseDuration(options.window),
                                    .from = startOf(options, series)};
    const energy::Schedule found = energy::schedule(series, request);
    for (const energy::TimeSpan& gap : series.gaps())
        std::cerr << "Nothing is known from " << energy::isoText(gap.start) << " to "
                  << energy::isoText(gap.end) << "; nothing is planned there.\n";
    if (found.windowCut)
        std::cerr << "The series ends at " << energy::isoText(series.end()) << ", before the window does.\n";
    if (options.json)
        printJson(asJson(found));
    else
        print(found);
}

} // namespace

void addSchedule(CLI::App& carbon) {
    CLI::App* command =
        carbon.add_subcommand("schedule", "When to run for the least carbon (Dodge et al. 2022)");
    const auto options = std::make_shared<Options>();
    command
        ->add_option("--series", options->series,
                     "Intensities over time: Carbon Aware SDK records, an Electricity Maps history, or CSV")
        ->required();
    command->add_option("--duration", options->duration, "How long the run takes: 2h, 90m, 1h30m")
        ->required();
    command->add_option("--window", options->window, "Within which it begins and ends")
        ->capture_default_str();
    command->add_option("--policy", options->policy, "flexible-start or pause-resume")->capture_default_str();
    command->add_option("--from", options->from,
                        "When the window begins: an ISO 8601 time, or now; the series' start "
                        "if not given");
    command->add_option("--region", options->place, "Which place, where the series has several");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { plan(*options); });
}

} // namespace greenfront::cli
