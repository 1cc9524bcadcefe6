// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/open.h"

#include "core/base/error.h"
#include "core/data/builtin.h"
#include "core/data/byte_stream.h"
#include "core/data/cifar.h"
#include "core/data/decode.h"
#include "core/data/fingerprint.h"
#include "core/data/idx.h"
#include "core/data/image_folder.h"
#include "core/data/split.h"
#include "core/data/table.h"
#include "core/data/usps.h"

#include <filesystem>

namespace greenfront::data {
namespace fs = std::filesystem;
namespace {

constexpr const char* kinds =
    "Name a USPS, IDX (MNIST) or CIFAR folder, a folder with one folder of PNG or JPEG "
    "images a class, a table (.csv, .tsv), or 'builtin'";

bool isBuiltin(const std::string& path) {
    return path == "builtin" || path.starts_with("builtin:");
}

std::string beginningOf(const fs::path& file) {
    std::array<std::uint8_t, 1024> head{};
    const std::size_t length = ByteStream(file).read(head);
    return {head.begin(), head.begin() + static_cast<std::ptrdiff_t>(length)};
}

/// Absolute and without a trailing separator, so that its last element is a name.
fs::path tidied(const std::string& path) {
    std::error_code code;
    fs::path result = fs::absolute(path, code).lexically_normal();
    if (code || path.empty())
        throw Error("open", "'" + path + "'", "it is not a path", kinds);
    return result.has_filename() ? result : result.parent_path();
}

/// The two files of a USPS folder, whichever of them was named.
Loaded readUspsPair(const fs::path& folder, Control* control) {
    return readUsps(uspsFile(folder, "train"), uspsFile(folder, "test"), control);
}

/// MNIST's four files or, without a test part, two.
Loaded readIdxFolder(const fs::path& folder, Control* control) {
    return readIdx(*idxFiles(folder, "train"), idxFiles(folder, "t10k"), control);
}

Loaded readFolder(const fs::path& folder, const OpenOptions& options, Control* control) {
    if (!uspsFile(folder, "train").empty())
        return readUspsPair(folder, control);
    if (idxFiles(folder, "train"))
        return readIdxFolder(folder, control);
    if (isCifarFolder(folder))
        return readCifar(folder, control);
    return readImageFolder(folder, options.imageSize, control);
}

Loaded readUspsFile(const fs::path& file, Control* control) {
    const fs::path folder = file.parent_path();
    const fs::path train = uspsFile(folder, "train");
    const bool paired = !train.empty() && (file == train || file == uspsFile(folder, "test"));
    return paired ? readUspsPair(folder, control) : readUsps(file, {}, control);
}

Loaded readIdxFile(const fs::path& file, Control* control) {
    const fs::path folder = file.parent_path();
    for (const char* part : {"train", "t10k"})
        if (const auto named = idxFiles(folder, part); named && named->images == file)
            if (idxFiles(folder, "train"))
                return readIdxFolder(folder, control);
    return readIdx(idxFilesOf(file), {}, control);
}

Loaded readSingleFile(const fs::path& file, const OpenOptions& options, Control* control) {
    if (isTableName(file))
        return readTable(file, options.label, control);
    const std::string head = beginningOf(file);
    if (looksLikeIdxImages(head))
        return readIdxFile(file, control);
    if (looksLikeIdxLabels(head))
        throw Error("open", file.string(), "it holds only labels", "Name the file with the images");
    if (looksLikePng(head) || looksLikeJpeg(head))
        throw Error("open", file.string(), "it is a single image", kinds);
    if (looksLikeUsps(head))
        return readUspsFile(file, control);
    throw Error("open", file.string(), "it is not a kind of data that is known", kinds);
}

std::shared_ptr<const Dataset> assemble(Loaded&& loaded, const std::string& name, const std::string& path,
                                        const OpenOptions& options) {
    Info info;
    info.name = name;
    info.kind = loaded.kind;
    info.classes = loaded.classes;
    info.shape = loaded.shape;
    info.source = {{"path", path},
                   {"validation_share", options.validationShare},
                   {"test_share", options.testShare},
                   {"split_seed", options.splitSeed},
                   {"image_size", options.imageSize}};
    if (loaded.table)
        info.source["label"] = loaded.table->label;
    info.table = loaded.table;
    const Augmentation augmentation = loaded.augmentation;
    auto parts = split(std::move(loaded), options, path);
    if (info.table)
        imputeMissing(parts, *info.table);
    info.hash = fingerprint(info.shape, info.classes.size(), parts);
    return std::make_shared<const Dataset>(std::move(info), std::move(parts), augmentation);
}

template <class T>
T valueAt(const Json& source, const char* key) {
    try {
        return source.at(key).get<T>();
    } catch (const Json::exception&) {
        throw Error("open", "a data set", std::string("what is stored about it has no proper '") + key + "'",
                    "The workspace may be damaged; open the data anew");
    }
}

} // namespace

std::shared_ptr<const Dataset> open(const std::string& path, const OpenOptions& options, Control* control) {
    if (isBuiltin(path)) {
        const BuiltinOptions builtin = builtinOptionsFrom(path);
        return assemble(makeBuiltin(builtin, control), "builtin", toText(builtin), options);
    }
    const fs::path place = tidied(path);
    std::error_code code;
    const fs::file_status status = fs::status(place, code);
    if (!fs::exists(status))
        throw Error("open", path, "there is no such file or folder", kinds);
    const bool folder = fs::is_directory(status);
    Loaded loaded = folder ? readFolder(place, options, control) : readSingleFile(place, options, control);
    const fs::path named = folder ? place : loaded.table ? place.stem() : place.parent_path();
    const std::string name = named.has_filename() ? named.filename().string() : loaded.kind;
    return assemble(std::move(loaded), name, place.string(), options);
}

std::shared_ptr<const Dataset> reopen(const Json& source, const std::string& expectedHash, Control* control) {
    const auto path = valueAt<std::string>(source, "path");
    const OpenOptions options{.validationShare = valueAt<double>(source, "validation_share"),
                              .testShare = valueAt<double>(source, "test_share"),
                              .splitSeed = valueAt<std::uint64_t>(source, "split_seed"),
                              .imageSize = valueAt<int>(source, "image_size"),
                              .label = source.contains("label") ? valueAt<std::string>(source, "label") : ""};
    auto dataset = open(path, options, control);
    if (dataset->info().hash != expectedHash)
        throw Error("open", path, "its content is no longer what it was when it was first used",
                    "Restore the original data, or start a new study with what is there now");
    return dataset;
}

} // namespace greenfront::data
