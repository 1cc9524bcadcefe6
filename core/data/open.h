// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/dataset.h"

namespace greenfront::data {

struct OpenOptions {
    double validationShare = 0.15; ///< of the training samples, stratified by class
    double testShare = 0.15;       ///< where the data has no test part of its own
    std::uint64_t splitSeed = 1;
    int imageSize = 0; ///< folders of images: side to scale to; 0 picks 32 or 64 by their size
    /// Tables: the column with the classes; "" picks one named label, class or target, or the last one.
    std::string label = {};
};

/// Opens a data set by path, or "builtin" (also "builtin:samples=6000,size=24,seed=1"), telling the kind by
/// content: USPS text rows (a folder with zip.train[.gz] and zip.test[.gz], or either file), IDX (a folder
/// with MNIST's names, or its image file), CIFAR-10/100 binary folders, folders of PNG/JPEG images by class
/// (also below train/ and test/), tables of numbers (CSV, see table.h). Memory is bounded by what the files
/// really hold. Throws Error for anything missing, damaged or untrue.
std::shared_ptr<const Dataset> open(const std::string& path, const OpenOptions& options = {},
                                    Control* control = nullptr);
/// Opens Info::source again; throws Error if the content is no longer the one with this hash.
std::shared_ptr<const Dataset> reopen(const Json& source, const std::string& expectedHash,
                                      Control* control = nullptr);

} // namespace greenfront::data
