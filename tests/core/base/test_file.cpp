// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include "core/base/error.h"

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>
#include <zlib.h>

using namespace greenfront;
namespace fs = std::filesystem;

class TestFile : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }
    static void gzip(const fs::path& target, const std::string& content) {
        gzFile file = gzopen(target.string().c_str(), "wb9");
        gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
        gzclose(file);
    }

private slots:
    void reads_back_what_it_wrote() {
        const std::string content("line\n\0binary", 12);
        writeFile(path("a"), content);
        QCOMPARE(readFile(path("a"), Bytes(100)), content);
    }

    void reads_plain_and_gzip_alike() {
        gzip(path("b.gz"), "hello");
        writeFile(path("b"), "hello");
        QCOMPARE(readMaybeGzip(path("b.gz"), Bytes(100)), std::string("hello"));
        QCOMPARE(readMaybeGzip(path("b"), Bytes(100)), std::string("hello"));
    }

    void stops_at_the_limit_however_much_gzip_would_expand_to() {
        gzip(path("bomb.gz"), std::string(50'000'000, '0'));
        QVERIFY(fs::file_size(path("bomb.gz")) < 100'000);
        QVERIFY_THROWS_EXCEPTION(Error, readMaybeGzip(path("bomb.gz"), Bytes(1'000'000)));
    }

    void says_that_a_gzip_file_ends_too_early() {
        gzip(path("whole.gz"), std::string(1000, 'x') + "end");
        const std::string bytes = readFile(path("whole.gz"), Bytes(1e6));
        writeFile(path("cut.gz"), bytes.substr(0, bytes.size() / 2));
        QVERIFY_THROWS_EXCEPTION(Error, readMaybeGzip(path("cut.gz"), Bytes(1e6)));
    }

    void refuses_missing_files_folders_and_large_files() {
        writeFile(path("large"), std::string(11, 'x'));
        QVERIFY_THROWS_EXCEPTION(Error, readFile(path("missing"), Bytes(10)));
        QVERIFY_THROWS_EXCEPTION(Error, readFile(folder_.path().toStdString(), Bytes(10)));
        QVERIFY_THROWS_EXCEPTION(Error, readFile(path("large"), Bytes(10)));
    }

    void leaves_the_old_file_and_no_other_when_writing_fails() {
        writeFile(path("kept"), "old");
        const auto fail = [](const fs::path& temporary) {
            std::ofstream(temporary) << "half";
            throw Error("write", "it", "the disk is full");
        };
        QVERIFY_THROWS_EXCEPTION(Error, writeFileWith(path("kept"), fail));
        QCOMPARE(readFile(path("kept"), Bytes(10)), std::string("old"));
        for (const auto& entry : fs::directory_iterator(folder_.path().toStdString()))
            QVERIFY(entry.path().extension() != ".part");
    }
};

QTEST_APPLESS_MAIN(TestFile)
#include "test_file.moc"
