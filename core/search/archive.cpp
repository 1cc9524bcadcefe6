// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/archive.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <tuple>

namespace greenfront::search {

bool Archive::insert(const Point& point, std::size_t id) {
    assert(point.size() == directions_.size());
    if (std::ranges::any_of(point, [](double value) { return std::isnan(value); }))
        return false;
    Point oriented = minimised(point, directions_);
    if (directions_.size() == 2)
        return insertPair(oriented, id);
    if (tree_.covers(oriented))
        return false;
    tree_.insert({std::move(oriented), id});
    return true;
}

std::vector<Archive::Member> Archive::members() const {
    std::vector<Member> members;
    for (const auto& [first, second] : pairs_)
        members.push_back({minimised(Point{first, second.value}, directions_), second.id});
    std::vector<NdTree::Entry> entries;
    tree_.collect(entries);
    for (NdTree::Entry& entry : entries)
        members.push_back({minimised(entry.point, directions_), entry.id});
    std::ranges::sort(members, [](const Member& a, const Member& b) {
        return std::tie(a.id, a.point) < std::tie(b.id, b.point);
    });
    return members;
}

bool Archive::insertPair(const Point& point, std::size_t id) {
    const auto after = pairs_.upper_bound(point[0]);
    if (after != pairs_.begin() && std::prev(after)->second.value <= point[1])
        return false;
    const auto first = pairs_.lower_bound(point[0]);
    auto last = first;
    while (last != pairs_.end() && last->second.value >= point[1])
        ++last;
    pairs_.emplace_hint(pairs_.erase(first, last), point[0], Second{point[1], id});
    return true;
}

} // namespace greenfront::search
