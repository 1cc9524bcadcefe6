// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/search_draft.h"

#include <QWidget>

#include <map>
#include <vector>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QToolButton;

namespace greenfront::ui {

/// Objectives, or constraints, a line each, with buttons that add and remove them.
class MetricRows : public QWidget {
    Q_OBJECT

public:
    enum class Kind { Objective, Constraint };

    explicit MetricRows(Kind kind, QWidget* parent = nullptr);

    const std::vector<MetricDraft>& metrics() const { return metrics_; }
    void setMetrics(std::vector<MetricDraft> metrics);
    /// By line.
    void showProblems(const std::map<std::size_t, QString>& problems);

signals:
    void changed();

private:
    struct Row {
        QComboBox *sign = nullptr, *metric = nullptr;
        QLineEdit* bound = nullptr; ///< of a constraint
        QToolButton* remove = nullptr;
    };
    void addRow();
    void layOut(const Row& row, int line);
    void show();
    void showRow(const Row& row, std::size_t index);
    void edit(std::size_t index, QString MetricDraft::*field, const QString& text);
    QString objectName(std::size_t index, const char* what) const;

    Kind kind_;
    std::vector<MetricDraft> metrics_;
    std::vector<Row> rows_; ///< those beyond the last metric are hidden
    QGridLayout* grid_;
};

} // namespace greenfront::ui
