// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/space_document.h"

#include "core/base/error.h"
#include "ui/models/space_fields.h"
#include "ui/models/texts.h"

#include <QFileInfo>
#include <QUndoCommand>

#include <algorithm>
#include <optional>
#include <utility>

namespace greenfront::ui {
namespace {

constexpr qsizetype longest = 1 << 20; // characters
constexpr int deepest = 16;            // a space is not nested, and recursion must end

struct Read {
    std::optional<Json> json;
    QString problem;
};

QString placeText(const std::string& text, std::size_t byte) {
    const auto at = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    return SpaceDocument::tr("Line %1 is not valid JSON.").arg(std::count(text.begin(), at, '\n') + 1);
}

Read read(const QString& text) {
    if (text.size() > longest)
        return {{}, SpaceDocument::tr("The text is longer than a space can be.")};
    const std::string bytes = text.toStdString();
    bool isDeep = false;
    const auto look = [&](int depth, Json::parse_event_t, Json&) {
        isDeep = isDeep || depth > deepest;
        return depth <= deepest;
    };
    try {
        Json json = Json::parse(bytes, look);
        if (isDeep)
            return {{}, SpaceDocument::tr("The text is nested deeper than a space can be.")};
        if (!json.is_object())
            return {{}, SpaceDocument::tr("A space is an object: {\"kind\": …}.")};
        return {std::move(json), {}};
    } catch (const Json::parse_error& error) {
        return {{}, placeText(bytes, error.byte > 0 ? error.byte - 1 : 0)};
    }
}

Json joined(const Json& first, const Json& second) {
    Json both = first;
    both.insert(both.end(), second.begin(), second.end());
    return both;
}

} // namespace

/// Keeps what differs, not the documents.
class SpaceEdit : public QUndoCommand {
public:
    SpaceEdit(SpaceDocument& document, const Json& after, QString broken, const QString& what,
              std::string key)
        : QUndoCommand(what),
          document_(document),
          forward_(Json::diff(document.json_, after)),
          backward_(Json::diff(after, document.json_)),
          before_(document.broken_),
          after_(std::move(broken)),
          key_(std::move(key)) {}

    void undo() override { document_.take(document_.json_.patch(backward_), before_); }
    void redo() override { document_.take(document_.json_.patch(forward_), after_); }
    int id() const override { return key_.empty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto& next = static_cast<const SpaceEdit&>(*other); // ids are equal
        if (next.key_ != key_)
            return false;
        forward_ = joined(forward_, next.forward_);
        backward_ = joined(next.backward_, backward_);
        after_ = next.after_;
        return true;
    }

private:
    SpaceDocument& document_; ///< owns the stack
    Json forward_, backward_;
    QString before_, after_;
    std::string key_; ///< equal ones in succession are one step
};

SpaceDocument::SpaceDocument(Json space, QObject* parent) : QObject(parent), json_(std::move(space)) {}

QString SpaceDocument::text() const {
    return isReadable() ? spaceText(json_) : broken_;
}

QString SpaceDocument::textProblem() const {
    return isReadable() ? QString() : read(broken_).problem;
}

void SpaceDocument::setText(const QString& text) {
    if (isReadable())
        endStep();
    const Read found = read(text);
    const QString broken = found.json ? QString() : text.isEmpty() ? QStringLiteral(" ") : text;
    edit(found.json ? *found.json : json_, broken, tr("edit the JSON"), "text");
}

void SpaceDocument::open(const std::string& content, const QString& file) {
    Read found = read(qt(content));
    if (!found.json)
        throw Error("open", file.toStdString(), found.problem.chopped(1).toStdString(),
                    "Choose a space or a study as JSON");
    Json& json = *found.json;
    const bool isStudy = json.contains("format") && json.contains("space") && json.at("space").is_object();
    replace(isStudy ? Json(json.at("space")) : json, tr("open %1").arg(QFileInfo(file).fileName()));
}

void SpaceDocument::setField(const std::string& pointer, Json value, const QString& title) {
    Json after = json_;
    after[Json::json_pointer(pointer)] = std::move(value);
    edit(after, {}, tr("change %1").arg(title), pointer);
}

void SpaceDocument::replace(const Json& space, const QString& what) {
    edit(space, {}, what, {});
}

void SpaceDocument::edit(const Json& after, const QString& broken, const QString& what,
                         const std::string& key) {
    if (after == json_ && broken == broken_)
        return;
    const std::string step = key.empty() ? key : key + '#' + std::to_string(step_);
    undo_.push(new SpaceEdit(*this, after, broken, what, step)); // the stack owns it
}

void SpaceDocument::take(Json json, QString broken) {
    json_ = std::move(json);
    broken_ = std::move(broken);
    emit changed();
}

std::size_t SpaceDocument::stages() const {
    return json_.contains("stages") && json_.at("stages").is_array() ? json_.at("stages").size() : 0;
}

void SpaceDocument::addStage(Json stage) {
    Json after = json_;
    if (stages() == 0)
        after["stages"] = Json::array();
    after["stages"].push_back(std::move(stage));
    replace(after, tr("add a stage"));
}

void SpaceDocument::duplicateStage(std::size_t stage) {
    Json after = json_;
    Json& list = after["stages"];
    const Json copy = list.at(stage);
    list.insert(list.begin() + static_cast<std::ptrdiff_t>(stage) + 1, copy);
    replace(after, tr("duplicate stage %1").arg(stage + 1));
}

void SpaceDocument::removeStage(std::size_t stage) {
    Json after = json_;
    after["stages"].erase(stage);
    replace(after, tr("remove stage %1").arg(stage + 1));
}

void SpaceDocument::swapStages(std::size_t stage, std::size_t other) {
    Json after = json_;
    std::swap(after["stages"].at(stage), after["stages"].at(other));
    replace(after, tr("move stage %1").arg(stage + 1));
}

} // namespace greenfront::ui
