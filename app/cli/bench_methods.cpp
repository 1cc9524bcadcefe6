// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_engine.h"
#include "core/base/error.h"
#include "core/base/statistics.h"
#include "core/search/hypervolume.h"
#include "core/search/optimiser.h"
#include "core/search/test_problems.h"

#include <algorithm>
#include <chrono>
#include <map>

namespace greenfront::cli {
namespace {

using namespace search;

constexpr std::size_t problemBudget = 5000;
constexpr std::size_t tableBudget = 200;
constexpr std::uint64_t tableSeeds = 20;

ParameterSpace mixedSpace() {
    return parameterSpaceFromJson(Json::parse(R"({"parameters": [
        {"name": "rate", "type": "float", "low": 1e-5, "high": 1, "distribution": "log"},
        {"name": "decay", "type": "float", "low": 1e-6, "high": 0.1, "distribution": "log"},
        {"name": "dropout", "type": "float", "low": 0, "high": 0.8},
        {"name": "momentum", "type": "float", "low": 0.5, "high": 1},
        {"name": "mixing", "type": "float", "low": 0, "high": 1, "step": 0.05},
        {"name": "layers", "type": "integer", "low": 1, "high": 8},
        {"name": "width", "type": "integer", "low": 8, "high": 512, "distribution": "log"},
        {"name": "batch", "type": "ordinal", "values": [16, 32, 64, 128, 256]},
        {"name": "optimiser", "type": "categorical", "values": ["sgd", "adam", "adamw"]},
        {"name": "activation", "type": "categorical", "values": ["relu", "gelu", "swish", "tanh"]}]})"));
}

double madeUpLoss(const ParameterSpace& space, const Assignment& assignment) {
    double loss = 0;
    for (const double unit : space.toUnit(assignment))
        loss += (unit - 0.3) * (unit - 0.3);
    return loss;
}

/// Milliseconds that asking for and telling of one more trial takes once `trials` are known, the median of
/// several.
double millisecondsAt(std::size_t trials) {
    const ParameterSpace space = mixedSpace();
    const auto optimiser = makeOptimiser("tpe", {space, {Direction::Minimise}, 1});
    Rng rng(2);
    while (optimiser->trials().size() < trials) {
        Assignment assignment = space.sample(rng);
        const double loss = madeUpLoss(space, assignment);
        optimiser->add(std::move(assignment), {.objectives = {loss}});
    }
    std::vector<double> times;
    for (int i = 0; i < 51; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const auto proposal = optimiser->ask();
        optimiser->tell(proposal->id, {.objectives = {madeUpLoss(space, proposal->assignment)}});
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    return quantileOf(std::move(times), 0.5);
}

struct Table {
    std::map<std::vector<double>, Point> rows; ///< accuracy to be high, operations to be low
    double exact = 0;                          ///< area of the whole table
    Point worst;
};

const std::vector<Direction> tableDirections{Direction::Maximise, Direction::Minimise};

Table readTable(const std::filesystem::path& path) {
    Table table;
    try {
        for (const auto& [key, entry] : readJson(path).items()) {
            std::vector<double> genes;
            for (const char digit : key)
                genes.push_back(digit - '0');
            table.rows[genes] = {entry.at("mean_acc").get<double>(), entry.at("flops").get<double>()};
        }
    } catch (const Json::exception&) {
        table.rows.clear();
    }
    if (table.rows.empty() || table.rows.begin()->first.size() != 8)
        throw Error("read", path.string(), "it is not NAS-Bench-Macro's table",
                    "Give nas-bench-macro_cifar10.json");
    std::vector<Point> all;
    for (const auto& [genes, point] : table.rows)
        all.push_back(point);
    table.worst = all.front();
    for (const Point& point : all)
        table.worst = {std::min(table.worst[0], point[0]), std::max(table.worst[1], point[1])};
    table.exact = hypervolume(all, tableDirections, table.worst);
    return table;
}

double shareFound(const Table& table, const std::string& method, std::uint64_t seed) {
    std::vector<SpaceParameter> parameters;
    for (int i = 0; i < 8; ++i)
        parameters.push_back(
            {.name = "op" + std::to_string(i), .type = ParameterType::Ordinal, .values = {0, 1, 2}});
    const auto optimiser = makeOptimiser(method, {ParameterSpace(parameters), tableDirections, seed});
    std::vector<Point> points;
    while (points.size() < tableBudget) {
        const auto proposal = optimiser->ask();
        points.push_back(table.rows.at(proposal->assignment.values));
        optimiser->tell(proposal->id, {.objectives = points.back()});
    }
    return hypervolume(points, tableDirections, table.worst) / table.exact;
}

} // namespace

OrderedJson benchTable(const std::filesystem::path& path) {
    const Table table = readTable(path);
    OrderedJson shares;
    for (const std::string& method : optimiserNames()) {
        if (method == "grid")
            continue; // knows no budget
        std::vector<double> found;
        for (std::uint64_t seed = 1; seed <= tableSeeds; ++seed)
            found.push_back(shareFound(table, method, seed));
        shares[method] = quantileOf(std::move(found), 0.5);
    }
    return shares;
}

OrderedJson benchCost() {
    return {{"tpe_ms_at_1000_trials", millisecondsAt(1000)}, {"tpe_ms_at_10000_trials", millisecondsAt(10'000)}};
}

OrderedJson benchProblems() {
    OrderedJson volumes;
    for (const TestProblem& problem : testProblems()) {
        const std::vector<Direction> directions(problem.reference.size(), Direction::Minimise);
        volumes[problem.name] =
            hypervolume(evaluated(problem, "nsga2", problemBudget, 1), directions, problem.reference);
    }
    return volumes;
}

} // namespace greenfront::cli
