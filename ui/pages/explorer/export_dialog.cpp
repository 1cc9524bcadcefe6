// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/explorer/export_dialog.h"

#include "core/formats/model_file.h"
#include "core/study/results.h"
#include "ui/models/texts.h"

#include <QFileInfo>

#include <array>

namespace greenfront::ui {
namespace {

struct Offer {
    formats::Format format;
    const char* title;
};

constexpr std::array<Offer, 3> offers{
    {{formats::Format::Onnx, "ONNX – runs in ONNX Runtime and most others"},
     {formats::Format::TorchScript, "TorchScript – runs in PyTorch and LibTorch"},
     {formats::Format::Safetensors, "safetensors – weights only"}}};

} // namespace

WriteDialog* makeExportDialog(const std::filesystem::path& workspace, StudyId study, CandidateId candidate,
                              QWidget* parent) {
    std::vector<WriteDialog::Format> formats;
    formats.reserve(offers.size());
    for (const Offer& offer : offers)
        formats.push_back(
            {WriteDialog::tr(offer.title), qt(std::string(formats::extensionOf(offer.format)))});
    const QString folder = QFileInfo(fromPath(workspace)).absolutePath();
    const WriteDialog::Texts texts{
        .name = "export",
        .title = WriteDialog::tr("Export candidate %1").arg(candidate.value),
        .formatHelp = WriteDialog::tr("The format of the model file"),
        .writeHelp = WriteDialog::tr("Write the model file and its card"),
        .remark = WriteDialog::tr("Beside it a model card (.md) is written: accuracy, latency, joules, "
                                  "grams, and how each was obtained."),
        .file = QStringLiteral("%1/candidate-%2").arg(folder, QString::number(candidate.value))};
    const auto write = [workspace, study, candidate](std::size_t format, const std::filesystem::path& path,
                                                     Control& control) {
        auto own = store::Workspace::open(workspace);
        const auto found = study::chooseNetwork(own, study, std::to_string(candidate.value));
        study::exportNetwork(own, found, offers.at(format).format, path, control);
    };
    return new WriteDialog(texts, std::move(formats), 0, write, parent);
}

} // namespace greenfront::ui
