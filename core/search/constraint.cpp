// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/constraint.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::search {
namespace {

[[noreturn]] void refuse(std::string_view text, const std::string& reason) {
    throw Error("read", "the constraint '" + std::string(text) + "'", reason,
                "Write 'NAME<=NUMBER' or 'NAME>=NUMBER'");
}

} // namespace

Constraint constraintFrom(std::string_view text) {
    const auto sign = text.find_first_of("<>");
    if (sign == std::string_view::npos || sign + 1 >= text.size() || text[sign + 1] != '=')
        refuse(text, "it has neither <= nor >=");
    const auto name = trimmed(text.substr(0, sign));
    if (name.empty())
        refuse(text, "it names no metric");
    const auto bound = numberIn(text.substr(sign + 2));
    if (!bound)
        refuse(text, "'" + std::string(trimmed(text.substr(sign + 2))) + "' is no number");
    return {std::string(name), text[sign] == '<', *bound};
}

std::vector<Constraint> constraintsFrom(std::span<const std::string> texts) {
    std::vector<Constraint> constraints;
    constraints.reserve(texts.size());
    for (const std::string& text : texts)
        constraints.push_back(constraintFrom(text));
    return constraints;
}

std::string toText(const Constraint& constraint) {
    return constraint.metric + (constraint.atMost ? "<=" : ">=") + numberText(constraint.bound);
}

double violationOf(std::span<const Constraint> constraints,
                   const std::function<std::optional<double>(const std::string& metric)>& valueOf) {
    double sum = 0;
    for (const Constraint& constraint : constraints) {
        const auto value = valueOf(constraint.metric);
        if (!value || std::isnan(*value))
            return std::numeric_limits<double>::infinity();
        const double excess = constraint.atMost ? *value - constraint.bound : constraint.bound - *value;
        const double size = constraint.bound == 0 ? 1 : std::abs(constraint.bound);
        sum += std::max(0.0, excess / size);
    }
    return sum;
}

} // namespace greenfront::search
