// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <string>

namespace greenfront::ui {

/// A space's JSON while it is edited, by fields or as text. Every change can be undone; what is typed into
/// one field, and what makes a text readable again, is one step.
class SpaceDocument : public QObject {
    Q_OBJECT

public:
    explicit SpaceDocument(Json space, QObject* parent = nullptr);

    /// As it was last readable.
    const Json& json() const { return json_; }
    /// As it is being edited: the JSON, or a text that is none.
    QString text() const;
    bool isReadable() const { return broken_.isEmpty(); }
    /// Where text() is no JSON; empty where it is.
    QString textProblem() const;
    QUndoStack& undo() { return undo_; }

    void setText(const QString& text);
    /// What a file holds: a space, or a study with one; throws Error for anything else.
    void open(const std::string& content, const QString& file);
    void setField(const std::string& pointer, Json value, const QString& title);
    void replace(const Json& space, const QString& what);
    /// What is changed next is a step of its own.
    void endStep() { ++step_; }

    std::size_t stages() const;
    void addStage(Json stage);
    void duplicateStage(std::size_t stage);
    void removeStage(std::size_t stage);
    /// With the one before or behind it.
    void swapStages(std::size_t stage, std::size_t other);

signals:
    void changed();

private:
    friend class SpaceEdit;
    void edit(const Json& after, const QString& broken, const QString& what, const std::string& key);
    void take(Json json, QString broken);

    Json json_;
    QString broken_; ///< a text that is no JSON; empty where there is none
    int step_ = 0;
    QUndoStack undo_;
};

} // namespace greenfront::ui
