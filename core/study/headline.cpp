// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/headline.h"

#include "core/base/error.h"
#include "core/store/blobs.h"
#include "core/store/runs.h"
#include "core/study/headline_once_for_all.h"
#include "core/study/headline_parsec.h"

#include <algorithm>

namespace greenfront::study {

const std::vector<Headline>& headlines() {
    static const std::vector<Headline> all{
        {"once-for-all", "One supernet for many devices, beside a network trained for each", onceForAll},
        {"parsec", "PARSEC beside weightless PARSEC and a random pick", parsecBesideWeightless}};
    return all;
}

const Headline& findHeadline(const std::string& name) {
    const auto found = std::ranges::find(headlines(), name, &Headline::name);
    if (found != headlines().end())
        return *found;
    std::string known;
    for (const Headline& headline : headlines())
        known += (known.empty() ? "" : ", ") + headline.name;
    throw Error("run", "headline '" + name + "'", "there is no such headline", "Known are " + known);
}

std::optional<OrderedJson> headlineResult(store::Workspace& workspace, const std::string& name) {
    std::optional<OrderedJson> result;
    for (const store::RunRow& run : store::allRuns(workspace))
        if (run.kind == headlineKind && run.subject == name)
            if (const auto blob = store::findBlob(workspace, run.id, headlineKind))
                result = OrderedJson::parse(blob->bytes);
    return result;
}

} // namespace greenfront::study
