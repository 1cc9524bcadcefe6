// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/base/schema.h"
#include "core/search/scale.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace greenfront::search {

enum class ParameterType { Float, Integer, Categorical, Ordinal };

/// A parameter exists only where another has one of these values.
struct Condition {
    std::string parent{};
    std::vector<Json> values{};                 ///< any of them; nothing where a range is meant
    std::optional<double> minimum{}, maximum{}; ///< both included; of a float, integer or numeric ordinal
};

struct SpaceParameter {
    std::string name{};
    ParameterType type = ParameterType::Float;
    Distribution distribution = Distribution::Uniform; ///< of a float or integer
    double low = 0, high = 1;                          ///< both included; uniform and log
    double mean = 0, deviation = 1;                    ///< normal: of the value; log-normal: of its logarithm
    double step = 0;                                   ///< only low, low + step, ... ; 0 where continuous
    double quantum = 0;            ///< what was drawn is rounded to a multiple of it (Azure's q)
    std::vector<Json> values{};    ///< categorical and ordinal, in the order that counts for an ordinal
    std::vector<Condition> when{}; ///< all of them must hold
};

/// One number a parameter of a space: the value of a float or integer, the index of a categorical's or
/// ordinal's value, NaN where the parameter is not active.
struct Assignment {
    std::vector<double> values;

    bool operator==(const Assignment& other) const; ///< NaN equals NaN
};

/// What a search chooses from: parameters, some of which exist only where others have certain values.
/// Immutable. Every parameter also lies on [0, 1] by its own distribution function, so that uniform numbers
/// there are draws from the space, and methods that think in boxes need not know its parameters.
class ParameterSpace {
public:
    /// Throws Error for what cannot be searched: names that repeat, bounds that are reversed or leave one
    /// value, the logarithm of what is not positive, a list of fewer than two values or with one twice,
    /// conditions on what does not exist, on the parameter itself or in a circle, what is not a number.
    explicit ParameterSpace(std::vector<SpaceParameter> parameters);

    std::size_t size() const { return parameters_.size(); }
    const SpaceParameter& operator[](std::size_t index) const { return parameters_[index]; }
    const std::vector<SpaceParameter>& parameters() const { return parameters_; }
    std::optional<std::size_t> find(std::string_view name) const;
    /// Indices with parents before those that depend on them.
    const std::vector<std::size_t>& order() const { return order_; }
    bool isConditional(std::size_t index) const { return !rules_[index].empty(); }
    /// Looks at the parents' values only.
    bool isActive(std::size_t index, const Assignment& assignment) const;
    /// How many values there are; 0 where there is no end of them.
    std::size_t cells(std::size_t index) const { return scales_[index].cells(); }
    double valueOfCell(std::size_t index, std::size_t cell) const { return scales_[index].valueOfCell(cell); }
    bool isCategorical(std::size_t index) const {
        return parameters_[index].type == ParameterType::Categorical;
    }
    /// Of all assignments, not counting that some parameters may be inactive; infinite where one is
    /// continuous.
    double cardinality() const { return cardinality_; }

    double valueAt(std::size_t index, double unit) const { return scales_[index].value(unit); }
    double unitOf(std::size_t index, double value) const { return scales_[index].unit(value); }
    /// How much of [0, 1] stands for this value; 0 where continuous.
    double widthOf(std::size_t index, double value) const { return scales_[index].width(value); }

    Assignment sample(Rng& rng) const;
    /// One number in [0, 1] a parameter; those of inactive ones are not read.
    Assignment fromUnit(std::span<const double> unit) const;
    /// 0.5 for what is inactive.
    std::vector<double> toUnit(const Assignment& assignment) const;
    /// Draws what is active and has no value, and clears what is not active.
    void settle(Assignment& assignment, Rng& rng) const;

    /// Why the assignment is none of this space; nothing if it is one.
    std::optional<std::string> fault(const Assignment& assignment) const;
    /// {name: value} of the active parameters, and back; throws Error where it is no assignment of the space.
    Json named(const Assignment& assignment) const;
    Assignment assignment(const Json& named) const;

    /// {"parameters": [{"name", "type", ...}]}; the same space always gives the same text.
    Json toJson() const;
    /// A hash of that text.
    std::string identity() const;
    /// Throws Error, naming what differs, where a stored study's space is not this one.
    void requireSame(const Json& stored) const;

private:
    struct Rule {
        std::size_t parent = 0;
        std::vector<bool> allowed; ///< by index, of a categorical or ordinal; empty where numbers count
        std::vector<double> values;
        double minimum = 0, maximum = 0;

        bool holds(double value) const;
    };

    Rule compiled(const SpaceParameter& parameter, const Condition& condition) const;
    void findOrder();
    double numberFrom(std::size_t index, const Json& value) const;

    std::vector<SpaceParameter> parameters_;
    std::vector<Scale> scales_;
    std::vector<std::vector<Rule>> rules_;
    std::vector<std::size_t> order_;
    double cardinality_ = 1;
};

/// What each entry of "parameters" may hold, apart from "values" and "when".
const Schema& parameterSchema();
/// Reads what toJson() writes; "parameters" may also be an object of name: entry. Throws Error.
ParameterSpace parameterSpaceFromJson(const Json& json, const std::string& subject = "the search space");
SpaceParameter spaceParameterFromJson(const Json& json, const std::string& subject);

} // namespace greenfront::search
