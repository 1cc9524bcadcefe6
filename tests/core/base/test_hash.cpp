// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#include <QCryptographicHash>
#include <QtTest>

using namespace greenfront;

class TestHash : public QObject {
    Q_OBJECT

private slots:
    void gives_the_standards_digest_of_abc() {
        const std::string text = "abc"; // FIPS 180-4's own example
        QCOMPARE(sha256(std::as_bytes(std::span(text))),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void agrees_with_qt_for_every_length_around_a_block() {
        for (int length = 0; length < 300; ++length) {
            const QByteArray bytes(length, static_cast<char>('a' + length % 26));
            QCOMPARE(
                QByteArray::fromStdString(sha256(std::as_bytes(std::span(bytes.constData(), bytes.size())))),
                QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
        }
    }

    void pieces_give_the_same_as_the_whole() {
        const std::string text(1000, 'x');
        for (const std::size_t piece : {1U, 7U, 63U, 64U, 65U, 500U}) {
            Sha256 hash;
            for (std::size_t at = 0; at < text.size(); at += piece)
                hash.update(std::string_view(text).substr(at, piece));
            QCOMPARE(hash.hex(), sha256(std::as_bytes(std::span(text))));
        }
    }
};

QTEST_APPLESS_MAIN(TestHash)
#include "test_hash.moc"
