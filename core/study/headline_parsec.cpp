// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/headline_parsec.h"

#include "core/store/blobs.h"
#include "core/study/carbon.h"
#include "core/study/parsec_search.h"
#include "core/study/predictions.h"
#include "core/study/results.h"
#include "core/study/run_log.h"
#include "core/study/single_network.h"
#include "core/study/trained.h"
#include "core/study/versions.h"
#include "core/train/training_free.h"

#include <algorithm>

namespace greenfront::study {
namespace {

constexpr const char* headlineName = "parsec";

/// A way to come by a network, and how good what it finds is.
struct Way {
    std::string name, title;
    std::vector<Genotype> genotypes; ///< one, but of random picks
    std::optional<ParsecFound> found;
    std::vector<double> accuracies; ///< percent of the test part, one a genotype
    Cost training;                  ///< of one network on its own
};

class ParsecHeadline {
public:
    ParsecHeadline(store::Workspace& workspace, const HeadlineWish& wish, Control& control, ProgressSink sink)
        : workspace_(workspace),
          control_(control),
          sink_(std::move(sink)),
          random_(static_cast<std::size_t>(wish.alone)),
          study_(studyFor(wish, control)),
          space_(arch::makeSpace(study_.space)),
          architectures_(space_, medianMacs(*space_)),
          id_(putStudy(workspace, study_)) {}

    OrderedJson run() {
        std::vector<Way> ways{searched("parsec", "PARSEC", withWeights),
                              searched("weightless", "weightless PARSEC", weightless), picked()};
        for (Way& way : ways)
            for (std::size_t i = 0; i < way.genotypes.size(); ++i)
                train(way, i);
        return store(result(ways));
    }

private:
    static Study studyFor(const HeadlineWish& wish, Control& control) {
        Study study = newStudy(wish.data, &control);
        study.parameters["evaluations"] = 300; // a score takes far less than what they are meant for
        for (const std::string& setting : wish.settings)
            setParameter(study, setting);
        study.name = "PARSEC: " + study.name;
        return study;
    }

    ProgressSink labelled(const std::string& label) const {
        return [sink = sink_, label](Progress progress) {
            progress.message = label + ", " + progress.message;
            sink(progress);
        };
    }

    Way searched(const std::string& name, const std::string& title, const char* subject) {
        Way way{.name = name, .title = title, .genotypes = {}, .found = {}, .accuracies = {}, .training = {}};
        way.found = searchParsec(workspace_, id_, subject, architectures_, control_, labelled(title));
        way.genotypes.push_back(way.found->genotype);
        return way;
    }

    Way picked() {
        Way way{.name = "random",
                .title = "random pick",
                .genotypes = {},
                .found = {},
                .accuracies = {},
                .training = {}};
        Rng rng(study_.parameters.at("seed").get<std::uint64_t>(), 1);
        while (way.genotypes.size() < random_)
            way.genotypes.push_back(architectures_.draw(architectures_.even(), rng));
        return way;
    }

    void train(Way& way, std::size_t i) {
        const std::string which = way.title + (way.genotypes.size() > 1 ? " " + std::to_string(i + 1) : "");
        const StudyId id =
            putStudy(workspace_, singleNetworkStudy(study_, way.genotypes[i], "Found by " + which));
        trainOnly(workspace_, id, control_, labelled("network of " + which));
        for (const store::RunRow& run : store::runsOf(workspace_, id))
            if (run.kind == trainingKind)
                way.training += costOf(workspace_, run) * (1.0 / static_cast<double>(way.genotypes.size()));
        const auto judged =
            evaluateNetwork(workspace_, chooseNetwork(workspace_, id, "largest"), data::Part::Test, control_);
        way.accuracies.push_back(judged.accuracy);
        testSamples_ = judged.samples;
    }

    OrderedJson asJson(const Cost& cost) const {
        const CarbonSettings carbon = carbonSettings(study_);
        return {{"seconds", cost.seconds.value},
                {"joules", cost.joules.value},
                {"grams", energy::carbonOf(cost.joules, carbon.grid.value, carbon.pue).value}};
    }

    OrderedJson asJson(const Way& way) const {
        double accuracy = 0;
        double macs = 0;
        OrderedJson networks = OrderedJson::array();
        for (std::size_t i = 0; i < way.genotypes.size(); ++i) {
            const double each = architectures_.macsOf(way.genotypes[i]);
            networks.push_back(
                {{"genotype", way.genotypes[i]}, {"macs", each}, {"accuracy", way.accuracies[i]}});
            accuracy += way.accuracies[i] / static_cast<double>(way.genotypes.size());
            macs += each / static_cast<double>(way.genotypes.size());
        }
        OrderedJson json{{"way", way.name}, {"title", way.title}, {"accuracy", accuracy}, {"macs", macs}};
        json["search"] = asJson(way.found ? way.found->cost : Cost{});
        json["training"] = asJson(way.training);
        json["networks_drawn"] = way.found ? way.found->drawn : way.genotypes.size();
        json["networks_judged"] = way.found ? way.found->judged : 0;
        if (way.found)
            json["uncertainty_left"] = way.found->uncertainty;
        json["networks"] = std::move(networks);
        return json;
    }

    OrderedJson result(const std::vector<Way>& ways) const {
        OrderedJson json{{"headline", headlineName}, {"data", study_.data}};
        json["epochs"] = study_.parameters.at("epochs");
        json["seed"] = study_.parameters.at("seed");
        json["space_networks"] = space_->count();
        json["most_macs"] = architectures_.most();
        json["test_samples"] = testSamples_;
        json["scores"] = OrderedJson::array();
        for (const train::TrainingFreeScore& score : train::trainingFreeScores())
            json["scores"].push_back({{"name", score.name}, {"source", score.source}});
        json["ways"] = OrderedJson::array();
        for (const Way& way : ways)
            json["ways"].push_back(asJson(way));
        const Joules with = ways[0].found->cost.joules;
        const Joules without = ways[1].found->cost.joules;
        json["search_ratio"] = without.value > 0 ? with / without : 0.0;
        return json;
    }

    OrderedJson store(OrderedJson json) {
        const store::RunRow run = findOrAddRun(workspace_, {.study = id_,
                                                            .kind = headlineKind,
                                                            .subject = headlineName,
                                                            .started = {},
                                                            .parameters = {{"alone", random_}},
                                                            .versions = versionsNow(),
                                                            .error = {}});
        store::setRunState(workspace_, run.id, store::RunState::Running);
        store::putBlob(workspace_, run.id, headlineKind, json.dump(), Json::object());
        store::setRunState(workspace_, run.id, store::RunState::Finished);
        return json;
    }

    store::Workspace& workspace_;
    Control& control_;
    ProgressSink sink_;
    std::size_t random_;
    Study study_;
    std::shared_ptr<const arch::SearchSpace> space_;
    Architectures architectures_;
    StudyId id_;
    std::size_t testSamples_ = 0;
};

} // namespace

OrderedJson parsecBesideWeightless(store::Workspace& workspace, const HeadlineWish& wish, Control& control,
                                   const ProgressSink& progress) {
    return ParsecHeadline(workspace, wish, control, progress).run();
}

} // namespace greenfront::study
