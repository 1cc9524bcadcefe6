// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/pareto.h"

#include <optional>

namespace greenfront::search {

/// Points of which none is at least as good as another, every objective to be minimised, in boxes within
/// boxes (ND-Tree, Jaszkiewicz and Lust 2018): most of them are told apart from a new point by their box
/// alone.
class NdTree {
public:
    struct Entry {
        Point point; ///< without a NaN
        std::size_t id = 0;
    };

    /// Is one of them at least as good in everything?
    bool covers(const Point& point) const;
    /// Adds a point that is not covered, in place of those that it covers.
    void insert(Entry entry);
    std::size_t size() const { return size_; }
    /// Adds them all to the list.
    void collect(std::vector<Entry>& entries) const;

private:
    /// Its box holds all of its points, and may be larger once some were removed.
    struct Node {
        Point low, high;
        std::vector<Entry> entries; ///< of a leaf
        std::vector<Node> children; ///< of another node; none is empty

        bool isEmpty() const { return entries.empty() && children.empty(); }
    };

    static bool covers(const Node& node, const Point& point);
    static std::size_t removeCovered(Node& node, const Point& point);
    static void add(Node& node, Entry entry);
    static void splitLeaf(Node& node);
    static void collect(const Node& node, std::vector<Entry>& entries);
    static std::size_t count(const Node& node);

    std::optional<Node> root_;
    std::size_t size_ = 0;
};

} // namespace greenfront::search
