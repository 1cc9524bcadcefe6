// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_engine.h"
#include "core/base/error.h"
#include "core/base/statistics.h"
#include "core/search/hypervolume.h"
#include "core/search/optimiser.h"
#include "core/search/test_problems.h"
#include "core/store/studies.h"
#include "core/store/trials.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <map>
#include <optional>

namespace greenfront::cli {
namespace {

using namespace search;

constexpr std::size_t problemBudget = 5000;
constexpr std::uint64_t problemSeeds = 5;
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

/// Keeps trials as a study that runs does, in a workspace that is gone afterwards.
class DurableTrials {
public:
    DurableTrials()
        : folder_(std::filesystem::temp_directory_path() /
                  ("greenfront-bench-" +
                   std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()))),
          workspace_(create(folder_)) {
        store::putData(*workspace_, {"program-bench", "bench", "program", Json::object(), Json::object()});
        study_ = store::addStudy(*workspace_, "bench", "program-bench", Json::object(), store::tuningKind);
    }
    DurableTrials(const DurableTrials&) = delete;
    DurableTrials& operator=(const DurableTrials&) = delete;
    ~DurableTrials() {
        workspace_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    RunId begin(std::uint64_t number, const Json& parameters) {
        return store::addTrial(*workspace_, study_, number, parameters, Json::object());
    }
    void end(RunId run, double loss) { store::endTrial(*workspace_, run, {.objectives = {loss}}); }

private:
    static std::optional<store::Workspace> create(const std::filesystem::path& folder) {
        std::filesystem::create_directories(folder);
        return store::Workspace::create(folder / "bench.greenfront");
    }

    std::filesystem::path folder_;
    std::optional<store::Workspace> workspace_;
    StudyId study_{};
};

/// Milliseconds that one more trial takes once `trials` are known, the median of several: asking for it and
/// telling of it, and keeping it where there is something to keep it in.
double millisecondsAt(std::size_t trials, DurableTrials* durable = nullptr) {
    const ParameterSpace space = mixedSpace();
    const auto optimiser = makeOptimiser("tpe", {space, {Direction::Minimise}, 1});
    Rng rng(2);
    while (optimiser->trials().size() < trials) {
        Assignment assignment = space.sample(rng);
        const double loss = madeUpLoss(space, assignment);
        if (durable != nullptr)
            durable->end(durable->begin(optimiser->trials().size(), space.named(assignment)), loss);
        optimiser->add(std::move(assignment), {.objectives = {loss}});
    }
    std::vector<double> times;
    for (int i = 0; i < 51; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const auto proposal = optimiser->ask();
        const double loss = madeUpLoss(space, proposal->assignment);
        if (durable != nullptr)
            durable->end(durable->begin(proposal->id, space.named(proposal->assignment)), loss);
        optimiser->tell(proposal->id, {.objectives = {loss}});
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
        const Json json = readJson(path);
        for (const auto& [key, entry] : json.items()) {
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
    table.worst = worstOf(all, tableDirections);
    table.exact = hypervolume(all, tableDirections, table.worst);
    return table;
}

double shareFound(const Table& table, const std::string& method, std::uint64_t seed) {
    constexpr int operations = 8;
    std::vector<SpaceParameter> parameters;
    parameters.reserve(operations);
    for (int i = 0; i < operations; ++i)
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
        std::cerr << "searching the table " << tableSeeds << " times by " << method << '\n';
        std::vector<double> found;
        for (std::uint64_t seed = 1; seed <= tableSeeds; ++seed)
            found.push_back(shareFound(table, method, seed));
        shares[method] = quantileOf(std::move(found), 0.5);
    }
    return shares;
}

OrderedJson benchCost() {
    DurableTrials durable;
    return {{"tpe_ms_at_1000_trials", millisecondsAt(1000)},
            {"tpe_ms_at_1000_trials_durable", millisecondsAt(1000, &durable)},
            {"tpe_ms_at_10000_trials", millisecondsAt(10'000)}};
}

OrderedJson benchProblems() {
    OrderedJson volumes;
    for (const TestProblem& problem : testProblems()) {
        const std::vector<Direction> directions(problem.reference.size(), Direction::Minimise);
        std::vector<double> found;
        for (std::uint64_t seed = 1; seed <= problemSeeds; ++seed)
            found.push_back(
                hypervolume(evaluated(problem, "nsga2", problemBudget, seed), directions, problem.reference));
        volumes[problem.name] = quantileOf(std::move(found), 0.5);
    }
    return volumes;
}

} // namespace greenfront::cli
