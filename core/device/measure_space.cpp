// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/measure_space.h"

#include "core/base/clock.h"
#include "core/device/block_times.h"
#include "core/device/latency_model.h"

#include <algorithm>
#include <set>

namespace greenfront::device {
namespace {

constexpr double blockShare = 0.5; ///< of the time limit, for blocks
constexpr std::size_t fewestNetworks = 10;
constexpr std::size_t poolSize = 32; ///< networks of which the most telling is measured next

class Measurement {
public:
    Measurement(const MeasuringPlan& plan, Profiler& profiler, Control& control, const ProgressSink& progress,
                const Stopwatch& now)
        : plan_(plan),
          space_(arch::makeSpace(plan.space)),
          profiler_(profiler),
          control_(control),
          progress_(progress),
          now_(now),
          start_(now()),
          taken_(plan.networks.begin(), plan.networks.end()) {}

    SpaceMeasurement run() {
        result_.table.space = plan_.space;
        result_.table.threads = plan_.threads;
        for (const Genotype& genotype : plan_.blocks)
            profile(genotype);
        Rng rng(plan_.seed, 2);
        while (plan_.adaptive && spent() < plan_.limit * blockShare)
            if (const auto next = mostTelling(rng))
                profile(*next);
            else
                break;
        finishBlocks();
        check();
        result_.busyShare = profiler_.busyShare();
        result_.seconds = spent();
        result_.table.at = utcNow();
        return std::move(result_);
    }

private:
    Seconds spent() const { return now_() - start_; }

    void tell(const std::string& message) const {
        if (progress_)
            progress_({"measuring", message, std::min(1.0, spent() / plan_.limit), {}, {}});
    }

    void profile(const Genotype& genotype) {
        tell("blocks of network " + std::to_string(result_.profiled + 1) + ", " +
             std::to_string(blocks_.blocks().size()) + " blocks so far");
        taken_.insert(genotype);
        const NetworkProfile measured = profiler_.measure(space_->decode(genotype), true, control_);
        blocks_.add(measured);
        profiles_.push_back(measured);
        result_.table.networks.push_back(timeOf(genotype, measured, false));
        ++result_.profiled;
    }

    static NetworkTime timeOf(const Genotype& genotype, const NetworkProfile& measured, bool heldOut) {
        return {.genotype = genotype,
                .key = networkKey(measured.units),
                .time = measured.whole,
                .low = measured.low,
                .high = measured.high,
                .heldOut = heldOut};
    }

    /// Of a few random networks the one that teaches most; nothing if none teaches anything.
    std::optional<Genotype> mostTelling(Rng& rng) const {
        const UnitRegressor regressor = blocks_.regressor();
        std::optional<Genotype> best;
        double most = 0;
        for (std::size_t i = 0; i < poolSize; ++i) {
            Genotype genotype = space_->random(rng);
            if (taken_.contains(genotype))
                continue;
            const double gain = gainOf(fusedUnits(space_->decode(genotype)), blocks_, regressor);
            if (gain > most) {
                most = gain;
                best = std::move(genotype);
            }
        }
        return best;
    }

    void finishBlocks() {
        LatencyTable& table = result_.table;
        table.blocks = blocks_.blocks();
        table.call = blocks_.call();
        if (profiles_.empty())
            return;
        auto errors = blocks_.regressor().heldOutErrors();
        std::ranges::sort(errors);
        result_.unitError = errors[errors.size() / 2];
        LatencyTable blocks = table;
        blocks.networks.clear();
        const auto model = tableModel(std::move(blocks));
        std::vector<Compared> compared;
        compared.reserve(profiles_.size());
        for (std::size_t i = 0; i < profiles_.size(); ++i)
            compared.push_back(
                {model->of(asRun(space_->decode(table.networks[i].genotype))).median, profiles_[i].whole});
        table.correction = fitCorrection(compared);
    }

    void check() {
        for (std::size_t i = 0; i < plan_.networks.size(); ++i) {
            if (i >= fewestNetworks && spent() >= plan_.limit)
                break;
            tell("network " + std::to_string(i + 1) + " that the blocks have not seen");
            const NetworkProfile measured =
                profiler_.measure(space_->decode(plan_.networks[i]), false, control_);
            result_.table.networks.push_back(timeOf(plan_.networks[i], measured, true));
        }
        result_.accuracy = unseenAccuracy(result_.table);
        // Networks that nothing was fitted to say best how wrong the others are.
        if (result_.accuracy.networks >= fewestNetworks)
            result_.table.correction.error = result_.accuracy.quantile95;
    }

    const MeasuringPlan& plan_;
    std::shared_ptr<const arch::SearchSpace> space_;
    Profiler& profiler_;
    Control& control_;
    const ProgressSink& progress_;
    const Stopwatch& now_;
    Seconds start_;
    std::set<Genotype> taken_;
    BlockCollector blocks_;
    std::vector<NetworkProfile> profiles_;
    SpaceMeasurement result_;
};

} // namespace

SpaceMeasurement measureSpace(const MeasuringPlan& plan, Profiler& profiler, Control& control,
                              const ProgressSink& progress, const Stopwatch& now) {
    return Measurement(plan, profiler, control, progress, now).run();
}

} // namespace greenfront::device
