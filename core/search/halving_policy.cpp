// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/halving_policy.h"

#include "core/search/trial_ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenfront::search {

HalvingPolicy::HalvingPolicy(std::vector<Direction> directions, std::size_t least, std::size_t eta,
                             std::size_t brackets)
    : directions_(std::move(directions)), least_(least), eta_(eta) {
    // Bracket s begins with as many trials as make all brackets cost alike.
    for (std::size_t s = 0; s < brackets; ++s) {
        const auto halvings = static_cast<double>(brackets - 1 - s);
        const double count =
            static_cast<double>(brackets) / (halvings + 1) * std::pow(static_cast<double>(eta), halvings);
        trials_.push_back(static_cast<std::size_t>(std::ceil(count)));
    }
}

std::size_t HalvingPolicy::bracketOf(std::uint64_t trial) const {
    auto place = trial % std::accumulate(trials_.begin(), trials_.end(), std::size_t(0));
    std::size_t bracket = 0;
    for (; place >= trials_[bracket]; ++bracket)
        place -= trials_[bracket];
    return bracket;
}

bool HalvingPolicy::isRung(std::size_t interval, std::size_t bracket) const {
    std::size_t rung = least_;
    for (std::size_t s = 0; s < bracket; ++s)
        rung *= eta_;
    while (rung < interval)
        rung *= eta_;
    return rung == interval;
}

std::optional<std::string> HalvingPolicy::reasonToStop(const Curves& curves, std::uint64_t trial) const {
    const std::size_t interval = curves.at(trial).reports.size();
    const std::size_t bracket = bracketOf(trial);
    if (interval == 0 || !isRung(interval, bracket))
        return std::nullopt;
    std::vector<Standing> standings;
    standings.reserve(curves.size());
    std::size_t own = 0;
    for (const auto& [number, curve] : curves) {
        if (curve.reports.size() < interval || bracketOf(number) != bracket)
            continue;
        if (number == trial)
            own = standings.size();
        standings.push_back({minimised(curve.reports[interval - 1], directions_)});
    }
    std::vector<const Standing*> all;
    all.reserve(standings.size());
    for (const Standing& standing : standings)
        all.push_back(&standing);
    const auto ranked = bestFirst(all);
    const auto place =
        static_cast<std::size_t>(std::ranges::find(ranked, own, &Ranked::index) - ranked.begin());
    if (place < std::max<std::size_t>(1, ranked.size() / eta_))
        return std::nullopt;
    return "halving: place " + std::to_string(place + 1) + " of " + std::to_string(ranked.size()) +
           " at interval " + std::to_string(interval);
}

} // namespace greenfront::search
