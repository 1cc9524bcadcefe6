// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/front_query.h"

#include "core/device/profile.h"
#include "core/store/candidates.h"

#include <algorithm>

namespace greenfront::ui {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

/// The wanted one, else the first of the preferred that exists, else the first.
std::string choose(const std::vector<std::string>& names, const std::string& wanted,
                   const std::string& preferred) {
    if (contains(names, wanted))
        return wanted;
    return contains(names, preferred) ? preferred : names.front();
}

} // namespace

FrontView loadFront(store::Workspace& workspace, const FrontQuery& query) {
    FrontView view;
    view.devices = store::devicesOf(workspace, query.study);
    if (view.devices.empty())
        return view;
    view.titles = study::deviceTitles(workspace);
    const std::string device = choose(view.devices, query.device, device::thisMachine);
    view.metrics = study::metricNames(workspace, query.study, device);
    if (view.metrics.empty())
        return view;
    const std::string x = choose(view.metrics, query.x, "latency_ms");
    const std::string y = choose(view.metrics, query.y, "accuracy");
    view.front = study::frontOf(workspace, query.study, x, y, device);
    return view;
}

} // namespace greenfront::ui
