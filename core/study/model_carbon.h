// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/what_if.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::study {

/// The runs begun at another time of a series of intensities.
struct AnotherStart {
    std::shared_ptr<const energy::IntensitySeries> series;
    std::string source; ///< the series' name, for a person
    energy::Moment start;

    bool operator==(const AnotherStart&) const = default;
};

/// What a user assumes instead of what the study says; what is empty stays as the study has it.
struct Assumptions {
    std::string region; ///< of this machine, and of use where the study names no region of use
    std::optional<double> pue, days, deployed, inferencesPerDay;
    std::optional<std::string> machine; ///< class of this machine; "unknown" takes it away
    std::optional<AnotherStart> hour{}; ///< in place of the region, for what runs on this machine

    bool operator==(const Assumptions&) const = default;
};

/// The study's settings with the assumptions in their place. Throws Error for an unknown region or class.
CarbonSettings changedSettings(const Study& study, const Assumptions& assumptions);

/// The study under the assumptions. Where the series does not know the hours of its runs there is no
/// scenario, but why. Throws Error as changedSettings does.
struct AssumedScenario {
    std::optional<Scenario> scenario;
    std::string unknown; ///< empty where the scenario is there
};
AssumedScenario assumedScenario(store::Workspace& workspace, const Study& study, const StudyAccount& account,
                                const Assumptions& assumptions);

/// A change of a mass; no percentage if it was nothing before.
struct CarbonChange {
    GramsCO2e grams;
    std::optional<double> percent;
};
CarbonChange changeOf(GramsCO2e before, GramsCO2e after);

/// A model's lifecycle under one set of assumptions, or why it cannot be told.
struct LifecycleAnswer {
    std::optional<energy::LifecycleInput> input;
    std::optional<energy::Lifecycle> life;
    std::string unknown; ///< empty where life is there
};

/// A network on the front of latency and accuracy.
struct ModelCarbon {
    StudyId study;
    CandidateId candidate;
    std::map<std::string, Metric> metrics; ///< for the device
    LifecycleAnswer recorded, assumed;     ///< as the study says; under the assumptions
};

/// The front of the study on the device, fastest first; empty if no candidate has metrics for it.
std::vector<ModelCarbon> frontCarbon(store::Workspace& workspace, StudyId study, const std::string& device,
                                     const Assumptions& assumptions);

/// Which of two models is the greener one, and from how many inferences on, on all devices together.
struct BreakEven {
    enum class Answer {
        Unknown,      ///< of one of them the lifecycle is not known
        SameToMake,   ///< nothing to make up for: the one whose inference takes less is greener at once
        FirstLater,   ///< the first cost more to make, and is the greener one after `inferences`
        SecondLater,  ///< the same for the second
        FirstAlways,  ///< the second cost more to make and saves nothing in use
        SecondAlways, ///< the same for the first
    };
    Answer answer = Answer::Unknown;
    double inferences = 0;
    bool firstCheaperInUse = false; ///< an inference of the first emits less than one of the second
};
BreakEven compareModels(const LifecycleAnswer& first, const LifecycleAnswer& second);

} // namespace greenfront::study
