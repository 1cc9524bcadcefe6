// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/energy_report.h"

#include "core/base/text.h"
#include "core/energy/attribution.h"

namespace greenfront::cli {
namespace {

/// Of the readings that saw anything; nothing if none did.
struct Sum {
    Joules joules, low, high;
    bool known = false;
    bool complete = true; ///< no source went unseen
    bool measured = true; ///< all of it
};

Sum sumOf(const std::vector<energy::Reading>& readings) {
    Sum sum;
    for (const auto& reading : readings) {
        if (!reading.known()) {
            sum.complete = false;
            continue;
        }
        sum.known = true;
        sum.joules += reading.joules;
        sum.low += reading.low;
        sum.high += reading.high;
        sum.measured = sum.measured && reading.provenance == Provenance::Measured;
    }
    return sum;
}

std::vector<energy::Reading> attributedTo(const Measured& measured) {
    std::vector<energy::Reading> list;
    for (const auto& reading : measured.readings)
        list.push_back(energy::attributed(reading, *measured.share));
    return list;
}

OrderedJson known(bool isKnown, Joules joules) {
    return isKnown ? OrderedJson(joules.value) : OrderedJson(nullptr);
}

OrderedJson readingJson(const energy::Reading& reading) {
    return {{"source", reading.source},
            {"joules", known(reading.known(), reading.joules)},
            {"low", known(reading.known(), reading.low)},
            {"high", known(reading.known(), reading.high)},
            {"provenance", toText(reading.provenance)},
            {"part", toText(reading.part)},
            {"seconds", reading.seconds.value},
            {"gaps", reading.gaps},
            {"unseen_seconds", reading.unseen.value},
            {"method", reading.method}};
}

OrderedJson idleJson(const Measured& measured) {
    OrderedJson sources = OrderedJson::array();
    Joules net, low, high;
    bool complete = true;
    for (const auto& reading : measured.readings) {
        const auto one = energy::netOf(reading, *measured.idle);
        complete = complete && one;
        if (!one)
            continue;
        net += one->joules;
        low += one->low;
        high += one->high;
        const Watts idle = (reading.joules - one->joules) / (reading.seconds - reading.unseen);
        sources.push_back(
            {{"source", reading.source}, {"idle_watts", idle.value}, {"net_joules", one->joules.value}});
    }
    return {{"seconds", measured.idle->seconds.value},
            {"sources", sources},
            {"net_joules", known(complete, net)},
            {"net_low", known(complete, low)},
            {"net_high", known(complete, high)}};
}

OrderedJson attributionJson(const Measured& measured) {
    const Sum sum = sumOf(attributedTo(measured));
    return {{"processor_share", *measured.share},
            {"joules", known(sum.known, sum.joules)},
            {"low", known(sum.known, sum.low)},
            {"high", known(sum.known, sum.high)},
            {"provenance", "estimated"},
            {"method", "Joules of the whole machine by the program's share of the processor time that all "
                       "programs used; those of GPUs are not split"}};
}

OrderedJson unusableJson(const std::vector<energy::Unusable>& list) {
    OrderedJson json = OrderedJson::array();
    for (const auto& one : list)
        json.push_back({{"source", one.source}, {"reason", one.reason}});
    return json;
}

std::string rangeText(Joules low, Joules high) {
    return toText(low) + " to " + toText(high);
}

std::string readingText(const energy::Reading& reading) {
    if (!reading.known())
        return reading.source + "  not seen: every read failed\n";
    std::string text = reading.source + "  " + toText(reading.joules) + " (" +
                       rangeText(reading.low, reading.high) + ", " + std::string(toText(reading.provenance)) +
                       ")";
    if (reading.unseen > Seconds(0))
        text += ", " + toText(reading.unseen) + " of " + toText(reading.seconds) + " not seen";
    return text + '\n';
}

} // namespace

OrderedJson sourcesJson(const std::vector<energy::Source>& sources) {
    OrderedJson list = OrderedJson::array();
    for (const auto& source : sources) {
        const bool readable =
            source.state == energy::SourceState::Used || source.state == energy::SourceState::Overlapping;
        OrderedJson one{{"source", source.name},
                        {"usable", readable},
                        {"state", toText(source.state)},
                        {"reason", source.reason}};
        if (readable) {
            one["part"] = toText(source.part);
            one["provenance"] = toText(source.provenance);
            one["uncertainty"] = source.uncertainty;
            one["resolution_s"] = source.resolution.value;
            one["read_at_least_every_s"] = source.deadline.value;
            one["method"] = source.method;
        }
        list.push_back(std::move(one));
    }
    return list;
}

OrderedJson measuredJson(const Measured& measured) {
    OrderedJson readings = OrderedJson::array();
    for (const auto& reading : measured.readings)
        readings.push_back(readingJson(reading));
    OrderedJson parts = OrderedJson::array();
    for (const auto& part : measured.parts) {
        auto json = readingJson(part.reading);
        json["counted_by"] = part.with;
        parts.push_back(std::move(json));
    }
    const Sum sum = sumOf(measured.readings);
    OrderedJson json{
        {"seconds", measured.seconds.value},
        {"exit_status", measured.ended.status},
        {"signal", measured.ended.signal == 0 ? OrderedJson(nullptr) : OrderedJson(measured.ended.signal)},
        {"readings", readings},
        {"total_joules", known(sum.known, sum.joules)},
        {"total_low", known(sum.known, sum.low)},
        {"total_high", known(sum.known, sum.high)},
        {"total_is_complete", sum.known && sum.complete},
        {"grams", nullptr}};
    if (sum.known) {
        json["grams"] = energy::carbonOf(sum.joules, measured.grid.value, measured.pue).value;
        json["grams_low"] = energy::carbonOf(sum.low, measured.grid.value, measured.pue).value;
        json["grams_high"] = energy::carbonOf(sum.high, measured.grid.value, measured.pue).value;
        json["intensity"] = {{"g_per_kwh", measured.grid.value.value},
                             {"pue", measured.pue},
                             {"description", energy::describe(measured.grid)}};
    }
    json["parts"] = parts;
    if (measured.idle)
        json["idle"] = idleJson(measured);
    if (measured.share)
        json["attributed"] = attributionJson(measured);
    json["unusable"] = unusableJson(measured.unusable);
    return json;
}

std::string measuredText(const Measured& measured) {
    std::string text = toText(measured.seconds) + ", status " + std::to_string(measured.ended.status) + '\n';
    for (const auto& reading : measured.readings)
        text += readingText(reading);
    const Sum sum = sumOf(measured.readings);
    if (!sum.known)
        return text + "total  not known\n";
    text += "total  " + toText(sum.joules) + " (" + rangeText(sum.low, sum.high) + ")" +
            (sum.measured ? "" : ", not all of it measured") +
            (sum.complete ? "" : ", without what was not seen") + '\n';
    if (measured.idle) {
        const auto idle = idleJson(measured);
        if (idle["net_joules"].is_number())
            text += "net of the idle power  " + toText(Joules(idle["net_joules"].get<double>())) + '\n';
    }
    if (measured.share) {
        const Sum own = sumOf(attributedTo(measured));
        text += "the program's share, estimated by processor time (" + fixedText(*measured.share * 100, 0) +
                " %)  " + toText(own.joules) + " (" + rangeText(own.low, own.high) + ")\n";
    }
    text += toText(energy::carbonOf(sum.joules, measured.grid.value, measured.pue)) + " at " +
            energy::describe(measured.grid) + '\n';
    return text;
}

} // namespace greenfront::cli
