// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/study/study_page.h"

#include "core/study/predictions.h"
#include "ui/models/session.h"
#include "ui/models/texts.h"
#include "ui/pages/study/space_group.h"
#include "ui/pages/study/study_state.h"
#include "ui/pages/study/timing_panel.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/schema_form.h"
#include "ui/widgets/texts.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace greenfront::ui {

StudyPage::StudyPage(QWidget* parent)
    : Page(parent),
      stack_(new QStackedWidget),
      title_(titleLabel({})),
      state_(quietLabel({})),
      expected_(quietLabel({})),
      data_(new QFormLayout),
      space_(new SpaceGroup),
      form_(new SchemaForm),
      wait_(new QCheckBox(tr("Follow clean electricity"))),
      timing_(new TimingPanel),
      start_(primaryButton(tr("Start"), "studyStart", tr("Train, search and measure with these values"))),
      reset_(button(tr("Reset to defaults"), "studyReset", tr("Put every value back to its default"))) {
    stack_->addWidget(new EmptyState(tr("No study yet"),
                                     tr("Make a workspace from data, or open one, on the start page.")));
    stack_->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    form_->setObjectName(QStringLiteral("studyForm"));
    for (const auto& group : study::studySchema())
        form_->addGroup(qt(group.title), group.parameters);
    connect(form_, &SchemaForm::changed, this, &StudyPage::updateState);
    connect(space_, &SpaceGroup::changed, this, &StudyPage::updateState);
    connect(space_, &SpaceGroup::problem, this, &Page::problem);
    connect(reset_, &QPushButton::clicked, this, &StudyPage::reset);
    connect(start_, &QPushButton::clicked, this, &StudyPage::start);
    connect(wait_, &QCheckBox::toggled, timing_, &QWidget::setVisible);
    connect(wait_, &QCheckBox::toggled, this, &StudyPage::updateState);
    connect(timing_, &TimingPanel::changed, this, &StudyPage::updateState);
}

QWidget* StudyPage::makeContent() {
    auto* inner = new QWidget;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(40, 28, 40, 28);
    column->setSpacing(14);
    data_->setHorizontalSpacing(18);
    data_->setVerticalSpacing(4);
    title_->setObjectName(QStringLiteral("studyTitle"));
    column->addWidget(title_);
    column->addLayout(data_);
    column->addSpacing(10);
    column->addWidget(space_);
    column->addSpacing(6); // as far apart as the groups of the form
    column->addWidget(form_);
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("studyScroll"));
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(scroll, 1);
    layout->addWidget(makeBottom());
    return content;
}

QWidget* StudyPage::makeBottom() {
    auto* bottom = new QFrame;
    bottom->setAutoFillBackground(true);
    bottom->setBackgroundRole(QPalette::Base);
    state_->setObjectName(QStringLiteral("studyState"));
    expected_->setObjectName(QStringLiteral("studyExpected"));
    name(*wait_, "studyWait", wait_->text(),
         tr("Start, and pause, when electricity is clean: by a series of carbon intensities over time"));
    timing_->hide();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(14);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(state_);
    texts->addWidget(expected_);
    buttons->addLayout(texts, 1);
    buttons->addWidget(wait_);
    buttons->addWidget(reset_);
    buttons->addWidget(start_);
    auto* layout = new QVBoxLayout(bottom);
    layout->setContentsMargins(40, 12, 40, 12);
    layout->setSpacing(12);
    layout->addWidget(timing_);
    layout->addLayout(buttons);
    return bottom;
}

void StudyPage::setSession(Session* session) {
    Page::setSession(session);
    shown_ = {};
    asked_.reset();
    expectedQuestion_.drop();
    start_->setEnabled(false);
    stack_->setCurrentIndex(0);
    if (session == nullptr)
        return;
    connect(session, &Session::studiesChanged, this, [this] {
        asked_.reset(); // a run may have taught something
        markStale();
    });
    connect(session, &Session::currentChanged, this, &Page::markStale);
    connect(session, &Session::jobsChanged, this, &StudyPage::updateState);
}

