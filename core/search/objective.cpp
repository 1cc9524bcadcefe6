// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/objective.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>

namespace greenfront::search {
namespace {

constexpr std::size_t mostObjectives = 64;

[[noreturn]] void refuse(std::string_view text, const std::string& reason) {
    throw Error("read", "the objective '" + std::string(text) + "'", reason,
                "Write 'max:NAME' or 'min:NAME'");
}

} // namespace

Objective objectiveFrom(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        refuse(text, "it does not say which way is better");
    const auto direction = trimmed(text.substr(0, colon));
    const auto name = trimmed(text.substr(colon + 1));
    if (direction != "max" && direction != "min")
        refuse(text, "'" + std::string(direction) + "' is no direction");
    if (name.empty())
        refuse(text, "it names no metric");
    return {std::string(name), direction == "max" ? Direction::Maximise : Direction::Minimise};
}

std::vector<Objective> objectivesFrom(std::span<const std::string> texts) {
    if (texts.empty())
        throw Error("read", "the objectives", "there is none",
                    "Name at least one as 'max:NAME' or 'min:NAME'");
    if (texts.size() > mostObjectives)
        throw Error("read", "the objectives", "there are more than " + std::to_string(mostObjectives),
                    "Leave some out");
    std::vector<Objective> objectives;
    for (const std::string& text : texts) {
        Objective objective = objectiveFrom(text);
        if (std::ranges::find(objectives, objective.name, &Objective::name) != objectives.end())
            throw Error("read", "the objective '" + text + "'", "there is another one for the same metric",
                        "Name each metric once");
        objectives.push_back(std::move(objective));
    }
    return objectives;
}

std::string toText(const Objective& objective) {
    return (objective.direction == Direction::Maximise ? "max:" : "min:") + objective.name;
}

std::vector<Direction> directionsOf(std::span<const Objective> objectives) {
    std::vector<Direction> directions;
    directions.reserve(objectives.size());
    for (const Objective& objective : objectives)
        directions.push_back(objective.direction);
    return directions;
}

} // namespace greenfront::search
