// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"
#include "core/base/error.h"
#include "core/study/study.h"
#include "ui/models/space_check.h"
#include "ui/models/space_document.h"
#include "ui/models/space_fields.h"

#include <QSignalSpy>
#include <QtTest>

using namespace greenfront;
using ui::FieldKind;
using ui::SpaceDocument;

/// A space while it is edited: its fields, its text, its history, and what is wrong with it.
class TestSpaceDocument : public QObject {
    Q_OBJECT

private:
    const Json proposal_ = arch::proposedSpace("mbconv-small", {1, 16, 16}, 10);

    static void typeField(SpaceDocument& document, const std::string& pointer, FieldKind kind,
                          const QStringList& texts) {
        for (const QString& text : texts)
            document.setField(pointer, ui::fieldValue(kind, text), "it");
    }

private slots:
    void texts_of_fields_read_back() {
        QCOMPARE(ui::fieldText({3, 5, 7}), "3, 5, 7");
        QCOMPARE(ui::fieldValue(FieldKind::Numbers, " 3,5  7 "), Json({3, 5, 7}));
        QCOMPARE(ui::fieldValue(FieldKind::Numbers, "0.65, 1"), Json({0.65, 1}));
        QCOMPARE(ui::fieldValue(FieldKind::Numbers, ""), Json::array());
        QCOMPARE(ui::fieldValue(FieldKind::Numbers, "3, x"), Json("3, x"));
        QCOMPARE(ui::fieldValue(FieldKind::Number, "16"), Json(16));
        QCOMPARE(ui::fieldValue(FieldKind::Number, "a lot"), Json("a lot"));
        QCOMPARE(ui::fieldText("3, x"), "3, x");
    }

    void the_fields_are_those_of_the_proposal() {
        const auto keys = [](const std::vector<ui::SpaceField>& fields) {
            std::vector<std::string> list;
            for (const ui::SpaceField& field : fields) {
                if (field.title.isEmpty())
                    return std::vector<std::string>();
                list.push_back(field.key);
            }
            return list;
        };
        QCOMPARE(keys(ui::stageFields(proposal_)),
                 (std::vector<std::string>{"depths", "widths", "kernels", "expansions", "stride", "squeeze",
                                           "activation"}));
        QCOMPARE(keys(ui::spaceFields(proposal_)),
                 (std::vector<std::string>{"resolutions", "stem", "stem_stride", "head", "features",
                                           "activation"}));
        QVERIFY(ui::spaceFields(Json()).empty() && ui::stageFields(Json()).empty());
    }

    void its_text_is_its_json_for_a_person() {
        const QString text = ui::spaceText(proposal_);
        QVERIFY(text.startsWith("{\n  \"kind\": \"mbconv-small\",\n"));
        QVERIFY2(text.contains("\"kernels\": [3, 5],\n"), qPrintable(text));
        QVERIFY(text.indexOf("\"stages\"") > text.indexOf("\"stem_stride\""));
        QCOMPARE(Json::parse(text.toStdString()), proposal_);
    }

    void what_is_typed_into_one_field_is_one_step() {
        SpaceDocument document(proposal_);
        const QSignalSpy changed(&document, &SpaceDocument::changed);
        typeField(document, "/stem", FieldKind::Number, {"", "2", "24"});
        typeField(document, "/stages/1/kernels", FieldKind::Numbers, {"3", "3,", "3, 5", "3, 5, 7"});
        QVERIFY(changed.count() >= 6);
        QCOMPARE(document.json().at("stem"), Json(24));
        QCOMPARE(document.json().at("stages").at(1).at("kernels"), Json({3, 5, 7}));
        QCOMPARE(document.undo().count(), 2);
        document.undo().undo();
        QCOMPARE(document.json().at("stages"), proposal_.at("stages"));
        document.undo().undo();
        QCOMPARE(document.json(), proposal_);
        document.undo().redo();
        document.undo().redo();
        QCOMPARE(document.json().at("stages").at(1).at("kernels"), Json({3, 5, 7}));
        document.endStep();
        typeField(document, "/stages/1/kernels", FieldKind::Numbers, {"3"});
        QCOMPARE(document.undo().count(), 3);
    }

