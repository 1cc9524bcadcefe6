// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/child.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

namespace greenfront::cli {
namespace {

constexpr std::array passedOn{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM};

// A signal handler has no other way to find the child, and one that came before there was a child.
std::atomic<pid_t> child{0};
std::atomic<int> early{0};

/// What a terminal sends goes to the child as well, which is in the same group; what another process sends
/// comes to this process only.
void onSignal(int signal, siginfo_t* info, void*) {
    const bool fromTerminal = info != nullptr && info->si_code > 0;
    const pid_t pid = child.load();
    if (pid > 0 && !fromTerminal)
        kill(pid, signal);
    else if (pid == 0)
        early = signal;
}

/// While it lives, signals are passed on; then they do what they did before.
class PassSignals {
public:
    PassSignals() {
        child = 0;
        early = 0;
        struct sigaction action {};
        action.sa_sigaction = onSignal;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        sigemptyset(&action.sa_mask);
        for (std::size_t i = 0; i < passedOn.size(); ++i)
            sigaction(passedOn[i], &action, &before_[i]);
    }
    PassSignals(const PassSignals&) = delete;
    PassSignals& operator=(const PassSignals&) = delete;
    ~PassSignals() {
        restore();
        child = 0;
    }
    void restore() const {
        for (std::size_t i = 0; i < passedOn.size(); ++i)
            sigaction(passedOn[i], &before_[i], nullptr);
    }

private:
    std::array<struct sigaction, passedOn.size()> before_{};
};

/// In the child, from where only functions that are safe after a fork may be called: becomes the program, or
/// reports through the pipe why it cannot.
[[noreturn]] void become(char* const* arguments, bool outputToError, int report) {
    if (outputToError)
        dup2(STDERR_FILENO, STDOUT_FILENO);
    execvp(arguments[0], arguments);
    const int error = errno;
    const auto written = write(report, &error, sizeof error);
    _exit(written == sizeof error ? notFoundStatus : 1);
}

Seconds secondsOf(timeval time) {
    return Seconds(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6);
}

/// 0 if the child became the program, otherwise why it could not.
int startError(int pipe) {
    int error = 0;
    ssize_t got = 0;
    do
        got = read(pipe, &error, sizeof error);
    while (got < 0 && errno == EINTR);
    return got == sizeof error ? error : 0;
}

Ended waitFor(pid_t pid) {
    int status = 0;
    rusage usage{};
    while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    Ended ended;
    ended.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    ended.status = ended.signal != 0 ? 128 + ended.signal : WEXITSTATUS(status);
    ended.processorTime = secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
    return ended;
}

} // namespace

Ended runChild(const std::vector<std::string>& command, bool outputToError) {
    std::vector<std::string> copies = command; // exec takes characters that it might change
    std::vector<char*> arguments;
    arguments.reserve(copies.size() + 1);
    for (auto& argument : copies)
        arguments.push_back(argument.data());
    arguments.push_back(nullptr);

    std::array<int, 2> report{};
    if (pipe2(report.data(), O_CLOEXEC) != 0)
        throw CannotStart(command[0], std::strerror(errno), notExecutableStatus);
    const PassSignals signals;
    const pid_t pid = fork();
    if (pid == 0) {
        signals.restore();
        become(arguments.data(), outputToError, report[1]);
    }
    const int forkError = errno;
    close(report[1]);
    if (pid < 0) {
        close(report[0]);
        throw CannotStart(command[0], std::strerror(forkError), notExecutableStatus);
    }
    child = pid;
    if (const int signal = early.exchange(0); signal != 0)
        kill(pid, signal);
    const int error = startError(report[0]);
    close(report[0]);
    const auto ended = waitFor(pid);
    if (error != 0)
        throw CannotStart(command[0], std::strerror(error),
                          error == ENOENT ? notFoundStatus : notExecutableStatus);
    return ended;
}

} // namespace greenfront::cli
