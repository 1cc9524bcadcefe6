// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>

namespace greenfront::testing {

/// The tables of an Optuna study's SQLite file as Optuna 2.10 (schema v2.6.0.a) and Optuna 3.2 and later
/// (v3.2.0.a) make them.
enum class OptunaGeneration { Two, Three };

/// Makes the file with its tables and no study.
void makeOptunaFile(const std::filesystem::path& file, OptunaGeneration generation);
/// Runs statements on an SQLite file, which is made if it is not there.
void runSql(const std::filesystem::path& file, const std::string& sql);

/// A study "demo" to minimise one value over lr (logarithmic), width and optimiser, as each generation writes
/// it: trials 0 and 1 complete (with the values 0.5 and 0.25, the second within 90.5 s), 2 pruned (it had
/// reported 0.9, 0.8), 3 failed, 4 running.
void addDemoStudy(const std::filesystem::path& file, OptunaGeneration generation);

} // namespace greenfront::testing
