// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/try_training.h"

#include "core/study/open_study.h"
#include "core/study/predictions.h"

#include <array>
#include <filesystem>
#include <optional>
#include <random>

namespace greenfront::study {
namespace {

constexpr std::array told{"loss_epoch", "accuracy_largest", "accuracy_smallest"};

/// A workspace that is gone afterwards.
class Scratch {
public:
    Scratch()
        : folder_(std::filesystem::temp_directory_path() / ("greenfront-try-" + uniqueName())),
          workspace_((std::filesystem::create_directories(folder_),
                      store::Workspace::create(folder_ / "try.greenfront"))) {}
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        workspace_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    store::Workspace& workspace() { return *workspace_; }

private:
    /// Trials run at the same time.
    static std::string uniqueName() {
        std::random_device device;
        return std::to_string(device()) + "-" + std::to_string(device());
    }

    std::filesystem::path folder_;
    std::optional<store::Workspace> workspace_;
};

/// Tells each epoch once.
class Epochs {
public:
    Epochs(store::Workspace& workspace, StudyId study, const EpochSink& tell)
        : workspace_(workspace), study_(study), tell_(tell) {}

    void tellNew() {
        for (const store::RunRow& run : store::runsOf(workspace_, study_)) {
            std::map<std::int64_t, std::map<std::string, double>> epochs;
            for (const char* name : told)
                for (const auto& point : store::series(workspace_, run.id, name, next_))
                    epochs[point.step][name] = point.value;
            for (const auto& [step, metrics] : epochs) {
                if (metrics.size() < told.size())
                    return; // not all of it is there yet
                tell_(++count_, metrics);
                next_ = step + 1;
            }
        }
    }

private:
    store::Workspace& workspace_;
    StudyId study_;
    const EpochSink& tell_;
    std::int64_t next_ = 0;
    int count_ = 0;
};

} // namespace

void tryTraining(const Study& study, Control& control, const EpochSink& tell) {
    Scratch scratch;
    const StudyId id = putStudy(scratch.workspace(), study);
    Epochs epochs(scratch.workspace(), id, tell);
    OpenStudy open(scratch.workspace(), id, study, control, [&](const Progress&) { epochs.tellNew(); });
    const CarbonGate always;
    trainPhase(open.context(always), 1.0);
    epochs.tellNew();
}

} // namespace greenfront::study
