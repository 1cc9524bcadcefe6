// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/schema.h"
#include "core/search/transfer.h"

namespace greenfront::search {
namespace {

struct Kind {
    TransferKind kind;
    std::string method; ///< that it falls back to
};

Kind kindOf(const std::string& name) {
    if (name == "rgpe")
        return {TransferKind::Ranked, "gp"};
    if (name == "pmf")
        return {TransferKind::Factorised, "gp"};
    if (name == "box")
        return {TransferKind::Range, "random"};
    return {TransferKind::Start, name};
}

Parameter count(const char* key, const char* title, const char* help, int value, int least, int most) {
    return {.key = key,
            .title = title,
            .help = help,
            .kind = ParameterKind::Integer,
            .defaultValue = value,
            .minimum = least,
            .maximum = most};
}

} // namespace

const std::vector<std::string>& transferNames() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list{"rgpe", "pmf", "box"};
        list.insert(list.end(), optimiserNames().begin(), optimiserNames().end());
        return list;
    }();
    return names;
}

const Schema& transferSchema() {
    static const Schema schema{
        count("portfolio", "Portfolio", "What is tried first, chosen from past studies.", 5, 0, 100),
        count("ranged", "Trials in shrunk ranges", "Drawn around the optima of past studies then.", 5, 0,
              1000),
        {.key = "escape",
         .title = "Escape",
         .help = "The share of these draws that come from the whole space.",
         .kind = ParameterKind::Real,
         .defaultValue = 0.2,
         .minimum = 0,
         .maximum = 1},
        count("tasks", "Past studies", "The most that are learnt from.", 20, 1, 200)};
    return schema;
}

std::unique_ptr<TransferOptimiser> makeTransferred(const std::string& method, const SearchSetup& setup,
                                                   const Json& options, const History& history,
                                                   const Json& transfer) {
    const Kind kind = kindOf(method);
    auto plain = makeOptimiser(kind.method, setup, options);
    const Json chosen = checked(transferSchema(), transfer, "the transfer from history");
    const TransferSettings settings{chosen.at("portfolio").get<std::size_t>(),
                                    chosen.at("ranged").get<std::size_t>(), chosen.at("escape").get<double>(),
                                    chosen.at("tasks").get<std::size_t>()};
    return std::make_unique<TransferOptimiser>(std::move(plain), method, setup, kind.kind, settings, history);
}

} // namespace greenfront::search
