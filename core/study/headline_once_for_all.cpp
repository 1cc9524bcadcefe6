// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/headline_once_for_all.h"

#include "core/base/text.h"
#include "core/device/latency.h"
#include "core/store/blobs.h"
#include "core/study/carbon.h"
#include "core/study/open_study.h"
#include "core/study/predicted_search.h"
#include "core/study/predictions.h"
#include "core/study/results.h"
#include "core/study/single_network.h"
#include "core/study/versions.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace greenfront::study {
namespace {

constexpr std::array deviceCounts{1, 4, 16, 40};

/// A device's network: from the supernet, and trained alone where that was done.
struct Pick {
    std::string device;
    Genotype genotype;
    double accuracy = 0, latency = 0; ///< percent of the test part; ms
    std::optional<double> alone;      ///< percent of the test part
};

class OnceForAll {
public:
    OnceForAll(store::Workspace& workspace, HeadlineWish wish, Control& control, ProgressSink sink)
        : workspace_(workspace), wish_(std::move(wish)), control_(control), sink_(std::move(sink)) {
        for (const device::Profile& device : device::knownDevices())
            if (!device.measured && !device.flash) // a microcontroller may hold no network of the space
                devices_.push_back(device.id);
        study_ = newStudy(wish_.data, &control);
        for (const std::string& setting : wish_.settings)
            setParameter(study_, setting);
        study_.name = "Once for all: " + study_.name;
        study_.parameters["devices"] = join(devices_, ",");
        id_ = putStudy(workspace, study_);
    }

    OrderedJson run() {
        trainOnly(workspace_, id_, control_, labelled("supernet"));
        if (const auto space = arch::makeSpace(study_.space); !findPredictor(workspace_, id_, *space))
            fitStudyPredictor(workspace_, id_, {}, control_, labelled("predictor"));
        specialise();
        const auto alone = std::min(picks_.size(), static_cast<std::size_t>(wish_.alone));
        for (std::size_t i = 0; i < alone; ++i)
            trainAlone(picks_[i], i);
        return store(result());
    }

private:
    ProgressSink labelled(std::string label) const {
        return [sink = sink_, label = std::move(label)](Progress progress) {
            progress.message = label + ", " + progress.message;
            sink(progress);
        };
    }

    /// Half way between the fastest and the slowest network, in ratio.
    Seconds limitFor(const arch::SearchSpace& space, const device::Profile& device) const {
        const auto latency = [&](const Genotype& genotype) {
            return device::estimateLatency(space.decode(genotype), device).median.value;
        };
        return Seconds(std::sqrt(latency(space.smallest()) * latency(space.largest())));
    }

    void specialise() {
        OpenStudy open(workspace_, id_, withoutBudget(loadStudy(workspace_, id_)), control_,
                       labelled("specialising"));
        const Trained trained = open.trained();
        const auto predictor = findPredictor(workspace_, id_, trained.space());
        const CarbonGate gate;
        const PhaseContext context = open.context(gate);
        for (const std::string& id : devices_) {
            const device::Profile& device = device::findDevice(id);
            const Genotype genotype =
                specialiseByPredictor(context, trained, *predictor, id, limitFor(trained.space(), device));
            picks_.push_back(
                {id,
                 genotype,
                 testAccuracy({id_, genotype, {}}),
                 device::estimateLatency(trained.space().decode(genotype), device).median.value * 1e3,
                 {}});
        }
    }

    void trainAlone(Pick& pick, std::size_t i) {
        const StudyId id = putStudy(
            workspace_, singleNetworkStudy(study_, pick.genotype,
                                           "Trained alone for " + device::findDevice(pick.device).title));
        runStudy(workspace_, id, control_, labelled("network " + std::to_string(i + 1) + " alone"));
        pick.alone = testAccuracy(chooseNetwork(workspace_, id, "largest"));
        aloneCost_ += costOf(workspace_, runOf(id, trainingKind, ""));
    }

    double testAccuracy(const NetworkChoice& network) {
        return evaluateNetwork(workspace_, network, data::Part::Test, control_).accuracy;
    }

