// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/parameter_draft.h"

#include <QWidget>

#include <map>
#include <vector>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace greenfront::ui {

/// The parameters of a search, a line each, with what is wrong with it below.
class ParameterRows : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t most = 100; ///< more are for files

    explicit ParameterRows(QWidget* parent = nullptr);

    const std::vector<ParameterDraft>& parameters() const { return parameters_; }
    void setParameters(std::vector<ParameterDraft> parameters);
    /// And puts the cursor where something is to be given.
    void add(ParameterDraft parameter);
    /// By line.
    void showProblems(const std::map<std::size_t, QString>& problems);

signals:
    void changed();

private:
    struct Row {
        QComboBox *type = nullptr, *distribution = nullptr;
        QLineEdit *name = nullptr, *low = nullptr, *high = nullptr, *step = nullptr, *values = nullptr,
                  *when = nullptr;
        QToolButton* remove = nullptr;
        QLabel* problem = nullptr;
    };
    void addHeadings();
    void addRow();
    QComboBox* addChoice(std::size_t index, const char* key, QString ParameterDraft::*field);
    QLineEdit* addLine(std::size_t index, const char* what, const QString& title, const QString& help,
                       QString ParameterDraft::*field);
    void addRemove(Row& row, std::size_t index);
    void layOut(const Row& row, int line);
    void edit(std::size_t index, QString ParameterDraft::*field, const QString& text);
    void show();
    static void showRow(const Row& row, const ParameterDraft& parameter);

    std::vector<ParameterDraft> parameters_;
    std::vector<Row> rows_; ///< those beyond the last parameter are hidden
    std::vector<QLabel*> headings_;
    QLabel* empty_;
    QGridLayout* grid_;
};

} // namespace greenfront::ui
