// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/nd_tree.h"

#include <map>

namespace greenfront::search {

/// The best of all points that were seen: those that no other dominates, each of equal ones once. An
/// insertion takes O(log n) for two objectives, in an ordered map; beyond two the points stand in a tree of
/// boxes, which looks at few of them.
class Archive {
public:
    struct Member {
        Point point; ///< as it was inserted
        std::size_t id = 0;
    };

    explicit Archive(std::vector<Direction> directions) : directions_(std::move(directions)) {}

    /// Keeps the point, with a number of the caller's, unless a kept one dominates or equals it or it has a
    /// NaN; drops what it dominates. Was it kept?
    bool insert(const Point& point, std::size_t id);
    std::size_t size() const { return directions_.size() == 2 ? pairs_.size() : tree_.size(); }
    /// Ascending by id, then by point.
    std::vector<Member> members() const;

private:
    struct Second {
        double value;
        std::size_t id;
    };

    bool insertPair(const Point& point, std::size_t id);

    std::vector<Direction> directions_;
    std::map<double, Second> pairs_; ///< two objectives: the second falls as the first grows
    NdTree tree_;                    ///< any other number
};

} // namespace greenfront::search
