// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/space_check.h"
#include "ui/models/space_document.h"

#include <QDialog>

#include <functional>
#include <map>
#include <string>
#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableView;
class QTabWidget;

namespace greenfront::ui {

class Banner;
class FactCard;
class SpaceForm;

/// Edits a space: as fields, as JSON, and with a live count of its networks and of what they cost. Only a
/// space that fits the data can be accepted.
class SpaceDialog : public QDialog {
    Q_OBJECT

public:
    /// The space of a kind as it is proposed for the data; throws Error.
    using Propose = std::function<Json(const std::string& kind)>;

    SpaceDialog(const Json& space, const SpaceTarget& target, Propose propose, QWidget* parent = nullptr);

    /// Once it is accepted: a space that can be made, written in full.
    const Json& space() const { return accepted_; }

    void accept() override;

private:
    QWidget* makeHead();
    QWidget* makeTabs();
    QWidget* makeFacts();
    QWidget* makeButtons();
    void takeText();
    void refresh();
    void showText();
    void showProblem(const std::map<std::string, QString>& problems);
    void takeKind();
    void reset();
    void openFile();
    void saveFile();

    SpaceDocument document_;
    SpaceTarget target_;
    Propose propose_;
    std::string kind_; ///< of the proposal
    Json proposal_;    ///< null for a kind that there is not
    SpaceCheck check_;
    Json accepted_;
    bool typing_ = false;
    QTabWidget* tabs_;
    SpaceForm* form_;
    QPlainTextEdit* text_;
    TableModel* choices_;
    QTableView* choicesTable_;
    std::vector<FactCard*> facts_;
    Banner* banner_;
    QLabel *about_, *problem_;
    QPushButton *reset_, *ok_;
};

} // namespace greenfront::ui
