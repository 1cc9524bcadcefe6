// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/training_profile.h"

#include "core/study/predictions.h"

#include <algorithm>

namespace greenfront::study {
namespace {

/// The rest of the 2 % is for judging.
constexpr double shareOfSteps = 0.75 * profileShare;
constexpr double shareOfImages = 0.125 * profileShare;

} // namespace

TrainingProfile::TrainingProfile(Workload load, std::function<Cost()> spent, bool wanted)
    : load_(load), spent_(std::move(spent)) {
    const auto steps = static_cast<std::size_t>(shareOfSteps * load_.stepsAnEpoch * load_.epochs);
    constexpr std::size_t most = 200; // more do not make it surer
    if (const std::size_t all = std::min({steps, most, static_cast<std::size_t>(load_.stepsAnEpoch)});
        wanted && all >= 2)
        last_ = all;
    if (last_ > 0)
        before_ = spent_();
}

bool TrainingProfile::addStep(std::size_t step, const NetworkWork& networks) {
    const Cost now = spent_();
    if (step > std::max<std::size_t>(1, last_ / 3)) {
        const Cost took = now - before_;
        steps_.push_back({guessedStep(load_, networks), took.joules, took.seconds});
    }
    before_ = now;
    return step == last_;
}

std::size_t TrainingProfile::probeImages() const {
    constexpr double fewest = 8;
    constexpr double most = 64;
    const double images = shareOfImages * load_.epochs * load_.judgedImages();
    return images < fewest ? 0 : static_cast<std::size_t>(std::min(images, most));
}

void TrainingProfile::addProbe(std::size_t images, const Cost& calibrating, const Cost& classifying) {
    const auto count = static_cast<double>(images);
    probedEnd_ =
        calibrating * (load_.calibrationImages / count) + classifying * (load_.validationImages / count);
}

Cost TrainingProfile::step() const {
    Cost sum;
    double work = 0;
    for (const energy::ProfiledStep& one : steps_) {
        sum += {one.joules, one.seconds};
        work += one.work;
    }
    return work > 0 ? sum * (guessedStep(load_, load_.step) / work) : Cost{};
}

Cost TrainingProfile::epochEnd() const {
    return probedEnd_ ? *probedEnd_ : step() * (guessedEpochEnd(load_) / guessedStep(load_, load_.step));
}

Cost TrainingProfile::epoch() const {
    return step() * load_.stepsAnEpoch + epochEnd();
}

std::optional<energy::CostForecast> TrainingProfile::forecast(int epochs,
                                                              std::span<const double> pastErrors) const {
    const double stepWork = guessedStep(load_, load_.step);
    auto forecast = energy::forecastFromProfile(steps_, stepWork * load_.stepsAnEpoch * epochs, pastErrors);
    if (!forecast)
        return std::nullopt;
    const auto addEnds = [&](energy::Forecast& to, double each) {
        const double more = each * epochs;
        const double ratio = to.value > 0 ? (to.value + more) / to.value : 1.0;
        to = {to.value * ratio, to.low * ratio, to.high * ratio};
    };
    addEnds(forecast->joules, epochEnd().joules.value);
    addEnds(forecast->seconds, epochEnd().seconds.value);
    forecast->method += probedEnd_ ? "; judging probed on some images" : "; judging guessed from the steps";
    return forecast;
}

} // namespace greenfront::study