    void a_text_that_is_no_json_is_kept_and_undone_as_one_step() {
        SpaceDocument document(proposal_);
        const QString text = document.text();
        for (const int cut : {40, 30, 20})
            document.setText(text.left(cut));
        QVERIFY(!document.isReadable());
        QCOMPARE(document.text(), text.left(20));
        QVERIFY2(document.textProblem().startsWith("Line 2"), qPrintable(document.textProblem()));
        QCOMPARE(document.json(), proposal_);
        QCOMPARE(document.undo().count(), 1);
        document.undo().undo();
        QVERIFY(document.isReadable() && document.text() == text);
        document.undo().redo();
        document.setText(QString(text).replace("\"stem\": 16", "\"stem\": 32"));
        QVERIFY(document.isReadable());
        QCOMPARE(document.json().at("stem"), Json(32));
        QCOMPARE(document.undo().count(), 1); // through what was no JSON to what is
        for (const char* wrong : {"", "[1, 2]", "null", "{\"kind\": \"mbconv-small\"} x"}) {
            document.setText(wrong);
            QVERIFY2(!document.isReadable() && !document.textProblem().isEmpty(), wrong);
        }
        document.setText(QString(100'000, '[') + QString(100'000, ']'));
        QVERIFY2(document.textProblem().contains("nested"), qPrintable(document.textProblem()));
    }

    void stages_are_added_copied_moved_and_removed() {
        SpaceDocument document(proposal_);
        const Json& stages = proposal_.at("stages");
        document.duplicateStage(0);
        QCOMPARE(document.json().at("stages").at(1), stages.at(0));
        QCOMPARE(document.stages(), stages.size() + 1);
        document.swapStages(1, 2);
        QCOMPARE(document.json().at("stages").at(1), stages.at(1));
        document.removeStage(0);
        document.addStage(stages.at(2));
        QCOMPARE(document.json().at("stages").back(), stages.at(2));
        while (document.undo().canUndo())
            document.undo().undo();
        QCOMPARE(document.json(), proposal_);
    }

    void a_file_holds_a_space_or_a_study() {
        SpaceDocument document(proposal_);
        const Json other = arch::proposedSpace("mobilenet-v3", {1, 16, 16}, 10);
        document.open(other.dump(), "other.json");
        QCOMPARE(document.json(), other);
        study::Study study;
        study.name = "s";
        study.data = "builtin";
        study.space = proposal_;
        study.parameters = defaultsOf(study::studyParameters());
        document.open(study::toJson(study).dump(), "study.json");
        QCOMPARE(document.json(), proposal_);
        QVERIFY_THROWS_EXCEPTION(Error, document.open("stage,width\n1,16\n", "table.csv"));
        QCOMPARE(document.json(), proposal_);
    }

    void a_problem_names_its_field() {
        QVERIFY(ui::fieldProblems(proposal_, proposal_).empty());
        Json space = proposal_;
        space["stages"][1]["kernels"] = {3, 4};
        space["stages"][2]["depths"] = "1, x";
        space["resolutions"] = {8, 12};
        space["head"] = 0;
        const auto problems = ui::fieldProblems(space, proposal_);
        std::vector<std::string> pointers;
        for (const auto& [pointer, problem] : problems)
            pointers.push_back(pointer);
        QCOMPARE(pointers, (std::vector<std::string>{"/head", "/resolutions", "/stages/1/kernels",
                                                     "/stages/2/depths"}));
        QCOMPARE(ui::problemLine(*problems.find("/stages/1/kernels"), proposal_),
                 "Stage 2, Kernels: A kernel is even.");
        QCOMPARE(ui::problemLine(*problems.find("/stages/2/depths"), proposal_),
                 "Stage 3, Depths: “1, x” is not a list of numbers such as 3, 5, 7.");
        QVERIFY(ui::problemLine(*problems.find("/resolutions"), proposal_).startsWith("Resolutions: The"));
    }

    void only_a_space_for_the_data_passes() {
        const ui::SpaceTarget target = ui::targetOf(proposal_);
        QVERIFY(target.input == (Shape{1, 16, 16}) && target.classes == 10);
        const ui::SpaceCheck good = ui::checkSpace(proposal_, target);
        QVERIFY(good.summary && good.problem.isEmpty());
        QCOMPARE(good.choices.size(), arch::makeSpace(proposal_)->genes().size());
        const auto refusal = [&](const Json& change) {
            Json space = proposal_;
            space.merge_patch(change);
            const ui::SpaceCheck check = ui::checkSpace(space, target);
            return check.summary ? QString() : check.problem;
        };
        QVERIFY(refusal({{"classes", 7}}).contains("7 classes"));
        QVERIFY(refusal({{"input", {3, 16, 16}}}).contains("3 × 16 × 16"));
        QVERIFY(refusal({{"resolution", {8, 16}}}).contains("“resolution”")); // a slip of the pen
        QVERIFY(refusal({{"kind", "transformer"}}).contains("'transformer'"));
        QVERIFY(refusal({{"stages", 3}}).size() > 0);
        QVERIFY(!ui::checkSpace(Json::array({1}), target).summary);
        const auto facts = ui::spaceFacts({});
        QCOMPARE(facts.size(), std::size_t(3));
        for (const ui::SpaceFact& fact : facts)
            QCOMPARE(fact.value, "–");
        QCOMPARE(ui::spaceFacts(good.summary).at(0).value,
                 QString::fromStdString(arch::networksText(good.summary->networks)));
    }

    /// Whatever its kind: as fields where they are simple, else as JSON.
    void every_kind_can_be_edited() {
        for (const std::string& kind : arch::spaceKinds()) {
            Json proposal;
            for (const Shape shape : {Shape{1, 32, 32}, Shape{20, 1, 1}}) // images, or rows of a table
                try {
                    proposal = arch::proposedSpace(kind, shape, 10);
                    break;
                } catch (const std::exception&) { // not a space for this shape
                }
            QVERIFY2(proposal.is_object(), kind.c_str());
            QVERIFY2(ui::checkSpace(proposal, ui::targetOf(proposal)).summary, kind.c_str());
            QVERIFY2(ui::fieldProblems(proposal, proposal).empty(), kind.c_str());
            SpaceDocument document(proposal);
            document.setText(document.text());
            QVERIFY(document.isReadable() && document.undo().count() == 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestSpaceDocument)
#include "test_space_document.moc"
