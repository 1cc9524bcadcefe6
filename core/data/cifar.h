// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/loaded.h"

#include <filesystem>

namespace greenfront::data {

bool isCifarFolder(const std::filesystem::path& folder);

/// The binary version of CIFAR-10 (data_batch_1.bin ..., test_batch.bin; records of a label and 3x32x32
/// bytes, red, green, blue) or CIFAR-100 (train.bin, test.bin; a coarse label first; the fine one is used),
/// as its page describes it (Krizhevsky 2009). Class names come from the folder's text files if it has them.
Loaded readCifar(const std::filesystem::path& folder, Control* control);

} // namespace greenfront::data
