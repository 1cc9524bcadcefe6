// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/search/method_panel.h"

#include "core/search/stopping_policy.h"
#include "core/search/transfer.h"
#include "ui/models/search_draft.h"
#include "ui/models/texts.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/schema_form.h"
#include "ui/widgets/texts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace greenfront::ui {
namespace {

using About = std::pair<std::string_view, const char*>;

constexpr std::array<About, 12> methods{
    {{"tpe", QT_TR_NOOP("Learns where good trials lie and tries more there. Suits most searches.")},
     {"gp", QT_TR_NOOP("A Gaussian process: the fewest trials where each is dear and parameters are few.")},
     {"rgpe",
      QT_TR_NOOP("Gaussian processes of earlier searches, weighted by how well they foretell this one.")},
     {"pmf",
      QT_TR_NOOP("Starts with what was best on the most similar data, then fills in what was not tried.")},
     {"box", QT_TR_NOOP("At random, in the part of the space where earlier searches found their best.")},
     {"nsga2",
      QT_TR_NOOP("A population that is crossed and mutated. For several objectives and many trials.")},
     {"evolution", QT_TR_NOOP("Mutates the best of the newest trials. For many trials at the same time.")},
     {"cma-es",
      QT_TR_NOOP("Moves and shapes a cloud of points. For numbers, one objective and many trials.")},
     {"parsec", QT_TR_NOOP("Learns a probability for each value. For categoricals with many combinations.")},
     {"sobol", QT_TR_NOOP("Spreads trials evenly and learns nothing.")},
     {"grid", QT_TR_NOOP("Tries all combinations, one after the other.")},
     {"random", QT_TR_NOOP("Draws each trial anew and learns nothing: what others are compared with.")}}};

constexpr std::array<About, 7> policies{
    {{"", QT_TR_NOOP("Every trial runs to its end.")},
     {"bandit", QT_TR_NOOP("Stops a trial that is further behind the best than a slack.")},
     {"median", QT_TR_NOOP("Stops a trial that is worse than the median of the others until then.")},
     {"truncation", QT_TR_NOOP("Stops the lowest percent at each interval.")},
     {"asha", QT_TR_NOOP("Successive halving: only the best share goes on at each rung, without waiting.")},
     {"hyperband", QT_TR_NOOP("Successive halving in brackets that begin to stop at different times.")},
     {"energy", QT_TR_NOOP("Stops a trial when its further joules buy less than another trial's would.")}}};

template <std::size_t N>
QString aboutOf(const std::array<About, N>& all, const std::string& name) {
    const auto found = std::ranges::find(all, name, &About::first);
    return found == all.end() ? QString() : MethodPanel::tr(found->second);
}

/// What a policy needs beside its defaults to do anything.
Json startOf(const std::string& policy) {
    return policy == "bandit" ? Json{{"slack_factor", 0.1}} : Json::object();
}

} // namespace

MethodPanel::MethodPanel(QWidget* parent)
    : QWidget(parent),
      learns_(new QCheckBox(tr("&Learn from earlier searches of this workspace"))),
      history_(new SchemaForm) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    addMethod(*column);
    column->addSpacing(12);
    addHistory(*column);
    column->addSpacing(12);
    addPolicy(*column);
    column->addStretch();
}

MethodPanel::Choice MethodPanel::addChoice(QVBoxLayout& column, const char* objectName, const QString& title,
                                           const QString& help) {
    Choice choice{.box = new QComboBox, .about = quietLabel({}), .below = new QVBoxLayout};
    QString plain = title;
    name(*choice.box, objectName, plain.remove(QLatin1Char('&')), help);
    choice.box->setFixedSize(210, 26);
    choice.about->setObjectName(QString::fromUtf8(objectName) + QStringLiteral("About"));
    letWheelPass(*choice.box);
    auto* grid = new QGridLayout; // as that of SchemaForm
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(18);
    grid->setColumnMinimumWidth(0, 190);
    grid->setColumnStretch(2, 1);
    grid->addWidget(fieldLabel(title, *choice.box), 0, 0);
    grid->addWidget(choice.box, 0, 1);
    grid->addWidget(choice.about, 0, 2);
    column.addLayout(grid);
    choice.below->setContentsMargins(0, 0, 0, 0);
    column.addLayout(choice.below);
    return choice;
}

