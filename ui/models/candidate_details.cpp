// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/candidate_details.h"

#include "core/base/error.h"
#include "core/store/candidates.h"
#include "core/study/results.h"
#include "ui/models/texts.h"

#include <algorithm>
#include <map>

namespace greenfront::ui {
namespace {

struct Stage {
    int blocks = 0;
    QStringList kernels;
    QStringList expansions;
    Shape output;
};

std::map<int, Stage> stagesOf(const arch::Network& network) {
    std::map<int, Stage> stages;
    for (const auto& layer : network.layers) {
        if (layer.stage < 0)
            continue;
        Stage& stage = stages[layer.stage];
        stage.blocks = std::max(stage.blocks, layer.block + 1);
        stage.output = layer.output;
        if (layer.op == arch::Op::Conv && layer.groups > 1) {
            stage.kernels << QString::number(layer.kernel);
            stage.expansions << QString::number(layer.output.channels);
        }
    }
    return stages;
}

QString shapeText(const Shape& shape) {
    return QStringLiteral("%1×%2×%3").arg(shape.channels).arg(shape.height).arg(shape.width);
}

Cell countCell(double count) {
    if (count == 0)
        return {.text = QStringLiteral("–"), .sort = 0.0, .help = {}};
    return {.text = qt(shortCount(count)), .sort = count, .help = QString::number(count, 'f', 0)};
}

QString convText(const arch::Layer& layer) {
    const QString kind = layer.groups > 1 ? QStringLiteral("depthwise") : QStringLiteral("conv");
    return QStringLiteral("%1×%1 %2%3")
        .arg(QString::number(layer.kernel), kind,
             layer.stride > 1 ? QStringLiteral(", stride %1").arg(layer.stride) : QString());
}

} // namespace

CandidateDetails loadCandidate(store::Workspace& workspace, CandidateId id) {
    const auto row = store::findCandidate(workspace, id);
    if (!row)
        throw Error("show", "candidate " + std::to_string(id.value), "the workspace has none of this number");
    return {.id = id,
            .study = row->study,
            .network = study::networkOf(workspace,
                                        {.study = row->study, .genotype = row->genotype, .candidate = id}),
            .metrics = store::metricsOf(workspace, id),
            .titles = study::deviceTitles(workspace)};
}

QStringList inWords(const arch::Network& network) {
    QStringList lines;
    int number = 0;
    for (const auto& [index, stage] : stagesOf(network))
        lines << QStringLiteral("Stage %1: %2, kernel %3, inner width %4, out %5")
                     .arg(QString::number(++number),
                          stage.blocks == 1 ? QStringLiteral("1 block")
                                            : QStringLiteral("%1 blocks").arg(stage.blocks),
                          stage.kernels.join(QStringLiteral(" ")), stage.expansions.join(QStringLiteral(" ")),
                          shapeText(stage.output));
    return lines;
}

std::vector<Column> layerColumns() {
    return {
        {.title = QStringLiteral("Layer"),
         .help = QStringLiteral("Begins the names of its weights in exported files")},
        {.title = QStringLiteral("Operator"), .help = {}},
        {.title = QStringLiteral("Output"),
         .help = QStringLiteral("Channels × height × width"),
         .number = true},
        {.title = QStringLiteral("Parameters"), .help = QStringLiteral("Trainable numbers"), .number = true},
        {.title = QStringLiteral("MACs"),
         .help = QStringLiteral("Multiply-accumulates for one sample"),
         .number = true}};
}

std::vector<std::vector<Cell>> layerRows(const arch::Network& network) {
    std::vector<std::vector<Cell>> rows;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const arch::Layer& layer = network.layers[i];
        const arch::Costs costs = arch::layerCosts(network, i);
        const QString op = layer.op == arch::Op::Conv ? convText(layer) : qt(std::string(toText(layer.op)));
        rows.push_back({{.text = qt(layer.name), .sort = static_cast<int>(i), .help = {}},
                        {.text = op, .sort = {}, .help = {}},
                        {.text = shapeText(layer.output),
                         .sort = static_cast<qulonglong>(layer.output.size()),
                         .help = {}},
                        countCell(costs.parameters),
                        countCell(costs.macs)});
    }
    return rows;
}

std::vector<Column> metricColumns() {
    return {{.title = QStringLiteral("Metric"), .help = {}},
            {.title = QStringLiteral("Value"), .help = {}, .number = true},
            {.title = QStringLiteral("95 % interval"), .help = {}, .number = true},
            {.title = QStringLiteral("From"),
             .help = QStringLiteral("Measured, predicted, estimated or imported")},
            {.title = QStringLiteral("Device"), .help = {}},
            {.title = QStringLiteral("How"), .help = QStringLiteral("How the number was obtained")}};
}

std::vector<std::vector<Cell>> metricRows(const CandidateDetails& details, const std::string& device) {
    auto ordered = details.metrics;
    std::ranges::stable_sort(ordered, {}, [&](const auto& entry) {
        return entry.first == device ? 0 : entry.first.empty() ? 1 : 2;
    });
    std::vector<std::vector<Cell>> rows;
    for (const auto& [where, metric] : ordered) {
        const QString how = qt(metric.method);
        rows.push_back({{.text = metricTitle(metric.name), .sort = {}, .help = qt(metric.name)},
                        {.text = valueText(metric),
                         .sort = metric.value,
                         .help = QStringLiteral("%1, %2").arg(QString::number(metric.value, 'g', 10), how)},
                        {.text = intervalText(metric), .sort = {}, .help = how},
                        {.text = qt(std::string(toText(metric.provenance))), .sort = {}, .help = how},
                        {.text = shortDeviceTitle(where, details.titles),
                         .sort = {},
                         .help = deviceTitle(where, details.titles)},
                        {.text = how, .sort = {}, .help = how}});
    }
    return rows;
}

} // namespace greenfront::ui
