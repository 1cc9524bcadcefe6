// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/device.h"

#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/store/studies.h"
#include "core/study/study.h"

#include <algorithm>

namespace greenfront::cli {
namespace {

std::string knownKinds() {
    std::string text;
    for (const std::string& kind : arch::spaceKinds())
        text += (text.empty() ? "" : ", ") + kind;
    return text;
}

} // namespace

void addSpaceChoice(CLI::App& command, SpaceChoice& choice) {
    command.add_option("WORKSPACE", choice.workspace, "A .greenfront file");
    auto* study = command.add_option("--study", choice.study,
                                     "Take the space of this study; the newest one's if nothing is given");
    command
        .add_option("--space", choice.space, "A kind of search space, or a JSON file with a space or a study")
        ->excludes(study);
}

std::shared_ptr<const arch::SearchSpace> spaceOf(const SpaceChoice& choice) {
    const auto kinds = arch::spaceKinds();
    if (std::ranges::find(kinds, choice.space) != kinds.end()) {
        const int side = choice.space == "mobilenet-v3" ? 224 : 32;
        return arch::makeSpace(arch::proposedSpace(choice.space, {3, side, side}, side == 224 ? 1000 : 10));
    }
    if (!choice.space.empty()) {
        const Json json = readJson(choice.space);
        return arch::makeSpace(json.is_object() && json.contains("space") ? json.at("space") : json);
    }
    if (choice.workspace.empty())
        throw Error("plan", "a measurement", "nothing says which networks",
                    "Give a workspace, or --space with a JSON file or one of " + knownKinds());
    auto workspace = store::Workspace::open(choice.workspace);
    return arch::makeSpace(study::loadStudy(workspace, chooseStudy(workspace, choice.study)).space);
}

void addDevice(CLI::App& app) {
    CLI::App* device = app.add_subcommand("device", "What models run on: descriptions, measurements, tables");
    device->require_subcommand(1);
    addDeviceList(*device);
    addDeviceAdd(*device);
    addDeviceMeasure(*device);
    addDevicePlan(*device);
    addDeviceImport(*device);
}

} // namespace greenfront::cli
