// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/carbon_query.h"

#include "core/device/profile.h"
#include "core/store/candidates.h"
#include "core/store/studies.h"

#include <algorithm>
#include <iterator>

namespace greenfront::ui {
namespace {

/// The devices that are described, so that a lifecycle on them can be told.
std::vector<std::string> describedDevices(store::Workspace& workspace, StudyId study,
                                          const study::DeviceTitles& titles) {
    std::vector<std::string> devices = store::devicesOf(workspace, study);
    std::erase_if(devices, [&](const std::string& id) { return !titles.contains(id); });
    return devices;
}

std::string chosenDevice(const std::vector<std::string>& devices, const std::string& wanted) {
    for (const std::string& name : {wanted, std::string(device::thisMachine)})
        if (std::ranges::find(devices, name) != devices.end())
            return name;
    return devices.front();
}

void loadModels(CarbonView& view, store::Workspace& workspace, const CarbonQuery& query) {
    view.titles = study::deviceTitles(workspace);
    view.devices = describedDevices(workspace, query.study, view.titles);
    if (view.devices.empty())
        return;
    view.device = chosenDevice(view.devices, query.device);
    view.models = study::frontCarbon(workspace, query.study, view.device, query.assumptions);
    for (const store::StudyRow& row : store::allStudies(workspace)) {
        if (row.id == query.study)
            continue;
        auto models = study::frontCarbon(workspace, row.id, view.device, query.assumptions);
        std::ranges::move(models, std::back_inserter(view.others));
    }
}

} // namespace

CarbonView loadCarbon(store::Workspace& workspace, const CarbonQuery& query) {
    CarbonView view;
    view.study = study::loadStudy(workspace, query.study);
    const study::StudyAccount account = study::accountOf(workspace, query.study);
    view.runs = account.runs.size();
    view.seconds = account.seconds;
    const study::CarbonSettings settings = study::carbonSettings(view.study);
    view.parts = study::energyParts(account, settings);
    view.workspace = study::workspaceCarbon(workspace);
    std::vector<study::Scenario> scenarios{{"recorded", settings}};
    auto assumed = study::assumedScenario(workspace, view.study, account, query.assumptions);
    view.unknown = std::move(assumed.unknown);
    if (assumed.scenario)
        scenarios.push_back(std::move(*assumed.scenario));
    auto outcomes = study::whatIf(account, scenarios, {});
    view.recorded = std::move(outcomes.front());
    if (outcomes.size() > 1)
        view.assumed = std::move(outcomes.back());
    loadModels(view, workspace, query);
    return view;
}

} // namespace greenfront::ui
