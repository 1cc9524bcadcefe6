// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/data/area_scaler.h"
#include "core/data/decoders.h"

#include <array>
#include <csetjmp>
#include <cstdio> // jpeglib.h needs FILE

#include <jerror.h>
#include <jpeglib.h>

namespace greenfront::data {
namespace {

/// What libjpeg works on, and where its errors go. libjpeg reports an error by a function that must not
/// return, so each step below sets a mark and is jumped back to; a step holds no object with a destructor.
struct JpegState {
    JpegState() = default;
    ~JpegState() { jpeg_destroy_decompress(&info); }
    JpegState(const JpegState&) = delete;
    JpegState& operator=(const JpegState&) = delete;

    jpeg_decompress_struct info{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf escape{};
    std::array<char, JMSG_LENGTH_MAX> reason{};
};

[[noreturn]] void escapeFrom(j_common_ptr info) {
    auto* state = static_cast<JpegState*>(info->client_data);
    info->err->format_message(info, state->reason.data());
    std::longjmp(state->escape, 1); // NOLINT(cert-err52-cpp): the library's own way to report an error
}

/// Harmless departures are let pass; a warning that means lost pixels ends the decoding like an error.
void onMessage(j_common_ptr info, int level) {
    if (level >= 0) // a trace
        return;
    switch (info->err->msg_code) {
    case JWRN_ADOBE_XFORM:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_JFIF_MAJOR:
    case JWRN_TOO_MUCH_DATA:
        return;
    default:
        escapeFrom(info);
    }
}

/// A small progressive file can ask for the whole image again and again.
void onProgress(j_common_ptr info) {
    constexpr int mostScans = 200;
    if (reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > mostScans) {
        info->err->msg_code = JERR_BAD_PROGRESSION;
        escapeFrom(info);
    }
}

void ignoreOutput(j_common_ptr /*info*/) {}

bool readHeader(JpegState& state, const std::string& bytes) {
    if (setjmp(state.escape) != 0) // NOLINT(cert-err52-cpp)
        return false;
    jpeg_create_decompress(&state.info);
    state.info.client_data = &state;
    state.info.progress = &state.progress;
    jpeg_mem_src(&state.info, reinterpret_cast<const unsigned char*>(bytes.data()),
                 static_cast<unsigned long>(bytes.size()));
    jpeg_read_header(&state.info, TRUE);
    return true;
}

bool start(JpegState& state) {
    if (setjmp(state.escape) != 0) // NOLINT(cert-err52-cpp)
        return false;
    state.info.out_color_space = JCS_RGB;
    jpeg_start_decompress(&state.info);
    return true;
}

bool readRow(JpegState& state, std::uint8_t* row) {
    if (setjmp(state.escape) != 0) // NOLINT(cert-err52-cpp)
        return false;
    return jpeg_read_scanlines(&state.info, &row, 1) == 1;
}

bool finish(JpegState& state) {
    if (setjmp(state.escape) != 0) // NOLINT(cert-err52-cpp)
        return false;
    jpeg_finish_decompress(&state.info);
    return true;
}

class JpegImage {
public:
    explicit JpegImage(const EncodedImage& source) : source_(source) {
        state_.info.err = jpeg_std_error(&state_.errors);
        state_.info.client_data = &state_; // jpeg_create_decompress keeps it, and may itself fail
        state_.errors.error_exit = escapeFrom;
        state_.errors.emit_message = onMessage;
        state_.errors.output_message = ignoreOutput;
        state_.progress.progress_monitor = onProgress;
        check(readHeader(state_, source.bytes));
        checkSize(source, state_.info.image_width, state_.info.image_height);
        if (state_.info.jpeg_color_space == JCS_CMYK || state_.info.jpeg_color_space == JCS_YCCK)
            throw Error("read", source.path.string(), "it is a CMYK image, made for print",
                        "Convert it to RGB, or remove it");
    }

    ImageSize size() const {
        return {static_cast<int>(state_.info.image_width), static_cast<int>(state_.info.image_height)};
    }

    std::vector<std::uint8_t> scaled(int side) {
        AreaScaler scaler(size().width, size().height, side);
        std::vector<std::uint8_t> row(static_cast<std::size_t>(size().width) * 3);
        check(start(state_));
        for (int y = 0; y < size().height; ++y) {
            check(readRow(state_, row.data()));
            scaler.addRow(row);
        }
        check(finish(state_));
        return scaler.planes();
    }

private:
    void check(bool done) const {
        if (!done)
            throwUndecodable(source_, state_.reason.data());
    }

    const EncodedImage& source_;
    JpegState state_;
};

} // namespace

ImageSize sizeOfJpeg(const EncodedImage& image) {
    return JpegImage(image).size();
}

std::vector<std::uint8_t> decodeScaledJpeg(const EncodedImage& image, int side) {
    return JpegImage(image).scaled(side);
}

} // namespace greenfront::data
