// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/number_columns.h"
#include "files.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;

class TestNumberColumns : public QObject {
    Q_OBJECT

private:
    files::Folder folder_;
    std::vector<std::vector<double>> read(const std::string& text,
                                          const std::vector<std::string>& names) const {
        return data::readNumberColumns(folder_.put("table.csv", text), names);
    }

private slots:
    void values_come_in_the_order_of_the_names() {
        QCOMPARE(read("a;b;c\n1;2;3\n\n4; +5e-1 ;-6\n", {"c", "b"}),
                 (std::vector<std::vector<double>>{{3, 2}, {-6, 0.5}}));
        QVERIFY(read("a\n", {"a"}).empty());
    }

    void what_is_no_finite_number_is_not_a_number() {
        for (const auto& row : read("a,b\n,1\nx,1\n1x,1\nnan,1\ninf,1\n1e999,1\n0x10,1\n", {"a"}))
            QVERIFY(std::isnan(row.front()));
    }

    void what_is_no_such_table_is_refused() {
        QVERIFY_EXCEPTION_THROWN(read("", {"a"}), Error);
        QVERIFY_EXCEPTION_THROWN(read("a,b\n1,2\n", {"c"}), Error);
        QVERIFY_EXCEPTION_THROWN(read("a,b,a\n1,2,3\n", {"b"}), Error);
        QVERIFY_EXCEPTION_THROWN(read("a,b\n1\n", {"a"}), Error);
        QVERIFY_EXCEPTION_THROWN(read("a,b\n1,2,3\n", {"a"}), Error);
    }
};

QTEST_APPLESS_MAIN(TestNumberColumns)
#include "test_number_columns.moc"
