// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/parameter_space.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace greenfront::search {
namespace {

constexpr std::size_t mostParameters = 1000;
constexpr std::size_t mostValues = 100'000;
constexpr double mostInteger = 0x1p53;
constexpr double inactive = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuseParameter(const std::string& name, const std::string& reason,
                                  const std::string& advice) {
    throw Error("use", "the parameter '" + name + "'", reason, advice);
}

bool isList(const SpaceParameter& parameter) {
    return parameter.type == ParameterType::Categorical || parameter.type == ParameterType::Ordinal;
}

void checkName(const std::string& name) {
    const auto control = [](unsigned char letter) { return letter < 32 || letter == 127; };
    if (name.empty() || name.size() > 200 || std::ranges::any_of(name, control))
        throw Error("use", "the search space", "a parameter's name is empty, too long or unprintable",
                    "Name it with 1 to 200 letters");
}

void checkList(const SpaceParameter& parameter) {
    if (parameter.values.size() < 2)
        refuseParameter(parameter.name, "there is nothing to choose: it has fewer than two values",
                        "Give it more values, or leave it out and fix its value where it is used");
    if (parameter.values.size() > mostValues)
        refuseParameter(parameter.name, "it has more than 100,000 values", "Use a number with a step");
    std::set<std::string> seen;
    for (const Json& value : parameter.values) {
        if (!value.is_primitive() || (value.is_number_float() && !std::isfinite(value.get<double>())))
            refuseParameter(parameter.name, "a value is no text, number, truth value or null",
                            "Give a list of single values");
        if (!seen.insert(value.dump(-1, ' ', false, Json::error_handler_t::replace)).second)
            refuseParameter(parameter.name, "a value stands twice in its list", "Remove one of them");
    }
}

void checkBounds(const SpaceParameter& parameter) {
    const auto& [name, type, distribution, low, high, mean, deviation, step, quantum, values, when] =
        parameter;
    if (!std::isfinite(low) || !std::isfinite(high) || !std::isfinite(high - low))
        refuseParameter(name, "a bound is not a number", "Give finite bounds");
    if (low > high)
        refuseParameter(name, "its bounds are reversed: " + numberText(low) + " is above " + numberText(high),
                        "Swap them");
    if (distribution == Distribution::Log && !(low > 0))
        refuseParameter(name, "the logarithm of its lower bound, " + numberText(low) + ", does not exist",
                        "Give a bound above 0, or a uniform distribution");
    const double grain = std::max(step, quantum);
    if (grain > 0 && (high - low) / grain > mostInteger)
        refuseParameter(name, "its step is too small for its bounds", "Make the step larger");
    if (low == high || step > (high - low) * (1 + 1e-12))
        refuseParameter(name, "there is nothing to choose: its bounds leave one value",
                        "Widen them, or leave it out and fix its value where it is used");
}

void checkNumber(const SpaceParameter& parameter) {
    const auto& [name, type, distribution, low, high, mean, deviation, step, quantum, values, when] =
        parameter;
    if (!values.empty())
        refuseParameter(name, "a number has no list of values", "Make it categorical or ordinal");
    if (!(step >= 0 && quantum >= 0) || !std::isfinite(step) || !std::isfinite(quantum))
        refuseParameter(name, "its step is not a positive number", "Give a step above 0");
    if (step > 0 && quantum > 0)
        refuseParameter(name, "it has both a step and a quantum", "Keep one of them");
    const bool bounded = distribution == Distribution::Uniform || distribution == Distribution::Log;
    if (bounded)
        checkBounds(parameter);
    else if (!std::isfinite(mean) || !std::isfinite(deviation) || !(deviation > 0))
        refuseParameter(name, "its mean or deviation is not a number above 0",
                        "Give a finite mean and a deviation above 0");
    else if (step > 0)
        refuseParameter(name, "a normal distribution has no first value to count steps from",
                        "Give a quantum instead");
    else if (distribution == Distribution::LogNormal && !std::isfinite(std::exp(mean + 9 * deviation)))
        refuseParameter(name, "its values are too large for a number",
                        "Mean and deviation are those of the logarithm");
    const auto whole = [](double value) { return std::trunc(value) == value; };
    if (type != ParameterType::Integer)
        return;
    if (bounded &&
        !(whole(low) && whole(high) && std::abs(low) <= mostInteger && std::abs(high) <= mostInteger))
        refuseParameter(name, "a bound of a whole number is not one", "Give whole bounds");
    if (!whole(step) || !whole(quantum))
        refuseParameter(name, "the step of a whole number is not one", "Give a whole step");
}

Scale scaleOf(const SpaceParameter& parameter) {
    if (isList(parameter))
        return Scale::ofIndices(parameter.values.size());
    const bool whole = parameter.type == ParameterType::Integer;
    const double quantum = whole && parameter.quantum == 0 ? 1 : parameter.quantum;
    switch (parameter.distribution) {
    case Distribution::Normal:
    case Distribution::LogNormal:
        return Scale::around(parameter.mean, parameter.deviation, quantum,
                             parameter.distribution == Distribution::LogNormal);
    case Distribution::Uniform:
    case Distribution::Log:
        break;
    }
    const bool logarithmic = parameter.distribution == Distribution::Log;
    if (parameter.quantum > 0)
        return Scale::roundedBetween(parameter.low, parameter.high, parameter.quantum, logarithmic);
    return Scale::between(parameter.low, parameter.high, whole && parameter.step == 0 ? 1 : parameter.step,
                          logarithmic);
}

} // namespace

