// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/process_group.h"
#include "core/base/programs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ; // NOLINT(readability-redundant-declaration): POSIX leaves its declaration to us

namespace greenfront {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t mostAtOnce = 65'536;
/// How long a program may have ended before that is seen, if it closed its output earlier.
constexpr std::chrono::milliseconds lookAgain(50);

class File {
public:
    explicit File(int descriptor = -1) : descriptor_(descriptor) {}
    File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~File() { close(); }
    int get() const { return descriptor_; }
    bool isOpen() const { return descriptor_ >= 0; }
    void close() {
        if (isOpen())
            ::close(std::exchange(descriptor_, -1));
    }

private:
    int descriptor_;
};

struct Pipe {
    File read, write;
};

[[noreturn]] void refuse(const std::string& program, int error) {
    throw Error("start", program, std::strerror(error),
                error == ENOENT ? "Check that the program is there and can be found" : "");
}

/// Neither end is passed on to programs, except by name.
Pipe makePipe(const std::string& program) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        refuse(program, errno);
    Pipe made{File(ends[0]), File(ends[1])};
    for (const int end : ends)
        fcntl(end, F_SETFD, FD_CLOEXEC);
    fcntl(made.read.get(), F_SETFL, O_NONBLOCK);
    return made;
}

/// What a program inherits and where its output goes.
class Settings {
public:
    Settings(int output, int errors) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
        posix_spawnattr_init(&attributes_);
        sigset_t usual;
        sigemptyset(&usual);
        for (const int signal : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE})
            sigaddset(&usual, signal);
        posix_spawnattr_setsigdefault(&attributes_, &usual);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    }
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;
    ~Settings() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    const posix_spawn_file_actions_t* actions() const { return &actions_; }
    const posix_spawnattr_t* attributes() const { return &attributes_; }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    list.reserve(texts.size() + 1);
    for (std::string& text : texts)
        list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

std::vector<std::string> environmentWith(const std::map<std::string, std::string>& added) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string text = *entry;
        if (!added.contains(text.substr(0, text.find('='))))
            all.push_back(text);
    }
    for (const auto& [name, value] : added)
        all.push_back(std::string(name).append("=").append(value));
    return all;
}

Seconds secondsOf(timeval time) {
    return Seconds(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6);
}

/// Closes the file once there will be nothing more.
std::string readSome(File& file) {
    if (!file.isOpen())
        return {};
    std::string text(mostAtOnce, '\0');
    ssize_t got = 0;
    do
        got = ::read(file.get(), text.data(), text.size());
    while (got < 0 && errno == EINTR);
    if (got == 0 || (got < 0 && errno != EAGAIN))
        file.close();
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return text;
}

/// Nothing while the program runs. Children that it leaves behind end with it.
std::optional<ProgramEnd> reaped(pid_t pid) {
    siginfo_t info{};
    if (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0)
        return std::nullopt;
    kill(-pid, SIGKILL); // while the zombie keeps the number of the group from being given anew
    int status = 0;
    rusage usage{};
    wait4(pid, &status, 0, &usage);
    ProgramEnd end;
    end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    end.status = end.signal != 0 ? 0 : WEXITSTATUS(status);
    end.processorTime = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
    return end;
}

struct Running {
    std::uint64_t id = 0;
    pid_t pid = 0;
    File output, errors;
    std::optional<Clock::time_point> killAt{};
    std::optional<ProgramEnd> end{};
    bool told = false; ///< of its end

    std::optional<Programs::Event> next() {
        if (!end)
            end = reaped(pid); // before reading, so that nothing is written behind the last read
        Programs::Event event{id, readSome(output), readSome(errors), std::nullopt};
        if (end && event.output.size() < mostAtOnce && event.errors.size() < mostAtOnce) {
            event.ended = end;
            told = true;
        }
        if (!told && event.output.empty() && event.errors.empty())
            return std::nullopt;
        return event;
    }
};

} // namespace

struct Programs::State {
    std::vector<Running> running;

    /// Until something is there to be read, a program may have ended, or one is to be killed.
    void sleep(Clock::time_point until) {
        std::vector<pollfd> files;
        for (const Running& program : running) {
            for (const File* file : {&program.output, &program.errors})
                if (file->isOpen())
                    files.push_back({file->get(), POLLIN, 0});
            if (program.killAt)
                until = std::min(until, *program.killAt);
        }
        if (!running.empty())
            until = std::min(until, Clock::now() + lookAgain);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        poll(files.data(), files.size(), static_cast<int>(std::clamp<long long>(left, 0, 60'000)));
    }

    void killOverdue() {
        for (Running& program : running)
            if (program.killAt && !program.end && Clock::now() >= *program.killAt)
                kill(-program.pid, SIGKILL);
    }
};

Programs::Programs() : state_(std::make_unique<State>()) {}

Programs::~Programs() {
    for (const Running& program : state_->running) {
        if (program.end)
            continue;
        kill(-program.pid, SIGKILL);
        while (waitpid(program.pid, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
}

void Programs::start(std::uint64_t id, const std::vector<std::string>& command,
                     const std::map<std::string, std::string>& environment) {
    Pipe output = makePipe(command.front());
    Pipe errors = makePipe(command.front());
    const Settings settings(output.write.get(), errors.write.get());
    std::vector<std::string> words = command; // the system takes characters that it might change
    std::vector<std::string> variables = environmentWith(environment);
    pid_t pid = 0;
    const int error = posix_spawnp(&pid, words.front().c_str(), settings.actions(), settings.attributes(),
                                   pointers(words).data(), pointers(variables).data());
    if (error != 0)
        refuse(command.front(), error);
    state_->running.push_back({id, pid, std::move(output.read), std::move(errors.read)});
}

std::vector<Programs::Event> Programs::wait(Seconds most) {
    const auto until =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(most.value));
    std::vector<Event> events;
    do {
        state_->sleep(until);
        state_->killOverdue();
        for (Running& program : state_->running)
            if (auto event = program.next())
                events.push_back(std::move(*event));
    } while (events.empty() && Clock::now() < until);
    std::erase_if(state_->running, [&](const Running& program) { return program.told; });
    return events;
}

void Programs::stop(std::uint64_t id, Seconds grace) {
    const auto program = std::ranges::find(state_->running, id, &Running::id);
    if (program == state_->running.end() || program->killAt || program->end)
        return;
    kill(-program->pid, SIGTERM);
    program->killAt = Clock::now() +
                      std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(grace.value));
}

std::size_t Programs::running() const {
    return state_->running.size();
}

std::optional<Seconds> Programs::processorTime(std::uint64_t id) const {
    const auto program = std::ranges::find(state_->running, id, &Running::id);
    if (program == state_->running.end())
        return std::nullopt;
    return program->end ? program->end->processorTime : groupProcessorTime(program->pid);
}

} // namespace greenfront
