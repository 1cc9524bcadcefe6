// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/carbon_query.h"
#include "ui/widgets/parameter_editor.h"

#include <QWidget>

#include <map>
#include <string>

class QDateTimeEdit;
class QFormLayout;
class QLabel;
class QPushButton;

namespace greenfront::ui {

class SearchBox;
class SeriesField;
class TableModel;

/// What is assumed instead of what the study says, and what comes out of it beside what was recorded.
class WhatIfPanel : public QWidget {
    Q_OBJECT

public:
    explicit WhatIfPanel(QWidget* parent = nullptr);

    /// Fills the form with what the study says.
    void setStudy(const study::Study& study);
    /// Only what differs from the study.
    study::Assumptions assumptions() const;
    /// model: whose lifecycle is shown; may be nullptr.
    void setView(const CarbonView& view, const study::ModelCarbon* model);
    bool isSettled() const;

signals:
    void changed();

private:
    void addHour(QFormLayout& form);
    void addEditors(QFormLayout& form);
    void takeSeries();
    void setProblem(const QString& text);
    void reset();
    void takeChange();

    SearchBox* region_;
    SeriesField* series_;
    QDateTimeEdit* start_;
    std::map<std::string, ParameterEditor> editors_;
    std::map<std::string, Json> recorded_; ///< as the editors show it
    QPushButton* reset_;
    QLabel *grid_, *problem_;
    TableModel* results_;
    bool filling_ = false;
};

} // namespace greenfront::ui
