// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_tree.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace greenfront::data {
namespace fs = std::filesystem;
namespace {

constexpr const char* layout =
    "Put the PNG or JPEG images of each class into a folder of its own, at least two of them";

struct Listing {
    std::vector<fs::path> folders;
    std::vector<fs::path> images;
};

bool hasImageName(const fs::path& path) {
    std::string ending = path.extension().string();
    std::ranges::transform(ending, ending.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

Listing list(const fs::path& folder) {
    Listing listing;
    std::error_code code;
    fs::directory_iterator entry(folder, code);
    for (; !code && entry != fs::directory_iterator(); entry.increment(code)) {
        if (entry->path().filename().string().starts_with('.'))
            continue;
        std::error_code unreadable; // a dangling link is neither
        if (entry->is_directory(unreadable))
            listing.folders.push_back(entry->path());
        else if (entry->is_regular_file(unreadable) && hasImageName(entry->path()))
            listing.images.push_back(entry->path());
    }
    if (code)
        throw Error("read", folder.string(), code.message(), "Check the folder's permissions");
    std::ranges::sort(listing.folders);
    std::ranges::sort(listing.images);
    return listing;
}

std::string nameOf(const fs::path& folder) {
    return folder.filename().string();
}

/// The class names of a part, each of which has images.
std::vector<fs::path> classFolders(const fs::path& part, const std::vector<fs::path>& folders) {
    const bool any =
        std::ranges::any_of(folders, [](const fs::path& each) { return !list(each).images.empty(); });
    if (!any)
        throw Error("open", part.string(), "there is no folder with PNG or JPEG images in it", layout);
    if (folders.size() < 2)
        throw Error("open", part.string(), "there is only one class in it, '" + nameOf(folders.front()) + "'",
                    layout);
    return folders;
}

std::vector<ImageFile> imagesOf(const std::vector<fs::path>& folders,
                                const std::vector<std::string>& classes) {
    std::vector<ImageFile> files;
    for (const fs::path& folder : folders) {
        const auto found = std::ranges::find(classes, nameOf(folder));
        if (found == classes.end())
            throw Error("open", folder.string(), "the training part has no class of this name",
                        "Rename or remove the folder");
        Listing listing = list(folder);
        if (listing.images.empty())
            throw Error("open", folder.string(), "there is no PNG or JPEG image in it",
                        "Remove the folder, or put the images of a class into it");
        for (fs::path& path : listing.images)
            files.push_back({std::move(path), static_cast<int>(found - classes.begin())});
    }
    return files;
}

std::optional<std::vector<ImageFile>> imagesOfPart(const fs::path& folder, std::span<const char* const> names,
                                                   const std::vector<std::string>& classes) {
    for (const char* name : names) {
        const fs::path part = folder / name;
        std::error_code ignored;
        if (fs::is_directory(part, ignored))
            return imagesOf(list(part).folders, classes);
    }
    return std::nullopt;
}

bool dividesIntoParts(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_directory(folder / "train", ignored) && !list(folder / "train").folders.empty();
}

} // namespace

ImageTree findImages(const fs::path& folder) {
    const bool divided = dividesIntoParts(folder);
    const fs::path root = divided ? folder / "train" : folder;
    const std::vector<fs::path> folders = classFolders(root, list(root).folders);
    ImageTree tree;
    for (const fs::path& each : folders)
        tree.classes.push_back(nameOf(each));
    tree.train = imagesOf(folders, tree.classes);
    if (divided) {
        constexpr std::array validationNames{"val", "valid", "validation"};
        constexpr std::array testNames{"test"};
        tree.validation = imagesOfPart(folder, validationNames, tree.classes);
        tree.test = imagesOfPart(folder, testNames, tree.classes);
    }
    return tree;
}

} // namespace greenfront::data
