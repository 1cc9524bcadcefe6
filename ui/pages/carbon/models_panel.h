// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/carbon_query.h"

#include <QStringList>
#include <QWidget>

#include <map>
#include <optional>

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace greenfront::ui {

class TableModel;

/// Lifecycle carbon of the front's models on one device, and the break-even of two of them.
class ModelsPanel : public QWidget {
    Q_OBJECT

public:
    explicit ModelsPanel(QWidget* parent = nullptr);

    /// studyNames: of the models of other studies, by id.
    void setView(const CarbonView& view, const std::map<StudyId, QString>& studyNames);
    std::string device() const;
    /// Of the study's front; nothing where there is none.
    std::optional<CandidateId> selected() const { return selected_; }

signals:
    void deviceChanged();
    void selectionChanged();

private:
    QWidget* makeContent();
    QWidget* makeBreakEven();
    void fillDevices(const CarbonView& view);
    void fillChoices(const std::map<StudyId, QString>& studyNames);
    void refill(QComboBox& box, int atFirst);
    void selectRow();
    void showSelected();
    void updateBreakEven();
    const study::ModelCarbon* modelIn(const QComboBox& box) const;

    std::vector<study::ModelCarbon> models_; ///< the study's, then the others
    std::size_t own_ = 0;                    ///< how many of them are the study's
    QStringList titles_;                     ///< of all of them
    std::optional<CandidateId> selected_;
    TableModel* rows_;
    QSortFilterProxyModel* sorted_;
    QStackedWidget* stack_;
    QComboBox *device_, *first_, *second_;
    QTableView* table_;
    QLabel *recorded_, *assumed_;
    bool filling_ = false;
};

} // namespace greenfront::ui