bool Assignment::operator==(const Assignment& other) const {
    return std::ranges::equal(values, other.values,
                              [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); });
}

bool ParameterSpace::Rule::holds(double value) const {
    if (std::isnan(value))
        return false;
    if (!allowed.empty())
        return value >= 0 && value < static_cast<double>(allowed.size()) &&
               allowed[static_cast<std::size_t>(value)];
    if (!values.empty())
        return std::ranges::find(values, value) != values.end();
    return value >= minimum && value <= maximum;
}

ParameterSpace::ParameterSpace(std::vector<SpaceParameter> parameters) : parameters_(std::move(parameters)) {
    if (parameters_.empty() || parameters_.size() > mostParameters)
        throw Error("use", "the search space",
                    parameters_.empty() ? "it has no parameters" : "it has more than 1,000 parameters",
                    "Give it what is to be searched");
    std::set<std::string> names;
    for (SpaceParameter& parameter : parameters_) {
        checkName(parameter.name);
        if (!names.insert(parameter.name).second)
            refuseParameter(parameter.name, "there are two of that name", "Rename one of them");
        if (isList(parameter))
            checkList(parameter);
        else
            checkNumber(parameter);
        scales_.push_back(scaleOf(parameter));
        const auto count = static_cast<double>(scales_.back().cells());
        if (count > 0)
            cardinality_ *= count;
        else
            cardinality_ = std::numeric_limits<double>::infinity();
        if (count == 1)
            refuseParameter(parameter.name, "there is nothing to choose: rounding leaves one value",
                            "Widen its bounds or make its step smaller");
    }
    for (const SpaceParameter& parameter : parameters_) {
        rules_.emplace_back();
        for (const Condition& condition : parameter.when)
            rules_.back().push_back(compiled(parameter, condition));
    }
    findOrder();
}

