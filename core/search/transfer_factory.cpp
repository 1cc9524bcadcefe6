// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/method_options.h"
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
        countOption("start", "Start", "How many trials start it; every second is the method's own.", 10, 0,
                    1000),
        countOption("portfolio", "Portfolio", "The most of the start that are chosen from past studies.", 5,
                    0, 100),
        {.key = "escape",
         .title = "Escape",
         .help = "The share of draws around past optima that come from anywhere.",
         .kind = ParameterKind::Real,
         .defaultValue = 0.2,
         .minimum = 0,
         .maximum = 1},
        countOption("tasks", "Past studies", "The most that are learnt from.", 20, 1, 200)};
    return schema;
}

std::string methodBehind(const std::string& name) {
    return kindOf(name).method;
}

std::unique_ptr<TransferOptimiser> makeTransferred(const std::string& method, const SearchSetup& setup,
                                                   const Json& options, const History& history,
                                                   const Json& transfer) {
    const Kind kind = kindOf(method);
    auto plain = makeOptimiser(kind.method, setup, options);
    const Json chosen = checked(transferSchema(), transfer, "the transfer from history");
    const TransferSettings settings{chosen.at("start").get<std::size_t>(),
                                    chosen.at("portfolio").get<std::size_t>(),
                                    chosen.at("escape").get<double>(), chosen.at("tasks").get<std::size_t>()};
    return std::make_unique<TransferOptimiser>(std::move(plain), method, setup, kind.kind, settings, history);
}

} // namespace greenfront::search
