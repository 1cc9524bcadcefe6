// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/front_model.h"

#include "ui/models/texts.h"

#include <algorithm>
#include <set>
#include <utility>

namespace greenfront::ui {
namespace {

constexpr int fixedColumns = 2; // candidate, on the front

std::vector<std::string> columnsOf(const study::Front& front) {
    std::set<std::string> others;
    for (const auto& point : front.points)
        for (const auto& [name, metric] : point.metrics)
            others.insert(name);
    std::vector<std::string> names{front.x};
    if (front.y != front.x)
        names.push_back(front.y);
    std::ranges::copy_if(others, std::back_inserter(names),
                         [&](const auto& name) { return name != front.x && name != front.y; });
    return names;
}

} // namespace

void FrontModel::setFront(study::Front front) {
    beginResetModel();
    names_ = columnsOf(front);
    front_ = std::move(front);
    endResetModel();
}

CandidateId FrontModel::candidateAt(int row) const {
    return front_.points.at(static_cast<std::size_t>(row)).candidate;
}

std::optional<int> FrontModel::rowOf(CandidateId candidate) const {
    const auto found = std::ranges::find(front_.points, candidate, &study::FrontPoint::candidate);
    if (found == front_.points.end())
        return std::nullopt;
    return static_cast<int>(found - front_.points.begin());
}

int FrontModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(front_.points.size());
}

int FrontModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : fixedColumns + static_cast<int>(names_.size());
}

const Metric* FrontModel::metricAt(const study::FrontPoint& point, int column) const {
    const auto found = point.metrics.find(names_[static_cast<std::size_t>(column - fixedColumns)]);
    return found == point.metrics.end() ? nullptr : &found->second;
}

QVariant FrontModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const auto& point = front_.points[static_cast<std::size_t>(index.row())];
    if (role == onFrontRole)
        return point.onFront;
    if (role == candidateRole)
        return QVariant::fromValue<qint64>(point.candidate.value);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((index.column() == 1 ? Qt::AlignHCenter : Qt::AlignRight) |
                                   Qt::AlignVCenter);
    if (index.column() == 0)
        return role == Qt::DisplayRole || role == sortRole
                   ? QVariant::fromValue<qint64>(point.candidate.value)
                   : QVariant();
    if (index.column() == 1) {
        if (role == Qt::DisplayRole)
            return point.onFront ? QStringLiteral("◆") : QString();
        return role == sortRole ? QVariant(point.onFront) : QVariant();
    }
    const Metric* metric = metricAt(point, index.column());
    if (metric == nullptr)
        return {};
    if (role == Qt::DisplayRole)
        return valueText(*metric);
    if (role == Qt::ToolTipRole)
        return QStringLiteral("%1, %2").arg(valueText(*metric), qt(std::string(toText(metric->provenance))));
    return role == sortRole ? QVariant(metric->value) : QVariant();
}

QVariant FrontModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == 1 ? Qt::AlignHCenter : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (section == 0)
        return role == Qt::DisplayRole ? QStringLiteral("No.") : QStringLiteral("The candidate's number");
    if (section == 1)
        return role == Qt::DisplayRole ? QStringLiteral("Front")
                                       : QStringLiteral("◆: no other network is better on both axes");
    return metricTitle(names_[static_cast<std::size_t>(section - fixedColumns)]);
}

FrontFilter::FrontFilter(QObject* parent) : QSortFilterProxyModel(parent) {
    setSortRole(FrontModel::sortRole);
}

void FrontFilter::setFrontOnly(bool only) {
    frontOnly_ = only;
    invalidateFilter();
}

bool FrontFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    return !frontOnly_ || sourceModel()->index(row, 0, parent).data(FrontModel::onFrontRole).toBool();
}

} // namespace greenfront::ui
