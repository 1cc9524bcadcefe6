// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"
#include "ui/models/texts.h"
#include "ui/widgets/schema_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

using namespace greenfront;

class TestSchemaForm : public QObject {
    Q_OBJECT

private slots:
    void everyValueOfEveryKindComesBackAsItWentIn() {
        ui::SchemaForm form;
        form.addGroup("Made up", schema());
        QCOMPARE(form.values(), defaultsOf(schema()));
        const Json values{
            {"seed", 4294967295.0}, {"rate", 0.00035}, {"method", "b"}, {"flag", true}, {"text", "ä, b"}};
        form.setValues(values);
        QCOMPARE(form.values(), values);
        QCOMPARE(checked(schema(), form.values(), "the form").dump(), form.values().dump());
        QVERIFY(!form.isDefault());
        form.resetToDefaults();
        QVERIFY(form.isDefault());
    }

    void numbersStayInTheirRange() {
        ui::SchemaForm form;
        form.addGroup("Made up", schema());
        auto* rate = form.findChild<QDoubleSpinBox*>("parameter.rate");
        rate->setValue(5);
        QCOMPARE(form.values().at("rate").get<double>(), 1.0);
        QCOMPARE(rate->suffix(), " 1/s");
        QVERIFY(rate->toolTip().contains("How fast"));
    }

    void typingChangesTheValueAndIsTold() {
        ui::SchemaForm form;
        form.addGroup("Made up", schema());
        form.show();
        const QSignalSpy changed(&form, &ui::SchemaForm::changed);
        auto* rate = form.findChild<QDoubleSpinBox*>("parameter.rate");
        rate->selectAll();
        QTest::keyClicks(rate, "0.0125");
        QTest::keyClick(rate, Qt::Key_Tab);
        QCOMPARE(form.values().at("rate").get<double>(), 0.0125);
        QVERIFY(changed.count() > 0);
    }

    void whatIsAdvancedIsFoldedAway() {
        ui::SchemaForm form;
        form.addGroup("Made up", schema());
        form.show();
        auto* text = form.findChild<QLineEdit*>("parameter.text");
        QVERIFY(!text->isVisible());
        form.findChild<QToolButton*>("advanced.seed")->click();
        QVERIFY(text->isVisible());
    }

    void theFormOfTheStudyShowsEveryParameter() {
        ui::SchemaForm form;
        for (const auto& group : study::studySchema())
            form.addGroup(ui::qt(group.title), group.parameters);
        QCOMPARE(form.values(), defaultsOf(study::studyParameters()));
        for (const auto& parameter : study::studyParameters()) {
            auto* editor = form.findChild<QWidget*>("parameter." + ui::qt(parameter.key));
            QVERIFY2(editor != nullptr, parameter.key.c_str());
            QVERIFY2(!editor->accessibleName().isEmpty(), parameter.key.c_str());
        }
    }

private:
    static Schema schema() {
        const auto make = [](const char* key, ParameterKind kind, Json value) {
            Parameter parameter;
            parameter.key = key;
            parameter.title = key;
            parameter.help = "How fast it goes.";
            parameter.kind = kind;
            parameter.defaultValue = std::move(value);
            return parameter;
        };
        Schema schema{make("seed", ParameterKind::Integer, 1), make("rate", ParameterKind::Real, 0.1),
                      make("method", ParameterKind::Choice, "a"), make("flag", ParameterKind::Flag, false),
                      make("text", ParameterKind::Text, "x")};
        schema[0].minimum = 0;
        schema[0].maximum = 4294967295.0;
        schema[1].minimum = 0.0001;
        schema[1].maximum = 1.0;
        schema[1].unit = "1/s";
        schema[2].choices = {"a", "b"};
        schema[4].advanced = true;
        return schema;
    }
};

QTEST_MAIN(TestSchemaForm)
#include "test_schema_form.moc"
