// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/study/timing_panel.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "ui/models/texts.h"
#include "ui/pages/series_field.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

namespace greenfront::ui {
namespace {

constexpr int mostHours = 24 * 366;

QString planText(const energy::Schedule& plan) {
    QString text =
        TimingPanel::tr("From %1 to %2").arg(qt(energy::isoText(plan.start)), qt(energy::isoText(plan.end)));
    if (plan.parts.size() > 1)
        text += TimingPanel::tr(" in %1 parts").arg(plan.parts.size());
    text += TimingPanel::tr(", at %1 g CO2e/kWh").arg(qt(fixedText(plan.mean.value, 1)));
    if (plan.savedPercent)
        text += TimingPanel::tr(": %1 % less than at once").arg(qt(fixedText(*plan.savedPercent, 1)));
    if (plan.windowCut)
        text += TimingPanel::tr("; the series ends before the window does");
    return text + QLatin1Char('.');
}

QString durationText(std::chrono::seconds duration) {
    return qt(toText(Seconds(static_cast<double>(duration.count()))));
}

} // namespace

TimingPanel::TimingPanel(QWidget* parent)
    : QWidget(parent),
      series_(new SeriesField("timing")),
      policy_(new QComboBox),
      window_(new QSpinBox),
      duration_(new QLineEdit),
      plan_(quietLabel({})) {
    name(*policy_, "timingPolicy", tr("Policy"),
         tr("One wait and then no pause, or only the cleanest hours (Dodge et al. 2022)"));
    for (const auto& [policy, title] :
         {std::pair{energy::Policy::FlexibleStart, tr("Wait, then run through")},
          std::pair{energy::Policy::PauseAndResume, tr("Pause and resume")}})
        policy_->addItem(title, static_cast<int>(policy));
    name(*window_, "timingWindow", tr("Within"), tr("From now on, within which the study is to end"));
    window_->setRange(1, mostHours);
    window_->setValue(24);
    window_->setSuffix(tr(" h"));
    name(*duration_, "timingDuration", tr("Takes"),
         tr("How long the study takes, such as 2h or 1h30m; empty: as this machine's earlier runs taught"));
    plan_->setObjectName(QStringLiteral("timingPlan"));
    layOut();
    forgetExpected();
    connect(series_, &SeriesField::changed, this, &TimingPanel::plan);
    connect(policy_, &QComboBox::currentIndexChanged, this, &TimingPanel::plan);
    connect(window_, &QSpinBox::valueChanged, this, &TimingPanel::plan);
    connect(duration_, &QLineEdit::textChanged, this, &TimingPanel::plan);
    plan();
}

void TimingPanel::layOut() {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    auto* intensities = fieldLabel(tr("&Intensities"), *series_);
    intensities->setFixedHeight(series_->line()->height()); // beside the first line of the field
    grid->addWidget(intensities, 0, 0, Qt::AlignTop);
    grid->addWidget(series_, 0, 1, 1, 5);
    grid->addWidget(fieldLabel(tr("&Policy"), *policy_), 1, 0);
    grid->addWidget(policy_, 1, 1);
    grid->addWidget(fieldLabel(tr("&Within"), *window_), 1, 2);
    grid->addWidget(window_, 1, 3);
    grid->addWidget(fieldLabel(tr("Ta&kes"), *duration_), 1, 4);
    grid->addWidget(duration_, 1, 5);
    grid->addWidget(plan_, 2, 1, 1, 5);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(3, 1);
    grid->setColumnStretch(5, 1);
}

std::optional<study::CarbonTiming> TimingPanel::timing() const {
    if (!problem_.isEmpty())
        return std::nullopt;
    study::CarbonTiming timing{.series = *series_->series(),
                               .policy = static_cast<energy::Policy>(policy_->currentData().toInt()),
                               .window = std::chrono::hours(window_->value())};
    if (const QString text = duration_->text().trimmed(); !text.isEmpty())
        timing.duration = energy::parseDuration(text.toStdString());
    return timing;
}

void TimingPanel::setExpected(std::optional<std::chrono::seconds> expected) {
    isExpectedKnown_ = true;
    expected_ = expected;
    duration_->setPlaceholderText(expected ? tr("about %1").arg(durationText(*expected)) : tr("not known"));
    plan();
}

void TimingPanel::forgetExpected() {
    isExpectedKnown_ = false;
    expected_.reset();
    duration_->setPlaceholderText(tr("as learnt"));
}

void TimingPanel::plan() {
    problem_.clear();
    plan_->clear();
    if (!series_->series())
        problem_ = tr("Choose a file with carbon intensities over time.");
    else
        try {
            showPlan();
        } catch (const Error& error) {
            problem_ = capitalised(qt(error.parts().reason)) + QStringLiteral(". ") +
                       qt(error.parts().advice) + QLatin1Char('.');
        }
    emit changed();
}

void TimingPanel::showPlan() {
    const auto wanted = timing();
    const auto duration = wanted->duration ? wanted->duration : expected_;
    if (!duration && isExpectedKnown_) {
        problem_ = tr("No earlier run on this machine tells how long the study takes. Say it, such as 2h.");
        return;
    }
    if (!duration) {
        plan_->setText(tr("Asking earlier runs how long it takes…"));
        return;
    }
    const QString text = planText(energy::schedule(wanted->series, {.policy = wanted->policy,
                                                                    .duration = *duration,
                                                                    .window = wanted->window,
                                                                    .from = study::systemWaitClock().now()}));
    plan_->setText(wanted->duration ? text
                                    : tr("Expected to take %1. %2").arg(durationText(*duration), text));
}

} // namespace greenfront::ui