    store::RunRow runOf(StudyId id, const std::string& kind, const std::string& subject) {
        for (const store::RunRow& run : store::runsOf(workspace_, id))
            if (run.kind == kind && run.subject == subject)
                return run;
        return {};
    }

    OrderedJson asJson(const Cost& cost) const {
        const CarbonSettings carbon = carbonSettings(study_);
        return {{"joules", cost.joules.value},
                {"grams", energy::carbonOf(cost.joules, carbon.grid.value, carbon.pue).value},
                {"seconds", cost.seconds.value}};
    }

    OrderedJson result() {
        const auto trained = static_cast<double>(
            std::ranges::count_if(picks_, [](const Pick& pick) { return pick.alone.has_value(); }));
        const Cost supernet = costOf(workspace_, runOf(id_, trainingKind, ""));
        const Cost predictor = costOf(workspace_, runOf(id_, predictorKind, ""));
        Cost search;
        for (const std::string& device : devices_)
            search += costOf(workspace_, runOf(id_, searchKind, device)) *
                      (1.0 / static_cast<double>(devices_.size()));
        const Cost alone = trained > 0 ? aloneCost_ * (1.0 / trained) : Cost{};
        OrderedJson json{{"headline", "once-for-all"}, {"data", study_.data}};
        json["epochs"] = study_.parameters.at("epochs");
        json["supernet"] = asJson(supernet);
        json["predictor"] = asJson(predictor);
        json["devices"] = OrderedJson::array();
        for (const Pick& pick : picks_)
            json["devices"].push_back({{"device", pick.device},
                                       {"genotype", pick.genotype},
                                       {"latency_ms", pick.latency},
                                       {"accuracy", pick.accuracy},
                                       {"accuracy_alone", pick.alone ? Json(*pick.alone) : Json()}});
        json["marginal"] = {{"once_for_all", asJson(search)},
                            {"alone", asJson(alone)},
                            {"ratio", search.joules.value > 0 ? alone.joules / search.joules : 0.0}};
        json["table"] = OrderedJson::array();
        for (const int count : deviceCounts)
            json["table"].push_back(
                {{"devices", count},
                 {"once_for_all", row(supernet + predictor + search * count, count, devices_.size(), false)},
                 {"alone", row(alone * count, count, static_cast<std::size_t>(trained), true)}});
        return json;
    }

    /// Means over the networks that were trained both ways, so that the two compare the same ones.
    OrderedJson row(const Cost& cost, int count, std::size_t ran, bool alone) const {
        double accuracy = 0;
        double latency = 0;
        double compared = 0;
        for (const Pick& pick : picks_)
            if (pick.alone) {
                accuracy += alone ? *pick.alone : pick.accuracy;
                latency += pick.latency;
                ++compared;
            }
        OrderedJson json{{"accuracy", accuracy / compared}, {"latency_ms", latency / compared}};
        json.update(asJson(cost));
        json["extrapolated"] = static_cast<std::size_t>(count) > ran;
        return json;
    }

    OrderedJson store(OrderedJson json) {
        const store::RunRow run = findOrAddRun(workspace_, {.study = id_,
                                                            .kind = headlineKind,
                                                            .subject = "once-for-all",
                                                            .started = {},
                                                            .parameters = {{"alone", wish_.alone}},
                                                            .versions = versionsNow(),
                                                            .error = {}});
        store::setRunState(workspace_, run.id, store::RunState::Running);
        store::putBlob(workspace_, run.id, headlineKind, json.dump(), Json::object());
        store::setRunState(workspace_, run.id, store::RunState::Finished);
        return json;
    }

    store::Workspace& workspace_;
    HeadlineWish wish_;
    Control& control_;
    ProgressSink sink_;
    std::vector<std::string> devices_;
    Study study_;
    StudyId id_;
    std::vector<Pick> picks_;
    Cost aloneCost_;
};

} // namespace

OrderedJson onceForAll(store::Workspace& workspace, const HeadlineWish& wish, Control& control,
                       const ProgressSink& progress) {
    return OnceForAll(workspace, wish, control, progress).run();
}

} // namespace greenfront::study
