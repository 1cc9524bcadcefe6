// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <functional>
#include <string>

namespace greenfront::nn {

// Work is spread over threads by whole batches, and each operator runs in one thread: on a machine that does
// other things too, a barrier behind every operator waits for the slowest thread and can cost ten times the
// work.

/// How many threads parallel() may use when it is called from this thread. Operators called from it run in
/// one.
void setThreads(int threads);
int threads();
/// How many threads suit this machine.
int defaultThreads();

/// Calls body(0) .. body(count - 1), each once, on threads() threads, and waits. The first exception is
/// thrown again.
void parallel(std::size_t count, const std::function<void(std::size_t)>& body);

/// Lets single operators called from this thread use several threads for as long as this lives: for measuring
/// how a model runs with them.
class OperatorThreads {
public:
    explicit OperatorThreads(int threads);
    OperatorThreads(const OperatorThreads&) = delete;
    OperatorThreads& operator=(const OperatorThreads&) = delete;
    ~OperatorThreads();
};

/// "LibTorch 1.13.1"
std::string libraryVersion();

} // namespace greenfront::nn
