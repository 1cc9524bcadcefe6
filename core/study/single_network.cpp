// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/single_network.h"

#include "core/arch/single_space.h"
#include "core/study/open_study.h"
#include "core/study/results.h"

namespace greenfront::study {

Study singleNetworkStudy(const Study& study, const Genotype& genotype, const std::string& name) {
    Study single = study;
    single.name = name;
    single.space = arch::SingleSpace(arch::makeSpace(study.space), genotype).toJson();
    single.parameters["recipe"] = "sandwich"; // of one network: plain training
    return single;
}

void trainOnly(store::Workspace& workspace, StudyId id, Control& control, const ProgressSink& sink) {
    OpenStudy open(workspace, id, loadStudy(workspace, id), control, sink);
    const CarbonGate gate;
    trainPhase(open.context(gate), 1.0);
}

FineTuned fineTune(store::Workspace& workspace, StudyId id, CandidateId candidate, int epochs,
                   Control& control, const ProgressSink& sink) {
    constexpr double slower = 0.1;
    const NetworkChoice network = chooseNetwork(workspace, id, std::to_string(candidate.value));
    const Study study = withoutBudget(loadStudy(workspace, id));
    Study tuned = singleNetworkStudy(study, network.genotype,
                                     study.name + ", network " + std::to_string(candidate.value) + " tuned");
    tuned.parameters["start_from"] = candidate.value;
    tuned.parameters["epochs"] = epochs;
    tuned.parameters["learning_rate"] = slower * study.parameters.at("learning_rate").get<double>();
    FineTuned result{.study = putStudy(workspace, tuned)};
    runStudy(workspace, result.study, control, sink);
    result.before = evaluateNetwork(workspace, network, data::Part::Test, control).accuracy;
    result.after = evaluateNetwork(workspace, chooseNetwork(workspace, result.study, "largest"),
                                   data::Part::Test, control)
                       .accuracy;
    return result;
}

} // namespace greenfront::study
