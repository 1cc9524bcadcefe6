// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/session.h"

#include <QUndoCommand>

namespace greenfront::ui {

/// Another name for a study.
class RenameCommand : public QUndoCommand {
public:
    RenameCommand(Session& session, StudyId study, QString before, QString after);
    void undo() override { session_.rename(study_, before_); }
    void redo() override { session_.rename(study_, after_); }

private:
    Session& session_; ///< outlives the stack's content: the window clears it with the session
    StudyId study_;
    QString before_, after_;
};

} // namespace greenfront::ui
