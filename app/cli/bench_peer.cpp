// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_peer.h"

#include "app/cli/child.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "generated/supernet_step_script.h"

#include <filesystem>
#include <random>

namespace greenfront::cli {
namespace {

namespace fs = std::filesystem;

/// A folder of its own that is gone when this is.
class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(fs::temp_directory_path() / ("greenfront-" + std::to_string(std::random_device()()))) {
        fs::create_directory(path_);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    std::string operator/(const char* name) const { return (path_ / name).string(); }

private:
    fs::path path_;
};

bool hasTorch(const std::string& python) {
    try {
        const std::string check = "import importlib.util, sys; "
                                  "sys.exit(importlib.util.find_spec('torch') is None)";
        return runChild({python, "-c", check}, true).status == 0;
    } catch (const CannotStart&) {
        return false;
    }
}

} // namespace

std::optional<std::string> findPython(const std::string& wanted) {
    if (!wanted.empty())
        return wanted;
    for (const char* python : {"python3", "/usr/bin/python3"})
        if (hasTorch(python))
            return python;
    return std::nullopt;
}

Peer runPeer(const std::string& python, const Json& space, int batch, int steps, int threads) {
    const TemporaryFolder folder;
    writeFile(folder / "step.py", supernetStepScript);
    writeFile(folder / "space.json", space.dump());
    const Ended ended = runChild({python, folder / "step.py", "--space", folder / "space.json", "--out",
                                  folder / "result.json", "--batch", std::to_string(batch), "--steps",
                                  std::to_string(steps), "--threads", std::to_string(threads)},
                                 true);
    if (ended.status != 0)
        throw Error("measure", "the peer in Python",
                    python + " ended with status " + std::to_string(ended.status),
                    "Install PyTorch for Python (Debian's python3-torch), name another one with --python, or "
                    "leave the peer out with --no-peer");
    const Json result = parseJson(readFile(folder / "result.json", Bytes(65536)), "the peer's result");
    return {result.at("torch").get<std::string>(), Seconds(result.at("seconds").get<double>())};
}

} // namespace greenfront::cli
