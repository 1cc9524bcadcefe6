// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/study/study.h"

#include <functional>
#include <map>
#include <string>

namespace greenfront::study {

/// What training told at the end of an epoch, from 1: "loss_epoch", "accuracy_largest", "accuracy_smallest".
using EpochSink = std::function<void(int epoch, const std::map<std::string, double>& metrics)>;

/// Trains a study and keeps nothing of it: a trial of its recipe's parameters. Throws Cancelled after a
/// request, and Error as runStudy() does.
void tryTraining(const Study& study, Control& control, const EpochSink& tell);

} // namespace greenfront::study
