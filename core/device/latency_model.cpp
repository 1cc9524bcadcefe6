// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/latency_model.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/device/adapt.h"
#include "core/device/json_reader.h"
#include "core/device/unit_regressor.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace greenfront::device {
namespace {

Latency within(Seconds time, double error, LatencySource source, Provenance provenance, std::string method) {
    return {.median = time,
            .low = time / (1 + error),
            .high = time * (1 + error),
            .provenance = provenance,
            .method = std::move(method),
            .source = source};
}

/// As it was measured; nothing if it was not.
std::optional<Latency> measuredIn(const std::map<std::string, NetworkTime, std::less<>>& networks,
                                  const std::string& key, const std::string& where, int threads) {
    const auto found = networks.find(key);
    if (found == networks.end())
        return std::nullopt;
    return Latency{.median = found->second.time,
                   .low = found->second.low,
                   .high = found->second.high,
                   .repeats = 1000, // its interval is one of a median
                   .threads = threads,
                   .provenance = Provenance::Measured,
                   .method = "measured networks: this one, " + where,
                   .source = LatencySource::MeasuredNetworks};
}

std::map<std::string, NetworkTime, std::less<>> byKey(std::vector<NetworkTime> networks) {
    std::map<std::string, NetworkTime, std::less<>> map;
    for (NetworkTime& network : networks)
        map.insert_or_assign(network.key, std::move(network));
    return map;
}

class Roofline final : public LatencyModel {
public:
    explicit Roofline(Profile profile) : profile_(std::move(profile)) {}
    Latency of(const arch::Network& network) const override { return estimateLatency(network, profile_); }
    std::string summary() const override { return hasSpeed(profile_) ? "roofline" : "unknown"; }

private:
    Profile profile_;
};

class Published final : public LatencyModel {
public:
    explicit Published(std::vector<LookupTable> tables) : tables_(std::move(tables)) {
        std::vector<std::string> sides;
        sides.reserve(tables_.size());
        for (const LookupTable& table : tables_)
            sides.push_back(std::to_string(table.resolution()));
        sides_ = join(sides, ", ");
    }

    Latency of(const arch::Network& network) const override {
        const auto table = std::ranges::find(tables_, network.input().height, &LookupTable::resolution);
        if (table == tables_.end())
            throw Error("tell", "the latency at " + std::to_string(network.input().height) + " pixels",
                        "the device's latency tables are for " + sides_ + " pixels",
                        "Add the table of that resolution");
        Seconds sum;
        for (const std::string& key : publishedKeys(network))
            sum += table->of(key);
        Latency latency = within(sum, 0, LatencySource::MeasuredBlocks, Provenance::Imported,
                                 "measured blocks: sum of the once-for-all table " + table->name());
        return latency;
    }
    std::string summary() const override {
        return "measured blocks (once-for-all tables at " + sides_ + " pixels)";
    }

private:
    std::vector<LookupTable> tables_;
    std::string sides_;
};

class Table final : public LatencyModel {
public:
    explicit Table(LatencyTable table)
        : correction_(table.correction),
          call_(table.call),
          threads_(table.threads),
          where_(table.method),
          networks_(byKey(std::move(table.networks))),
          regressor_(timesOf(table.blocks)) {
        for (const BlockTime& block : table.blocks)
            blocks_.emplace(block.unit.key(), block.time);
    }

    Latency of(const arch::Network& network) const override {
        const auto units = fusedUnits(network);
        if (auto measured = measuredIn(networks_, networkKey(units), where_, threads_))
            return *measured;
        Seconds sum = call_;
        std::size_t guessed = 0;
        for (const FusedUnit& unit : units) {
            const auto found = blocks_.find(unit.key());
            if (found != blocks_.end()) {
                sum += found->second;
                continue;
            }
            const auto time = regressor_.predict(unit);
            if (!time)
                throw Error("tell", "the latency of '" + unit.key() + "'",
                            "the device's latency table holds no block of the kind '" + unit.kind + "'",
                            "Measure a space that has such blocks there");
            sum += *time;
            ++guessed;
        }
        Latency latency = within(
            corrected(correction_, sum), correction_.error,
            guessed == 0 ? LatencySource::MeasuredBlocks : LatencySource::Regressors, Provenance::Predicted,
            guessed == 0 ? "measured blocks: the sum of all " + std::to_string(units.size()) + ", " + where_
                         : "regressors for " + std::to_string(guessed) + " of " +
                               std::to_string(units.size()) + " blocks, the others measured, " + where_);
        latency.threads = threads_;
        return latency;
    }
    std::string summary() const override {
        return "measured networks (" + std::to_string(networks_.size()) + "), measured blocks (" +
               std::to_string(blocks_.size()) + "), regressors";
    }

private:
    static std::vector<UnitTime> timesOf(const std::vector<BlockTime>& blocks) {
        std::vector<UnitTime> times;
        times.reserve(blocks.size());
        for (const BlockTime& block : blocks)
            times.push_back({block.unit, block.time});
        return times;
    }

