// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/process_windows.h"
#include "core/base/programs.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <random>
#include <utility>

namespace greenfront {
namespace {

using Clock = std::chrono::steady_clock;
using windows::Handle;

constexpr std::size_t mostAtOnce = 65'536;
/// How long a program may have ended before that is seen, if something that it started keeps its output open.
constexpr std::chrono::milliseconds lookAgain(50);
/// How long its output may still be on its way once all that could write it has ended.
constexpr std::chrono::milliseconds lastWords(500);
/// What a program that had to be ended is said to have returned: as in a shell, 128 and its SIGKILL.
constexpr int killSignal = 9;
constexpr UINT killedStatus = 128 + killSignal;

/// The reading end of a pipe, with one read always under way.
class OutputPipe {
public:
    explicit OutputPipe(Handle pipe)
        : pipe_(std::move(pipe)), ready_(CreateEventW(nullptr, TRUE, FALSE, nullptr)) {
        pending_.hEvent = ready_.get();
        readOn();
    }
    OutputPipe(const OutputPipe&) = delete;
    OutputPipe& operator=(const OutputPipe&) = delete;
    ~OutputPipe() {
        if (!isOpen())
            return;
        DWORD got = 0;
        CancelIoEx(pipe_.get(), &pending_);
        // Until this returns, the system may write to the buffer.
        GetOverlappedResult(pipe_.get(), &pending_, &got, TRUE);
    }
    bool isOpen() const { return pipe_ != nullptr; }
    /// Signalled when there is something to take.
    HANDLE ready() const { return ready_.get(); }

    /// What came so far, at most mostAtOnce. Closes the pipe once there will be nothing more.
    std::string take() {
        std::string text;
        DWORD got = 0;
        while (isOpen() && text.size() + buffer_.size() <= mostAtOnce) {
            if (GetOverlappedResult(pipe_.get(), &pending_, &got, FALSE)) {
                text.append(buffer_.data(), got);
                readOn();
            } else if (GetLastError() == ERROR_IO_INCOMPLETE) {
                break;
            } else {
                pipe_.reset();
            }
        }
        return text;
    }

private:
    void readOn() {
        const auto size = static_cast<DWORD>(buffer_.size());
        if (!ReadFile(pipe_.get(), buffer_.data(), size, nullptr, &pending_) &&
            GetLastError() != ERROR_IO_PENDING)
            pipe_.reset();
    }

    Handle pipe_, ready_;
    OVERLAPPED pending_{};
    std::array<char, mostAtOnce / 2> buffer_{};
};

struct Pipe {
    std::unique_ptr<OutputPipe> read;
    Handle write;
};

Handle openToPassOn(const std::wstring& name, DWORD access) {
    SECURITY_ATTRIBUTES inheritable{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
    return windows::owned(CreateFileW(name.c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE, &inheritable,
                                      OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr));
}

/// With a name that nobody else has, because only pipes with names can be read without waiting.
Pipe makePipe(const std::string& program) {
    std::random_device entropy;
    const std::wstring name = L"\\\\.\\pipe\\greenfront-" + std::to_wstring(GetCurrentProcessId()) + L'-' +
                              std::to_wstring(entropy()) + L'-' + std::to_wstring(entropy());
    Handle read = windows::owned(CreateNamedPipeW(
        name.c_str(), PIPE_ACCESS_INBOUND | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
        PIPE_TYPE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, 0, mostAtOnce, 0, nullptr));
    Handle write = read ? openToPassOn(name, GENERIC_WRITE) : nullptr;
    if (!write)
        throw windows::NotStarted(program, GetLastError());
    return {std::make_unique<OutputPipe>(std::move(read)), std::move(write)};
}

/// As Ctrl-Break does, the only request that reaches a group of its own; false if it did not.
bool askToEnd(DWORD group) {
    const bool attached = AttachConsole(group) != 0; // to its console, if this process has none
    const bool asked = GenerateConsoleCtrlEvent(CTRL_BREAK_EVENT, group) != 0;
    if (attached)
        FreeConsole();
    return asked;
}

ProgramEnd endWith(DWORD code) {
    if (code == killedStatus)
        return {0, killSignal};
    if (code == static_cast<DWORD>(STATUS_CONTROL_C_EXIT))
        return {0, SIGINT};
    return {static_cast<int>(code), 0};
}

struct Running {
    std::uint64_t id = 0;
    windows::Job job;
    std::unique_ptr<OutputPipe> output, errors;
    std::optional<Clock::time_point> killAt{}, endedAt{};
    std::optional<ProgramEnd> end{};
    bool told = false; ///< of its end

    void kill() const { TerminateJobObject(job.job.get(), killedStatus); }

    /// Children that it leaves behind end with it.
    void look() {
        DWORD code = 0;
        if (end || WaitForSingleObject(job.process.get(), 0) != WAIT_OBJECT_0)
            return;
        kill();
        GetExitCodeProcess(job.process.get(), &code);
        end = endWith(code);
        end->processorTime = windows::processorTime(job);
        endedAt = Clock::now();
    }

    std::optional<Programs::Event> next() {
        look(); // before reading, so that nothing is written behind the last read
        Programs::Event event{id, output->take(), errors->take(), std::nullopt};
        const bool silent = event.output.empty() && event.errors.empty();
        const bool closed = !output->isOpen() && !errors->isOpen();
        if (end && (closed || (silent && Clock::now() >= *endedAt + lastWords))) {
            event.ended = end;
            told = true;
        }
        if (!told && silent)
            return std::nullopt;
        return event;
    }
};

Clock::duration durationOf(Seconds seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds.value));
}

} // namespace

