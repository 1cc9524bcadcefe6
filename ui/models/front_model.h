// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/results.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <optional>
#include <string>
#include <vector>

namespace greenfront::ui {

/// The points of a front as rows: candidate, whether it is on the front, and a column a metric, with the two
/// axes first.
class FrontModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int sortRole = Qt::UserRole;
    static constexpr int onFrontRole = Qt::UserRole + 1;
    static constexpr int candidateRole = Qt::UserRole + 2;

    using QAbstractTableModel::QAbstractTableModel;

    void setFront(study::Front front);
    const study::Front& front() const { return front_; }
    CandidateId candidateAt(int row) const;
    std::optional<int> rowOf(CandidateId candidate) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    const Metric* metricAt(const study::FrontPoint& point, int column) const;

    study::Front front_;
    std::vector<std::string> names_; ///< of the metric columns
};

/// Sorts by value and can leave out what is not on the front.
class FrontFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit FrontFilter(QObject* parent = nullptr);
    void setFrontOnly(bool only);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    bool frontOnly_ = false;
};

} // namespace greenfront::ui