ParameterSpace::Rule ParameterSpace::compiled(const SpaceParameter& parameter,
                                              const Condition& condition) const {
    const auto parent = find(condition.parent);
    if (condition.parent == parameter.name)
        refuseParameter(parameter.name, "it depends on itself", "Remove the condition");
    if (!parent)
        refuseParameter(parameter.name, "it depends on '" + condition.parent + "', which does not exist",
                        "Name a parameter of the same space");
    const SpaceParameter& on = parameters_[*parent];
    Rule rule{.parent = *parent, .allowed = {}, .values = {}};
    if (condition.values.empty()) {
        if (!condition.minimum && !condition.maximum)
            refuseParameter(parameter.name, "its condition says nothing",
                            "Give values or bounds of '" + on.name + "'");
        rule.minimum = condition.minimum.value_or(-std::numeric_limits<double>::infinity());
        rule.maximum = condition.maximum.value_or(std::numeric_limits<double>::infinity());
        if (!(rule.minimum <= rule.maximum))
            refuseParameter(parameter.name, "the bounds of its condition are reversed", "Swap them");
    }
    if (!isList(on)) {
        for (const Json& value : condition.values)
            rule.values.push_back(numberFrom(*parent, value));
        return rule;
    }
    const auto allows = [&](const Json& value) {
        if (!condition.values.empty())
            return std::ranges::find(condition.values, value) != condition.values.end();
        if (!value.is_number())
            refuseParameter(parameter.name, "its condition bounds '" + on.name + "', which has no numbers",
                            "Name the values instead");
        return value.get<double>() >= rule.minimum && value.get<double>() <= rule.maximum;
    };
    for (const Json& value : on.values)
        rule.allowed.push_back(allows(value));
    const auto known = std::ranges::count(rule.allowed, true);
    if (known == 0 || (!condition.values.empty() && known < std::ssize(condition.values)))
        refuseParameter(parameter.name, "its condition names a value that '" + on.name + "' does not have",
                        "Check the condition");
    return rule;
}

void ParameterSpace::findOrder() {
    std::vector<bool> placed(size(), false);
    while (order_.size() < size()) {
        const std::size_t before = order_.size();
        for (std::size_t i = 0; i < size(); ++i) {
            const bool ready =
                std::ranges::all_of(rules_[i], [&](const Rule& rule) { return placed[rule.parent]; });
            if (placed[i] || !ready)
                continue;
            placed[i] = true;
            order_.push_back(i);
        }
        if (order_.size() == before) {
            const auto at = std::ranges::find(placed, false) - placed.begin();
            refuseParameter(parameters_[static_cast<std::size_t>(at)].name, "its conditions lead in a circle",
                            "Remove one of them");
        }
    }
}

std::optional<std::size_t> ParameterSpace::find(std::string_view name) const {
    const auto found = std::ranges::find(parameters_, name, &SpaceParameter::name);
    return found == parameters_.end() ? std::nullopt
                                      : std::optional(static_cast<std::size_t>(found - parameters_.begin()));
}

bool ParameterSpace::isActive(std::size_t index, const Assignment& assignment) const {
    return std::ranges::all_of(rules_[index],
                               [&](const Rule& rule) { return rule.holds(assignment.values[rule.parent]); });
}

Assignment ParameterSpace::sample(Rng& rng) const {
    Assignment assignment{std::vector<double>(size(), inactive)};
    settle(assignment, rng);
    return assignment;
}

Assignment ParameterSpace::fromUnit(std::span<const double> unit) const {
    Assignment assignment{std::vector<double>(size(), inactive)};
    for (const std::size_t i : order_)
        if (isActive(i, assignment))
            assignment.values[i] = valueAt(i, unit[i]);
    return assignment;
}

std::vector<double> ParameterSpace::toUnit(const Assignment& assignment) const {
    std::vector<double> unit(size(), 0.5);
    for (std::size_t i = 0; i < size(); ++i)
        if (!std::isnan(assignment.values[i]))
            unit[i] = unitOf(i, assignment.values[i]);
    return unit;
}

void ParameterSpace::settle(Assignment& assignment, Rng& rng) const {
    for (const std::size_t i : order_) {
        double& value = assignment.values[i];
        if (!isActive(i, assignment))
            value = inactive;
        else if (std::isnan(value))
            value = valueAt(i, rng.uniform());
    }
}

std::optional<std::string> ParameterSpace::fault(const Assignment& assignment) const {
    if (assignment.values.size() != size())
        return "it has " + std::to_string(assignment.values.size()) + " values for " +
               std::to_string(size()) + " parameters";
    for (const std::size_t i : order_) {
        const double value = assignment.values[i];
        const bool active = isActive(i, assignment);
        if (active && std::isnan(value))
            return "'" + parameters_[i].name + "' has no value";
        if (!active && !std::isnan(value))
            return "'" + parameters_[i].name + "' has a value though its conditions do not hold";
        if (active && !scales_[i].contains(value))
            return "'" + parameters_[i].name + "' cannot be " + numberText(value);
    }
    return std::nullopt;
}

} // namespace greenfront::search
