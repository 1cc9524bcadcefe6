// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/device.h"
#include "core/base/error.h"
#include "core/base/file.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace greenfront::cli {
namespace {

/// A folder of its own that goes with the object.
class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "greenfront-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr)
            throw Error("make", "a temporary folder", std::strerror(errno));
        path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::filesystem::path operator/(const char* name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// The exit status; 128 + the signal that ended it.
int run(std::vector<std::string> command, const std::string& input, const std::string& output,
        const std::string& host) {
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (std::string& part : command)
        arguments.push_back(part.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input.c_str(), O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    pid_t pid = 0;
    const int problem = posix_spawnp(&pid, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (problem != 0)
        throw Error(
            "measure on", host, std::string("ssh does not start: ") + std::strerror(problem),
            "Install an ssh client, or copy the plan and the result by hand: greenfront-cli device plan");
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            throw Error("measure on", host, std::strerror(errno));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// For the shell of the other machine.
std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char letter : text)
        result += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
    return result + "'";
}

} // namespace

std::string measureOverSsh(const std::string& host, const std::string& agent, const std::string& plan) {
    if (host.empty() || host.starts_with('-'))
        throw Error("measure on", "'" + host + "'", "it is not the name of a host", "Give one as ssh has it");
    const TemporaryFolder folder;
    writeFile(folder / "plan.json", plan);
    const int status = run({"ssh", "--", host, quoted(agent) + " - --out -"}, (folder / "plan.json").string(),
                           (folder / "result.json").string(), host);
    if (status != 0)
        throw Error("measure on", host, "ssh or the agent ended with status " + std::to_string(status),
                    "Is greenfront-agent there, and on its path? Name it with --agent");
    return readFile(folder / "result.json", Bytes(64.0 * 1024 * 1024));
}

} // namespace greenfront::cli
