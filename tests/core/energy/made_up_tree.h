// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <string>

/// A folder of files as the kernel shows them.
class MadeUpTree {
public:
    std::filesystem::path root() const { return folder_.path().toStdString(); }
    void write(const std::string& file, const std::string& content) const {
        std::filesystem::create_directories((root() / file).parent_path());
        std::ofstream(root() / file) << content << '\n';
    }
    void remove(const std::string& path) const { std::filesystem::remove_all(root() / path); }

private:
    QTemporaryDir folder_;
};