    Correction correction_;
    Seconds call_;
    int threads_;
    std::string where_;
    std::map<std::string, NetworkTime, std::less<>> networks_;
    std::map<std::string, Seconds, std::less<>> blocks_;
    UnitRegressor regressor_;
};

class Adapted final : public LatencyModel {
public:
    Adapted(std::unique_ptr<LatencyModel> base, Correction correction, std::vector<NetworkTime> networks,
            std::string title)
        : base_(std::move(base)),
          correction_(correction),
          count_(networks.size()),
          networks_(byKey(std::move(networks))),
          title_(std::move(title)) {}

    Latency of(const arch::Network& network) const override {
        if (auto measured = measuredIn(networks_, networkKey(fusedUnits(network)), "on this device", 1))
            return *measured;
        const Latency base = base_->of(network);
        Latency latency =
            within(corrected(correction_, base.median), correction_.error, base.source, Provenance::Predicted,
                   std::string(toText(base.source)) + " of " + title_ + ", adapted by " +
                       std::to_string(count_) + " networks measured on this device");
        latency.threads = base.threads;
        return latency;
    }
    std::string summary() const override {
        return "measured networks (" + std::to_string(count_) + "), adapted from " + title_ + ": " +
               base_->summary();
    }

private:
    std::unique_ptr<LatencyModel> base_;
    Correction correction_;
    std::size_t count_;
    std::map<std::string, NetworkTime, std::less<>> networks_;
    std::string title_;
};

} // namespace

std::unique_ptr<LatencyModel> rooflineModel(const Profile& profile) {
    return std::make_unique<Roofline>(profile);
}

std::unique_ptr<LatencyModel> publishedModel(std::vector<LookupTable> tables) {
    return std::make_unique<Published>(std::move(tables));
}

std::unique_ptr<LatencyModel> tableModel(LatencyTable table) {
    return std::make_unique<Table>(std::move(table));
}

std::unique_ptr<LatencyModel> adaptedModel(std::unique_ptr<LatencyModel> base, Correction correction,
                                           std::vector<NetworkTime> networks, std::string title) {
    return std::make_unique<Adapted>(std::move(base), correction, std::move(networks), std::move(title));
}

std::unique_ptr<LatencyModel> latencyModelFromJson(const Json& json, const Profile& profile,
                                                   const std::string& subject) {
    if (json.is_null())
        return rooflineModel(profile);
    const JsonReader reader(json, "use latency model", subject);
    const std::string kind = reader.text("kind", 40);
    if (kind == "table")
        return tableModel(latencyTableFromJson(reader.at("table").json(), subject));
    if (kind == "once-for-all") {
        std::vector<LookupTable> tables;
        const JsonReader list = reader.at("tables");
        tables.reserve(list.size());
        for (std::size_t i = 0; i < list.size(); ++i)
            tables.push_back(LookupTable::fromJson(list.at(i).json()));
        return publishedModel(std::move(tables));
    }
    if (kind != "adapted")
        reader.refuse("'kind' is '" + kind + "', which this Greenfront does not know");
    const Json& described = reader.at("profile").json();
    const Profile base = described.is_null() ? profile : profileFromJson(described, subject);
    const LatencyTable measured = latencyTableFromJson(reader.at("measured").json(), subject);
    return adaptedModel(latencyModelFromJson(reader.at("base").json(), base, subject), measured.correction,
                        measured.networks, reader.text("title", 200));
}

} // namespace greenfront::device
