// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"
#include "core/formats/foreign_database.h"
#include "core/formats/optuna_distribution.h"
#include "core/formats/trial_study.h"

#include <map>
#include <set>
#include <unordered_map>

namespace greenfront::formats {

/// One trial as the tables have it.
struct OptunaTrial {
    ForeignTrial trial;
    std::string state;
    std::map<std::int64_t, double> values; ///< by objective
    std::vector<double> constraints;
};

/// One study as the tables have it.
struct OptunaTables {
    std::string name;
    std::map<std::int64_t, Direction> directions; ///< by objective
    bool undirected = false;
    std::vector<std::string> metricNames;
    std::vector<std::string> parameterNames; ///< in the order in which they came
    std::map<std::string, OptunaDistribution> parameters;
    std::map<std::string, const OptunaDistribution*> latest; ///< of each parameter
    std::set<std::string> changed;                           ///< parameters whose range did
    std::vector<OptunaTrial> trials;
};

/// Reads table after table, each once from its beginning to its end: the file's indices are not relied upon.
class OptunaReader {
public:
    explicit OptunaReader(const std::filesystem::path& file) : database_(file) { checkVersion(); }

    void readStudies(const std::optional<std::string>& wanted);
    void readTrials();
    void readParameters();
    void readValues();
    void readReported();
    void readAttributes();

    std::vector<OptunaTables>& studies() { return studies_; }
    Json source() const { return {{"format", "optuna"}, {"version", libraryVersion_}, {"schema", schema_}}; }
    [[noreturn]] void refuse(const std::string& reason,
                             const std::string& advice = "Check that Optuna wrote it") const {
        throw Error("read", database_.file().string(), reason, advice);
    }

private:
    struct Place {
        std::size_t study = 0, trial = 0;
    };

    void checkVersion();
    void readDirections();
    OptunaTrial* trialOf(const ForeignRows& rows, int column);
    const OptunaDistribution& distributionOf(std::string_view json, const std::string& name);
    double typedValue(const ForeignRows& rows, int value, int type) const;

    ForeignDatabase database_;
    std::string libraryVersion_, schema_;
    std::vector<OptunaTables> studies_;
    std::unordered_map<std::int64_t, std::size_t> studyPlaces_;
    std::unordered_map<std::int64_t, Place> trialPlaces_;
    std::unordered_map<std::string, OptunaDistribution> distributions_; ///< by their text: few behind many
};

} // namespace greenfront::formats
