// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/training/training_page.h"

#include "ui/models/fresh.h"
#include "ui/models/session.h"
#include "ui/models/texts.h"
#include "ui/pages/save_picture.h"
#include "ui/plots/curve_plot.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/texts.h"

#include <QCheckBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace greenfront::ui {

TrainingPage::TrainingPage(QWidget* parent)
    : Page(parent),
      stack_(new QStackedWidget),
      title_(titleLabel(tr("Training"))),
      energy_(quietLabel({})),
      follow_(new QCheckBox(tr("Follow the latest"))),
      logLoss_(new QCheckBox(tr("Logarithmic loss"))),
      reset_(button(tr("Reset zoom"), "trainingReset", tr("Show all epochs (F, or double-click)"))),
      plot_(new CurvePlot) {
    stack_->addWidget(
        new EmptyState(tr("No curves yet"), tr("They are drawn here as soon as a training has begun.")));
    stack_->addWidget(makeContent());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    connect(follow_, &QCheckBox::toggled, plot_, &CurvePlot::setFollowing);
    connect(logLoss_, &QCheckBox::toggled, plot_, &CurvePlot::setLogarithmicLoss);
    connect(reset_, &QPushButton::clicked, plot_, &CurvePlot::resetZoom);
    connect(plot_, &CurvePlot::zoomChanged, reset_, &QWidget::setEnabled);
    reset_->setEnabled(false);
}

QWidget* TrainingPage::makeContent() {
    plot_->setObjectName(QStringLiteral("curvePlot"));
    name(*follow_, "trainingFollow", tr("Follow the latest"), tr("Show the newest epochs only"));
    name(*logLoss_, "trainingLogLoss", tr("Logarithmic loss"), tr("Draw the loss on a logarithmic axis"));
    energy_->setObjectName(QStringLiteral("trainingEnergy"));
    auto* save = button(tr("Save plot…"), "trainingSave", tr("Save the curves as PNG, SVG or PDF"));
    connect(save, &QPushButton::clicked, this, &TrainingPage::savePlot);
    auto* head = new QHBoxLayout;
    head->setSpacing(14);
    head->addWidget(title_, 1);
    for (QWidget* control : std::initializer_list<QWidget*>{follow_, logLoss_, reset_, save})
        head->addWidget(control);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(28, 20, 28, 14);
    layout->setSpacing(10);
    layout->addLayout(head);
    layout->addWidget(plot_, 1);
    layout->addWidget(energy_);
    return content;
}

void TrainingPage::setSession(Session* session) {
    Page::setSession(session);
    question_.drop();
    version_.reset();
    stack_->setCurrentIndex(0);
    if (session == nullptr)
        return;
    connect(session, &Session::jobsChanged, this, &Page::markStale);
    connect(session, &Session::currentChanged, this, [this] {
        plot_->resetZoom();
        markStale();
    });
}

void TrainingPage::refresh() {
    if (session() == nullptr)
        return;
    const StudyId study = session()->current();
    if (study != shown_)
        version_.reset();
    shown_ = study;
    const auto load = [study](store::Workspace& workspace) { return loadCurves(workspace, study); };
    question_.ask(
        session()->thread(),
        [known = version_, load](store::Workspace& workspace) {
            return loadIfChanged(workspace, known, load);
        },
        [this](const Fresh<Curves>& curves) {
            version_ = curves.version;
            if (curves.value)
                show(*curves.value);
        },
        [this](const Problem& what) { emit problem(what); });
}

void TrainingPage::show(const Curves& curves) {
    stack_->setCurrentIndex(curves.curves.empty() ? 0 : 1);
    plot_->setCurves(curves);
    const QString energy = energyText(curves.energy);
    energy_->setText(energy.isEmpty() ? QString() : tr("Energy of this training: %1").arg(energy));
}

void TrainingPage::fit() {
    plot_->resetZoom();
}

void TrainingPage::savePlot() {
    savePicture(*this, QStringLiteral("training"), [this](const QString& path) { plot_->save(path); });
}

} // namespace greenfront::ui
