// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/study.h"
#include "ui/models/problem.h"
#include "ui/models/space_check.h"
#include "ui/widgets/parameter_editor.h"

#include <QPointer>
#include <QWidget>

#include <map>
#include <string>

class QLabel;
class QPushButton;

namespace greenfront::ui {

class SpaceDialog;

/// The space of networks of the study: its kind, what it amounts to, and the editor.
class SpaceGroup : public QWidget {
    Q_OBJECT

public:
    explicit SpaceGroup(QWidget* parent = nullptr);

    void setStudy(const study::Study& study);
    const Json& space() const { return space_; }
    bool isDefault() const;
    void resetToDefault();
    void showEditor(bool shown);

signals:
    void changed();
    void problem(const greenfront::ui::Problem& problem);

private:
    void layOut();
    Json proposed(const std::string& kind) const;
    std::string kind() const;
    void takeKind();
    void setSpace(Json space);

    study::Study study_;
    SpaceTarget target_;
    Json space_;
    std::map<std::string, Json> left_; ///< spaces of other kinds as they were before the kind was changed
    ParameterEditor kind_;
    QPointer<SpaceDialog> editor_;
    QPushButton* edit_;
    QLabel *line_, *state_;
};

} // namespace greenfront::ui
