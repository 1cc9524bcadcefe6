// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/headline_tables.h"

#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/base/units.h"

#include <iostream>

namespace greenfront::cli {
namespace {

std::string number(const OrderedJson& json, const char* key, int decimals) {
    return json.at(key).is_number() ? fixedText(json.at(key).get<double>(), decimals) : "";
}

void printOnceForAll(const OrderedJson& result) {
    std::vector<std::vector<std::string>> table{
        {"devices", "way", "accuracy [%]", "latency_ms", "energy", "carbon", ""}};
    for (const OrderedJson& row : result.at("table"))
        for (const auto& [key, name] : {std::pair("once_for_all", "once for all"), {"alone", "each alone"}}) {
            const OrderedJson& side = row.at(key);
            table.push_back({row.at("devices").dump(), name, number(side, "accuracy", 2),
                             shortText(side.at("latency_ms").get<double>()),
                             toText(Joules(side.at("joules").get<double>())),
                             toText(GramsCO2e(side.at("grams").get<double>())),
                             side.at("extrapolated").get<bool>() ? "extrapolated" : "run"});
        }
    printTable(table);
    const OrderedJson& marginal = result.at("marginal");
    const auto joules = [&](const char* side) {
        return toText(Joules(marginal.at(side).at("joules").get<double>()));
    };
    std::cout << "\none more device takes " << joules("once_for_all") << ", or " << joules("alone")
              << " if its network is trained alone: " << shortText(marginal.at("ratio").get<double>())
              << " times as much\n";
}

void printParsec(const OrderedJson& result) {
    std::vector<std::vector<std::string>> table{
        {"way", "accuracy [%]", "MMACs", "search", "energy", "carbon", "networks drawn", "its training"}};
    for (const OrderedJson& way : result.at("ways")) {
        const OrderedJson& search = way.at("search");
        table.push_back({way.at("title").get<std::string>(), number(way, "accuracy", 2),
                         shortText(way.at("macs").get<double>() * 1e-6),
                         toText(Seconds(search.at("seconds").get<double>())),
                         toText(Joules(search.at("joules").get<double>())),
                         toText(GramsCO2e(search.at("grams").get<double>())), way.at("networks_drawn").dump(),
                         toText(Joules(way.at("training").at("joules").get<double>()))});
    }
    printTable(table);
    std::cout << "\naccuracy: on " << result.at("test_samples").dump()
              << " test samples, of the network trained alone for " << result.at("epochs").dump()
              << " epochs; all networks within " << shortText(result.at("most_macs").get<double>() * 1e-6)
              << " MMACs\nweightless: scored by ";
    std::string between;
    for (const OrderedJson& score : result.at("scores")) {
        std::cout << between << score.at("name").get<std::string>() << " ("
                  << score.at("source").get<std::string>() << ')';
        between = " and ";
    }
    std::cout << ", untrained\nPARSEC's search takes " << shortText(result.at("search_ratio").get<double>())
              << " times the energy of weightless PARSEC's\n";
}

} // namespace

void printHeadline(const OrderedJson& result) {
    result.at("headline") == "parsec" ? printParsec(result) : printOnceForAll(result);
}

} // namespace greenfront::cli