void MethodPanel::addMethod(QVBoxLayout& column) {
    column.addWidget(headingLabel(tr("Method")));
    method_ = addChoice(column, "newSearchMethod", tr("Metho&d"), tr("How the next trial is chosen"));
    for (const About& about : methods)
        if (std::ranges::find(search::transferNames(), about.first) != search::transferNames().end())
            method_.box->addItem(QString::fromUtf8(about.first.data()));
    for (const std::string& method : search::transferNames()) // one that is not described is offered too
        if (method_.box->findText(qt(method)) < 0)
            method_.box->addItem(qt(method));
    connect(method_.box, &QComboBox::currentIndexChanged, this, [this] {
        takeMethod(Json::object());
        emit changed();
    });
}

void MethodPanel::addHistory(QVBoxLayout& column) {
    name(
        *learns_, "newSearchLearns", tr("Learn from earlier searches"),
        tr("Start where earlier searches with the same objectives were good; what does not help is dropped"));
    learns_->setChecked(true);
    history_->setObjectName(QStringLiteral("newSearchHistory"));
    Schema schema = search::transferSchema();
    for (Parameter& parameter : schema)
        parameter.advanced = true; // folded away
    history_->addGroup({}, schema);
    column.addWidget(headingLabel(tr("Earlier searches")));
    column.addWidget(learns_);
    column.addWidget(history_);
    connect(history_, &SchemaForm::changed, this, &MethodPanel::changed);
    connect(learns_, &QCheckBox::toggled, this, &MethodPanel::changed);
}

void MethodPanel::addPolicy(QVBoxLayout& column) {
    column.addWidget(headingLabel(tr("Stopping trials early")));
    policy_ = addChoice(column, "newSearchPolicy", tr("&Policy"),
                        tr("Which trials are stopped by what they report while they run"));
    policy_.box->addItem(tr("none"), QString());
    for (const std::string& policy : search::policyNames())
        policy_.box->addItem(qt(policy), qt(policy));
    connect(policy_.box, &QComboBox::currentIndexChanged, this, [this] {
        takePolicy(startOf(policy()));
        emit changed();
    });
}

void MethodPanel::setForm(Choice& choice, const Schema& schema, const Json& values) {
    if (choice.form != nullptr) {
        choice.form->hide();
        choice.form->setObjectName({}); // it is no longer found
        choice.form->deleteLater();     // one of its fields may be what is calling
        choice.form = nullptr;
    }
    if (schema.empty())
        return;
    choice.form = new SchemaForm;
    choice.form->setObjectName(choice.box->objectName() + QStringLiteral("Options"));
    choice.form->addGroup({}, schema);
    choice.form->setValues(values);
    choice.below->addWidget(choice.form);
    connect(choice.form, &SchemaForm::changed, this, &MethodPanel::changed);
}

void MethodPanel::takeMethod(const Json& options) {
    const std::string method = method_.box->currentText().toStdString();
    method_.about->setText(aboutOf(methods, method));
    setForm(method_, search::optimiserSchema(search::methodBehind(method)), options);
}

std::string MethodPanel::policy() const {
    return policy_.box->currentData().toString().toStdString();
}

void MethodPanel::takePolicy(const Json& options) {
    policy_.about->setText(aboutOf(policies, policy()));
    setForm(policy_, policy().empty() ? Schema() : search::policySchema(policy()), options);
}

void MethodPanel::show(const SearchDraft& draft) {
    const QSignalBlocker quiet(this);
    {
        const QSignalBlocker quietMethod(method_.box);
        const QSignalBlocker quietPolicy(policy_.box);
        method_.box->setCurrentText(qt(draft.method));
        policy_.box->setCurrentIndex(std::max(0, policy_.box->findData(qt(draft.policy))));
    }
    takeMethod(draft.methodOptions);
    takePolicy(draft.policyOptions);
    learns_->setChecked(draft.learns);
    history_->resetToDefaults();
    history_->setValues(draft.historyOptions);
}

void MethodPanel::read(SearchDraft& draft) const {
    draft.method = method_.box->currentText().toStdString();
    draft.methodOptions = method_.form != nullptr ? method_.form->values() : Json::object();
    draft.policy = policy();
    draft.policyOptions = policy_.form != nullptr ? policy_.form->values() : Json::object();
    draft.learns = learns_->isChecked();
    draft.historyOptions = history_->values();
}

} // namespace greenfront::ui
