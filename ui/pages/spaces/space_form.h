// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/pages/spaces/field_editor.h"

#include <QWidget>

#include <map>
#include <vector>

class QGridLayout;
class QLabel;

namespace greenfront::ui {

class SpaceDocument;
class StageTable;

/// A space as fields: those of the whole, and the table of its stages.
class SpaceForm : public QWidget {
    Q_OBJECT

public:
    explicit SpaceForm(SpaceDocument& document, QWidget* parent = nullptr);

    /// How the kind of space is written; null where that is not known, so that only its JSON can be edited.
    void setProposal(const Json& proposal);
    void show(const std::map<std::string, QString>& problems);

private:
    void addFields();
    bool canShow() const;

    SpaceDocument& document_;
    std::vector<SpaceField> fields_;
    std::vector<FieldEditor> editors_;
    bool hasStages_ = false;
    QLabel *cannot_, *stagesTitle_;
    QWidget* sheet_ = nullptr; ///< made anew for each kind
    StageTable* stages_;
    QWidget* all_; ///< of what can be edited here
};

} // namespace greenfront::ui
