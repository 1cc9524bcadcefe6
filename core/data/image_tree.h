// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/dataset.h"

#include <filesystem>
#include <optional>

namespace greenfront::data {

struct ImageFile {
    std::filesystem::path path;
    int label = 0;
};

/// The images of a folder with one folder a class, in the order of their names.
struct ImageTree {
    std::vector<std::string> classes;
    std::vector<ImageFile> train;
    std::optional<std::vector<ImageFile>> validation; ///< where there is val/, valid/ or validation/
    std::optional<std::vector<ImageFile>> test;       ///< where there is test/
};

/// Classes lie in `folder`, or in its train/ where that has folders of its own. Hidden files, and files that
/// are not named .png, .jpg or .jpeg, are passed over. Throws Error where a class has no image, a part has a
/// class that training has not, or there are fewer than two classes.
ImageTree findImages(const std::filesystem::path& folder);

} // namespace greenfront::data
