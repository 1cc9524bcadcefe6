// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/latency_table.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/device/json_reader.h"

#include <algorithm>
#include <map>

namespace greenfront::device {
namespace {

constexpr int currentVersion = 1;
constexpr double perSecond = 1000; ///< milliseconds
constexpr double slowest = 1e7;    ///< milliseconds

Json asJson(const Shape& shape) {
    return {shape.channels, shape.height, shape.width};
}

OrderedJson asJson(const BlockTime& block) {
    const FusedUnit& unit = block.unit;
    return {{"kind", unit.kind},
            {"input", asJson(unit.input)},
            {"output", asJson(unit.output)},
            {"kernel", unit.kernel},
            {"stride", unit.stride},
            {"groups", unit.groups},
            {"then", unit.then},
            {"ms", block.time.value * perSecond},
            {"low_ms", block.low.value * perSecond},
            {"high_ms", block.high.value * perSecond},
            {"networks", block.networks}};
}

OrderedJson asJson(const NetworkTime& network) {
    return {{"genotype", network.genotype},
            {"key", network.key},
            {"ms", network.time.value * perSecond},
            {"low_ms", network.low.value * perSecond},
            {"high_ms", network.high.value * perSecond},
            {"held_out", network.heldOut}};
}

Shape shapeFrom(const JsonReader& reader, const std::string& key) {
    const auto sizes = reader.integers(key, 3);
    if (sizes.size() != 3 ||
        std::ranges::any_of(sizes, [](int size) { return size < 1 || size > 1'000'000; }))
        reader.at(key).refuse("'" + key + "' of a block is not [channels, height, width]");
    return {sizes[0], sizes[1], sizes[2]};
}

/// Above 0: a latency of nothing is none.
Seconds timeFrom(const JsonReader& reader, const std::string& key) {
    constexpr double least = 1e-9;
    return Seconds(reader.number(key, least, slowest) / perSecond);
}

BlockTime blockFrom(const JsonReader& reader) {
    BlockTime block{.unit = {.layers = {},
                             .kind = reader.text("kind", 40),
                             .input = shapeFrom(reader, "input"),
                             .output = shapeFrom(reader, "output"),
                             .kernel = reader.integer("kernel", 1, 1000),
                             .stride = reader.integer("stride", 1, 1000),
                             .groups = reader.integer("groups", 1, 1'000'000),
                             .then = reader.text("then", 200)},
                    .time = timeFrom(reader, "ms"),
                    .low = timeFrom(reader, "low_ms"),
                    .high = timeFrom(reader, "high_ms"),
                    .networks = reader.integer("networks", 1, 1'000'000)};
    return block;
}

NetworkTime networkFrom(const JsonReader& reader) {
    return {.genotype = reader.integers("genotype"),
            .key = reader.text("key", 64),
            .time = timeFrom(reader, "ms"),
            .low = timeFrom(reader, "low_ms"),
            .high = timeFrom(reader, "high_ms"),
            .heldOut = reader.flag("held_out")};
}

MeasuredPower powerFrom(const JsonReader& reader) {
    MeasuredPower power{.power = Watts(reader.number("watts", 1e-6, 1e6)),
                        .provenance = Provenance::Estimated,
                        .method = reader.text("method")};
    const auto provenance = provenanceFrom(reader.text("provenance", 20));
    if (!provenance)
        reader.refuse("'power.provenance' is none that there is");
    power.provenance = *provenance;
    return power;
}

/// A block cannot be faster than a rack of accelerators, nor all of them slower than a wrist watch.
void requireMilliseconds(const LatencyTable& table, const JsonReader& reader) {
    double fastest = 0;
    for (const BlockTime& block : table.blocks)
        fastest = std::max(fastest, 2 * block.unit.macs() / block.time.value);
    constexpr double most = 1e15;
    constexpr double least = 1e4;
    if (fastest > most || (fastest > 0 && fastest < least))
        reader.refuse("its fastest block would do " + countText(fastest) +
                      "FLOP/s, so its times are probably not in milliseconds");
    if (table.blocks.empty() || table.networks.empty())
        return;
    // The slowest network holds more than one block's time, and less than all of them together many times.
    const Seconds network = std::ranges::max(table.networks, {}, &NetworkTime::time).time;
    const Seconds block = std::ranges::max(table.blocks, {}, &BlockTime::time).time;
    Seconds all;
    for (const BlockTime& each : table.blocks)
        all += each.time;
    if (network < block * 0.1 || network > all * 100)
        reader.refuse("its slowest network takes " + numberText(network.value * perSecond) +
                      " ms and its slowest block " + numberText(block.value * perSecond) +
                      " ms, so one of them is probably not in milliseconds");
}

} // namespace

OrderedJson toJson(const LatencyTable& table) {
    OrderedJson blocks = OrderedJson::array();
    for (const BlockTime& block : table.blocks)
        blocks.push_back(asJson(block));
    OrderedJson networks = OrderedJson::array();
    for (const NetworkTime& network : table.networks)
        networks.push_back(asJson(network));
    OrderedJson json{{"format", latencyTableFormat},
                     {"version", currentVersion},
                     {"machine", table.machine},
                     {"processor", table.processor},
                     {"library", table.library},
                     {"threads", table.threads},
                     {"precision", "fp32"},
                     {"batch", 1},
                     {"unit", "ms"},
                     {"method", table.method},
                     {"at", table.at},
                     {"space", table.space},
                     {"call_ms", table.call.value * perSecond},
                     {"correction",
                      {{"offset", table.correction.offset},
                       {"slope", table.correction.slope},
                       {"error", table.correction.error}}},
                     {"power", nullptr},
                     {"blocks", blocks},
                     {"networks", networks}};
    if (table.power)
        json["power"] = {{"watts", table.power->power.value},
                         {"provenance", toText(table.power->provenance)},
                         {"method", table.power->method}};
    return json;
}

LatencyTable latencyTableFromJson(const Json& json, const std::string& subject) {
    const JsonReader reader(json, "use latency table", subject);
    if (reader.text("format", 100) != latencyTableFormat)
        reader.refuse("'format' is not " + std::string(latencyTableFormat));
    if (const int version = reader.integer("version", 0, 1'000'000); version != currentVersion)
        reader.refuse("it is of version " + std::to_string(version) + ", and this Greenfront reads version " +
                      std::to_string(currentVersion));
    if (reader.text("unit", 20) != "ms")
        reader.refuse("'unit' is not ms");
    const JsonReader correction = reader.at("correction");
    LatencyTable table{.machine = reader.text("machine"),
                       .processor = reader.text("processor"),
                       .library = reader.text("library"),
                       .method = reader.text("method"),
                       .at = reader.text("at", 40),
                       .threads = reader.integer("threads", 1, 4096),
                       .space = reader.at("space").json(),
                       .call = Seconds(reader.number("call_ms", 0, slowest) / perSecond),
                       .blocks = {},
                       .networks = {},
                       .correction = {.offset = correction.number("offset", -50, 50),
                                      .slope = correction.number("slope", 0.01, 100),
                                      .error = correction.number("error", 0, 1000)},
                       .power = {}};
    const JsonReader blocks = reader.at("blocks");
    for (std::size_t i = 0; i < blocks.size(); ++i)
        table.blocks.push_back(blockFrom(blocks.at(i)));
    const JsonReader networks = reader.at("networks");
    for (std::size_t i = 0; i < networks.size(); ++i)
        table.networks.push_back(networkFrom(networks.at(i)));
    if (table.blocks.empty() && table.networks.empty())
        reader.refuse("it holds neither blocks nor networks");
    if (reader.has("power"))
        table.power = powerFrom(reader.at("power"));
    requireMilliseconds(table, reader);
    return table;
}

} // namespace greenfront::device
