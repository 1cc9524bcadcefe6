// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/loaded.h"

#include <filesystem>
#include <string_view>

namespace greenfront::data {

/// The images and the labels of one part.
struct IdxFiles {
    std::filesystem::path images;
    std::filesystem::path labels;
};

/// MNIST's names, also with a dot for the last hyphen and with .gz: "train" or "t10k". Nothing if the folder
/// has neither file; throws Error if it has one of them.
std::optional<IdxFiles> idxFiles(const std::filesystem::path& folder, std::string_view part);
bool looksLikeIdxImages(std::string_view head);
bool looksLikeIdxLabels(std::string_view head);
/// The labels that belong to an image file, by its name ("images-idx3" becomes "labels-idx1"); throws Error.
IdxFiles idxFilesOf(const std::filesystem::path& images);

/// The format of MNIST (LeCun, Cortes, Burges: "THE IDX FILE FORMAT"): big-endian magic 00 00 type rank and
/// the sizes, then the values. Reads unsigned bytes of rank 3 (grey images) and rank 1 (labels).
Loaded readIdx(const IdxFiles& train, const std::optional<IdxFiles>& test, Control* control);

} // namespace greenfront::data
