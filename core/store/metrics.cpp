// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/candidates.h"
#include "core/store/columns.h"
#include "core/store/statement.h"
#include "core/store/write_scope.h"

namespace greenfront::store {
namespace {

/// Columns from the third on: name, value, unit, direction, provenance, low, high, method
Metric metricOf(const Workspace& workspace, const Statement& statement) {
    Metric metric;
    metric.name = statement.text(2);
    metric.value = statement.real(3);
    metric.unit = statement.text(4);
    metric.direction = directionFrom(workspace, statement.text(5));
    metric.provenance = provenanceFrom(workspace, statement.text(6));
    metric.low = statement.optionalReal(7);
    metric.high = statement.optionalReal(8);
    metric.method = statement.text(9);
    return metric;
}

} // namespace

void putMetric(Workspace& workspace, CandidateId id, const std::string& device, const Metric& metric) {
    WriteScope scope(workspace);
    Statement(workspace, "INSERT INTO methods (text) VALUES (?) ON CONFLICT (text) DO NOTHING", metric.method)
        .run();
    Statement(workspace,
              "INSERT OR REPLACE INTO metrics "
              "(candidate, device, name, value, unit, direction, provenance, low, high, method) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM methods WHERE text = ?))",
              id.value, device, metric.name, metric.value, metric.unit, toText(metric.direction),
              toText(metric.provenance), metric.low, metric.high, metric.method)
        .run();
    if (!device.empty())
        Statement(workspace,
                  "INSERT OR IGNORE INTO study_devices (study, device) "
                  "SELECT study, ? FROM candidates WHERE id = ?",
                  device, id.value)
            .run();
    scope.commit();
}

std::vector<std::pair<std::string, Metric>> metricsOf(Workspace& workspace, CandidateId id) {
    std::vector<std::pair<std::string, Metric>> metrics;
    Statement statement(workspace,
                        "SELECT candidate, device, name, value, unit, direction, provenance, low, high, text "
                        "FROM metrics JOIN methods ON methods.id = method WHERE candidate = ? "
                        "ORDER BY device, name",
                        id.value);
    while (statement.step())
        metrics.emplace_back(statement.text(1), metricOf(workspace, statement));
    return metrics;
}

std::map<CandidateId, std::map<std::string, Metric>> metricsFor(Workspace& workspace, StudyId study,
                                                                const std::string& device) {
    std::map<CandidateId, std::map<std::string, Metric>> metrics;
    // In the order of the keys, each candidate is appended at the end; a device's own metric comes after the
    // general one of the same name, and stands in for it.
    Statement statement(workspace,
                        "SELECT candidate, device, name, value, unit, direction, provenance, low, high, text "
                        "FROM candidates JOIN metrics ON candidate = candidates.id "
                        "JOIN methods ON methods.id = method "
                        "WHERE study = ? AND device IN ('', ?) ORDER BY candidates.id, device",
                        study.value, device);
    while (statement.step()) {
        auto metric = metricOf(workspace, statement);
        auto& own = metrics.try_emplace(metrics.end(), CandidateId{statement.integer(0)})->second;
        auto name = metric.name;
        own.insert_or_assign(std::move(name), std::move(metric));
    }
    return metrics;
}

std::vector<std::string> devicesOf(Workspace& workspace, StudyId study) {
    std::vector<std::string> devices;
    Statement statement(workspace, "SELECT device FROM study_devices WHERE study = ? ORDER BY device",
                        study.value);
    while (statement.step())
        devices.push_back(statement.text(0));
    return devices;
}

} // namespace greenfront::store
