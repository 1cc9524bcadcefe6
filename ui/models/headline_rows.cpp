// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/headline_rows.h"

#include "core/base/text.h"
#include "core/base/units.h"
#include "core/study/headline.h"
#include "ui/models/texts.h"

#include <QCoreApplication>

namespace greenfront::ui {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Headlines", text);
}

std::vector<Cell> rowOf(const OrderedJson& devices, const QString& way, const OrderedJson& side) {
    const auto number = [&](const char* key) { return side.at(key).get<double>(); };
    const bool extrapolated = side.at("extrapolated").get<bool>();
    return {{qt(devices.dump()), devices.get<int>(), {}},
            {way, {}, {}},
            {qt(fixedText(number("accuracy"), 2)), number("accuracy"), tr("On the test part")},
            {qt(shortText(number("latency_ms"))), number("latency_ms"), {}},
            {qt(toText(Joules(number("joules")))), number("joules"), {}},
            {qt(toText(GramsCO2e(number("grams")))), number("grams"), {}},
            {extrapolated ? tr("extrapolated") : tr("run"),
             {},
             extrapolated ? tr("From the mean of what was run") : tr("All of it was run here")}};
}

HeadlineView parsecView(const std::string& title, const OrderedJson& result) {
    HeadlineView view{.title = qt(title), .remark = {}, .rows = {}};
    for (const OrderedJson& way : result.at("ways")) {
        const auto search = [&](const char* key) { return way.at("search").at(key).get<double>(); };
        const double accuracy = way.at("accuracy").get<double>();
        view.rows.push_back(
            {{{}, {}, {}},
             {qt(way.at("title").get<std::string>()), {}, {}},
             {qt(fixedText(accuracy, 2)), accuracy, tr("On the test part, of the network trained alone")},
             {{}, {}, {}},
             {qt(toText(Joules(search("joules")))), search("joules"), tr("Of the search alone")},
             {qt(toText(GramsCO2e(search("grams")))), search("grams"), tr("Of the search alone")},
             {tr("run"), {}, {}}});
    }
    view.remark = tr("The search with weights takes %1 times the energy of the one without.")
                      .arg(qt(shortText(result.at("search_ratio").get<double>())));
    return view;
}

} // namespace

std::vector<Column> headlineColumns() {
    return {{tr("Devices"), tr("How many devices get a network of their own"), true},
            {tr("Way"), {}, false},
            {tr("Accuracy [%]"), tr("Mean over the networks that were trained both ways"), true},
            {tr("Latency [ms]"), tr("Their mean on their devices"), true},
            {tr("Energy"), tr("Everything that was drawn to make them all"), true},
            {tr("Carbon"), {}, true},
            {tr("Was"), {}, false}};
}

HeadlineView headlineView(const std::string& title, const OrderedJson& result) {
    if (result.contains("ways"))
        return parsecView(title, result);
    HeadlineView view{.title = qt(title), .remark = {}, .rows = {}};
    for (const OrderedJson& row : result.at("table")) {
        view.rows.push_back(rowOf(row.at("devices"), tr("once for all"), row.at("once_for_all")));
        view.rows.push_back(rowOf(row.at("devices"), tr("each alone"), row.at("alone")));
    }
    const OrderedJson& marginal = result.at("marginal");
    const auto joules = [&](const char* side) {
        return qt(toText(Joules(marginal.at(side).at("joules").get<double>())));
    };
    view.remark =
        tr("One more device takes %1, or %2 if its network is trained alone: %3 times as much.")
            .arg(joules("once_for_all"), joules("alone"), qt(shortText(marginal.at("ratio").get<double>())));
    return view;
}

std::vector<HeadlineView> loadHeadlines(store::Workspace& workspace) {
    std::vector<HeadlineView> views;
    for (const study::Headline& headline : study::headlines())
        if (const auto result = study::headlineResult(workspace, headline.name))
            views.push_back(headlineView(headline.title, *result));
    return views;
}

} // namespace greenfront::ui
