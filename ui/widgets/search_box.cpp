// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/search_box.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QTimer>
#include <QWheelEvent>

#include <utility>

namespace greenfront::ui {

SearchBox::SearchBox(QWidget* parent) : QComboBox(parent) {
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMaxVisibleItems(18);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(18);
    setFocusPolicy(Qt::StrongFocus);
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    completer()->setMaxVisibleItems(12);
    constexpr int widthOfLists = 460;
    view()->setMinimumWidth(widthOfLists);
    completer()->popup()->setMinimumWidth(widthOfLists);
    lineEdit()->setClearButtonEnabled(true);
    connect(this, &QComboBox::activated, this, &SearchBox::take);
    connect(lineEdit(), &QLineEdit::editingFinished, this, &SearchBox::settle);
}

/// An emptied field means the first entry; otherwise what begins with the typed text goes before what merely
/// holds it, and a code in parentheses before both.
int SearchBox::match(const QString& typed) const {
    if (typed.isEmpty())
        return 0;
    for (const auto& [text, flags] : {std::pair{typed, Qt::MatchFlags(Qt::MatchFixedString)},
                                      {QStringLiteral("(%1)").arg(typed), Qt::MatchContains},
                                      {typed, Qt::MatchStartsWith},
                                      {typed, Qt::MatchContains}})
        if (const int index = findText(text, flags); index >= 0)
            return index;
    return taken_;
}

void SearchBox::settle() {
    QAbstractItemView* popup = completer()->popup();
    if (popup->isVisible() && popup->currentIndex().isValid())
        return; // what is chosen there comes as activated()
    popup->hide();
    const int index = match(lineEdit()->text().trimmed());
    setCurrentIndex(index);
    lineEdit()->setText(itemText(index));
    take(index);
}

void SearchBox::choose(int index) {
    taken_ = index;
    setCurrentIndex(index);
    lineEdit()->setCursorPosition(0);
}

void SearchBox::take(int index) {
    lineEdit()->setCursorPosition(0); // the beginning tells more than the end
    if (index == taken_)
        return;
    taken_ = index;
    emit chosen(index);
}

void SearchBox::focusInEvent(QFocusEvent* event) {
    QComboBox::focusInEvent(event);
    // After the click that brought the focus has set the cursor: typing then replaces the text.
    QTimer::singleShot(0, lineEdit(), &QLineEdit::selectAll);
}

void SearchBox::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

} // namespace greenfront::ui
