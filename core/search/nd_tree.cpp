// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nd_tree.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace greenfront::search {
namespace {

constexpr std::size_t leafSize = 20; ///< what the paper found to be fast

bool isAtLeastAsGood(const Point& a, const Point& b) {
    return std::ranges::equal(a, b, std::less_equal{});
}

/// Squared, from the middle of a box, each objective in units of the side of the whole; without those in
/// which that has no side or no end.
double distance(const Point& point, const Point& low, const Point& high, const Point& wholeLow,
                const Point& wholeHigh) {
    double sum = 0;
    for (std::size_t i = 0; i < point.size(); ++i) {
        const double side = wholeHigh[i] - wholeLow[i];
        if (side > 0 && std::isfinite(side)) {
            const double apart = (point[i] - (low[i] / 2 + high[i] / 2)) / side;
            sum += apart * apart;
        }
    }
    return sum;
}

void widen(Point& low, Point& high, const Point& point) {
    for (std::size_t i = 0; i < point.size(); ++i) {
        low[i] = std::min(low[i], point[i]);
        high[i] = std::max(high[i], point[i]);
    }
}

/// One more than there are objectives, each far from those before it.
std::vector<std::size_t> farApart(const std::vector<NdTree::Entry>& entries, const Point& low,
                                  const Point& high) {
    const std::size_t wanted = std::min(low.size() + 1, entries.size());
    std::vector<double> nearest(entries.size(), std::numeric_limits<double>::infinity());
    std::vector<std::size_t> chosen{0};
    while (chosen.size() < wanted) {
        const Point& last = entries[chosen.back()].point;
        for (std::size_t i = 0; i < entries.size(); ++i)
            nearest[i] = std::min(nearest[i], distance(entries[i].point, last, last, low, high));
        nearest[chosen.back()] = -1; // and stays the least
        chosen.push_back(static_cast<std::size_t>(std::ranges::max_element(nearest) - nearest.begin()));
    }
    return chosen;
}

} // namespace

bool NdTree::covers(const Point& point) const {
    return root_ && covers(*root_, point);
}

void NdTree::insert(Entry entry) {
    if (root_) {
        size_ -= removeCovered(*root_, entry.point);
        if (root_->isEmpty())
            root_.reset();
    }
    if (!root_)
        root_ = Node{entry.point, entry.point, {}, {}};
    add(*root_, std::move(entry));
    ++size_;
}

void NdTree::collect(std::vector<Entry>& entries) const {
    if (root_)
        collect(*root_, entries);
}

bool NdTree::covers(const Node& node, const Point& point) {
    if (!isAtLeastAsGood(node.low, point))
        return false;
    if (isAtLeastAsGood(node.high, point))
        return true;
    return std::ranges::any_of(node.entries,
                               [&](const Entry& entry) { return isAtLeastAsGood(entry.point, point); }) ||
           std::ranges::any_of(node.children, [&](const Node& child) { return covers(child, point); });
}

/// How many it removed.
std::size_t NdTree::removeCovered(Node& node, const Point& point) {
    if (!isAtLeastAsGood(point, node.high))
        return 0;
    if (isAtLeastAsGood(point, node.low)) {
        const std::size_t all = count(node);
        node.entries.clear();
        node.children.clear();
        return all;
    }
    std::size_t removed =
        std::erase_if(node.entries, [&](const Entry& entry) { return isAtLeastAsGood(point, entry.point); });
    for (Node& child : node.children)
        removed += removeCovered(child, point);
    std::erase_if(node.children, std::mem_fn(&Node::isEmpty));
    return removed;
}

void NdTree::add(Node& node, Entry entry) {
    widen(node.low, node.high, entry.point);
    if (node.children.empty()) {
        node.entries.push_back(std::move(entry));
        if (node.entries.size() > leafSize)
            splitLeaf(node);
        return;
    }
    const auto apart = [&](const Node& child) {
        return distance(entry.point, child.low, child.high, node.low, node.high);
    };
    Node& nearest = *std::ranges::min_element(node.children, {}, apart); // before the entry is moved
    add(nearest, std::move(entry));
}

void NdTree::splitLeaf(Node& node) {
    auto entries = std::exchange(node.entries, {});
    const auto seeds = farApart(entries, node.low, node.high);
    std::vector<Node> children;
    children.reserve(seeds.size());
    for (const std::size_t seed : seeds)
        children.push_back({entries[seed].point, entries[seed].point, {}, {}});
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const auto own = std::ranges::find(seeds, i); // so that no child stays empty
        const auto apart = [&](const Node& child) {
            return distance(entries[i].point, child.low, child.high, node.low, node.high);
        };
        Node& child = own != seeds.end() ? children[static_cast<std::size_t>(own - seeds.begin())]
                                         : *std::ranges::min_element(children, {}, apart);
        widen(child.low, child.high, entries[i].point);
        child.entries.push_back(std::move(entries[i]));
    }
    node.children = std::move(children);
}

void NdTree::collect(const Node& node, std::vector<Entry>& entries) {
    entries.insert(entries.end(), node.entries.begin(), node.entries.end());
    for (const Node& child : node.children)
        collect(child, entries);
}

std::size_t NdTree::count(const Node& node) {
    std::size_t total = node.entries.size();
    for (const Node& child : node.children)
        total += count(child);
    return total;
}

} // namespace greenfront::search
