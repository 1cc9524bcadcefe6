// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/transfer_record.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <cctype>

namespace greenfront::search {
namespace {

constexpr double leastSaid = 0.005; ///< what rounds to 0.00 is not said

std::string weightsText(const TransferRecord& record) {
    std::vector<std::pair<double, std::string>> weights;
    for (const auto& source : record.sources)
        if (source.weight >= leastSaid)
            weights.emplace_back(source.weight, source.name);
    std::ranges::stable_sort(weights, std::greater<>(), &std::pair<double, std::string>::first);
    weights.emplace_back(record.own, "own");
    std::vector<std::string> parts;
    parts.reserve(weights.size());
    for (const auto& [weight, name] : weights)
        parts.push_back(fixedText(weight, 2) + " " + name);
    return "weights " + join(parts, ", ");
}

[[noreturn]] void refuse(const std::string& reason) {
    throw Error("read", "what a search used of its history", reason, "Take it as the study wrote it");
}

} // namespace

bool TransferRecord::isTransfer() const {
    return !means.empty() && std::ranges::any_of(sources, &Source::used);
}

std::string TransferRecord::text() const {
    std::vector<std::string> parts;
    if (isTransfer()) {
        const auto used = std::ranges::count_if(sources, &Source::used);
        parts.push_back(join(means, " and ") + " from " + std::to_string(used) +
                        (used == 1 ? " study" : " studies"));
        if (weighted)
            parts.push_back(weightsText(*this));
    } else {
        parts.emplace_back(sources.empty() ? "no history" : "nothing of the history is used");
    }
    for (const Source& source : sources)
        if (!source.used)
            parts.push_back("'" + source.name + "' is left out because " + source.reason);
    std::string text = join(parts, "; ");
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

Json TransferRecord::toJson() const {
    Json json{{"method", method}, {"means", means}, {"sources", Json::array()}};
    for (const Source& source : sources) {
        Json entry{{"name", source.name}, {"used", source.used}};
        if (!source.used)
            entry["reason"] = source.reason;
        if (weighted)
            entry["weight"] = source.weight;
        json["sources"].push_back(std::move(entry));
    }
    if (weighted)
        json["own"] = own;
    return json;
}

TransferRecord TransferRecord::fromJson(const Json& json) {
    try {
        TransferRecord record{json.at("method").get<std::string>(),
                              json.at("means").get<std::vector<std::string>>(),
                              {},
                              json.contains("own"),
                              json.value("own", 1.0)};
        for (const Json& entry : json.at("sources"))
            record.sources.push_back({entry.at("name").get<std::string>(), entry.at("used").get<bool>(),
                                      entry.value("reason", ""), entry.value("weight", 0.0)});
        return record;
    } catch (const Json::exception&) {
        refuse("a part is missing or of another kind");
    }
}

} // namespace greenfront::search