struct Programs::State {
    std::vector<Running> running;

    /// Until something is there to be read, a program may have ended, or one is to be killed.
    void sleep(Clock::time_point until) {
        std::vector<HANDLE> handles;
        for (const Running& program : running) {
            for (const OutputPipe* pipe : {program.output.get(), program.errors.get()})
                if (pipe->isOpen())
                    handles.push_back(pipe->ready());
            if (!program.output->isOpen() && !program.errors->isOpen())
                handles.push_back(program.job.process.get());
            if (program.killAt && !program.end)
                until = std::min(until, *program.killAt);
        }
        if (!running.empty())
            until = std::min(until, Clock::now() + lookAgain);
        // Those that are too many for the system are seen at the next look.
        const auto count = std::min<std::size_t>(handles.size(), MAXIMUM_WAIT_OBJECTS);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        const auto wait = static_cast<DWORD>(std::clamp<long long>(left, 0, 60'000));
        if (count == 0)
            Sleep(wait);
        else
            WaitForMultipleObjects(static_cast<DWORD>(count), handles.data(), FALSE, wait);
    }

    void killOverdue() {
        for (const Running& program : running)
            if (program.killAt && !program.end && Clock::now() >= *program.killAt)
                program.kill();
    }
};

Programs::Programs() : state_(std::make_unique<State>()) {}

Programs::~Programs() {
    constexpr DWORD patience = 5000; // milliseconds; a program in the hands of a driver may not end at all
    for (const Running& program : state_->running) {
        program.kill();
        WaitForSingleObject(program.job.process.get(), patience);
    }
}

void Programs::start(std::uint64_t id, const std::vector<std::string>& command,
                     const std::map<std::string, std::string>& environment) {
    const Handle input = openToPassOn(L"NUL", GENERIC_READ);
    Pipe output = makePipe(command.front());
    Pipe errors = makePipe(command.front());
    windows::StartOptions options{input.get(), output.write.get(), errors.write.get()};
    const bool hasConsole = GetConsoleCP() != 0; // without one, each program would open a window
    options.creationFlags = CREATE_NEW_PROCESS_GROUP | (hasConsole ? 0 : CREATE_NO_WINDOW);
    windows::Job job = windows::start(command, environment, options);
    state_->running.push_back({id, std::move(job), std::move(output.read), std::move(errors.read)});
}

std::vector<Programs::Event> Programs::wait(Seconds most) {
    const auto until = Clock::now() + durationOf(most);
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
    program->killAt = Clock::now() + (askToEnd(program->job.id) ? durationOf(grace) : Clock::duration(0));
}

std::size_t Programs::running() const {
    return state_->running.size();
}

std::optional<Seconds> Programs::processorTime(std::uint64_t id) const {
    const auto program = std::ranges::find(state_->running, id, &Running::id);
    if (program == state_->running.end())
        return std::nullopt;
    return program->end ? program->end->processorTime : windows::processorTime(program->job);
}

} // namespace greenfront