void StudyPage::refresh() {
    const StudyEntry* entry = session() != nullptr ? session()->currentEntry() : nullptr;
    stack_->setCurrentIndex(entry != nullptr ? 1 : 0);
    if (entry != nullptr)
        showEntry(*entry);
}

void StudyPage::showEntry(const StudyEntry& entry) {
    title_->setText(entry.name());
    if (shown_ != entry.id) { // otherwise what is being edited would be lost
        shown_ = entry.id;
        asked_.reset();
        showData(entry);
        space_->setStudy(entry.study);
        form_->setValues(entry.study.parameters);
    }
    updateState();
}

void StudyPage::showData(const StudyEntry& entry) {
    while (data_->rowCount() > 0)
        data_->removeRow(0);
    for (const auto& [what, value] : dataSummary(entry.data, entry.study.data)) {
        auto* text = new QLabel(value);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        data_->addRow(quietLabel(what), text);
    }
}

study::Study StudyPage::edited(const StudyEntry& entry) const {
    study::Study study = entry.study;
    study.parameters = form_->values();
    study.space = space_->space();
    return study;
}

void StudyPage::askExpected(const StudyEntry& entry) {
    const study::Study study = edited(entry);
    if (asked_ && asked_->parameters == study.parameters && asked_->space == study.space)
        return;
    asked_ = study;
    timing_->forgetExpected();
    const bool isStored = study.parameters == entry.study.parameters && study.space == entry.study.space;
    expectedQuestion_.ask(
        session()->thread(),
        [study, id = isStored ? entry.id : StudyId{}](store::Workspace& workspace) {
            return study::leftOf(id ? study::expectationsOf(workspace, id)
                                    : study::expectationsOf(workspace, study));
        },
        [this](const std::optional<energy::CostForecast>& left) {
            timing_->setExpected(study::plannedDuration(left, *asked_));
            showExpected(left);
        },
        [this](const Problem& what) { emit problem(what); });
}

void StudyPage::showExpected(const std::optional<energy::CostForecast>& left) {
    const bool nothingLeft = left && !(left->joules.value > 0);
    expected_->setVisible(!nothingLeft);
    expected_->setText(left ? tr("Expected: %1").arg(qt(toText(*left)))
                            : tr("What it will take is not known yet: no run of this workspace on this "
                                 "machine has taught it. Its first steps will tell."));
    expected_->setToolTip(left ? tr("95 % intervals; %1").arg(qt(left->method)) : QString());
}

void StudyPage::updateState() {
    const StudyEntry* entry = session() != nullptr ? session()->currentEntry() : nullptr;
    if (entry == nullptr || entry->id != shown_)
        return;
    askExpected(*entry);
    const StudyState state = stateOf(*entry, edited(*entry), session()->jobs().jobs());
    const QString missing = wait_->isChecked() && state.canStart ? timing_->problem() : QString();
    state_->setText(missing.isEmpty() ? state.text : missing);
    start_->setText(state.button);
    start_->setEnabled(state.canStart && missing.isEmpty());
    reset_->setEnabled(!form_->isDefault() || !space_->isDefault());
}

void StudyPage::reset() {
    form_->resetToDefaults();
    space_->resetToDefault();
}

void StudyPage::showSpaceEditor(bool shown) {
    space_->showEditor(shown);
}

void StudyPage::start() {
    const StudyEntry* entry = session() != nullptr ? session()->currentEntry() : nullptr;
    if (entry == nullptr || entry->id != shown_ || !start_->isEnabled())
        return;
    start_->setEnabled(false);
    study::RunOptions options;
    if (wait_->isChecked())
        options.timing = timing_->timing();
    session()->startStudy(edited(*entry), options);
}

} // namespace greenfront::ui
