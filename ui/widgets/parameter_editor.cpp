// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parameter_editor.h"

#include "core/base/text.h"
#include "ui/models/texts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QWheelEvent>

#include <cstdint>

namespace greenfront::ui {
namespace {

/// The wheel scrolls the form; a value must not change because the cursor happens to be over it.
template <class Box>
class Calm : public Box {
public:
    Calm() { this->setFocusPolicy(Qt::StrongFocus); }

protected:
    void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

/// Shows every digit that a value has, and no others: 0.0005 and 0.9 alike.
class RealBox : public Calm<QDoubleSpinBox> {
public:
    RealBox() { setDecimals(10); }
    QString textFromValue(double value) const override { return QString::fromStdString(numberText(value)); }
    double valueFromText(const QString& text) const override {
        QString number = text;
        number.remove(suffix());
        return number.trimmed().replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
    }
    QValidator::State validate(QString& text, int& /*position*/) const override {
        QString number = text;
        number.remove(suffix());
        bool isNumber = false;
        const double value = number.trimmed().replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&isNumber);
        return isNumber && value >= minimum() && value <= maximum() ? QValidator::Acceptable
                                                                    : QValidator::Intermediate;
    }
};

QString suffixOf(const Parameter& parameter) {
    return parameter.unit.empty() ? QString() : QStringLiteral(" ") + qt(parameter.unit);
}

/// Not a QSpinBox: seeds are larger than its int, and a double is exact far beyond them.
ParameterEditor integerEditor(const Parameter& parameter, const std::function<void()>& changed) {
    auto* box = new Calm<QDoubleSpinBox>;
    constexpr double limit = 9007199254740992.0; // 2^53
    box->setDecimals(0);
    box->setRange(parameter.minimum.value_or(-limit), parameter.maximum.value_or(limit));
    box->setSuffix(suffixOf(parameter));
    QObject::connect(box, &QDoubleSpinBox::valueChanged, box, changed);
    return {.widget = box,
            .read = [box] { return Json(static_cast<std::int64_t>(box->value())); },
            .write = [box](const Json& value) { box->setValue(value.get<double>()); }};
}

ParameterEditor realEditor(const Parameter& parameter, const std::function<void()>& changed) {
    auto* box = new RealBox;
    constexpr double limit = 1e12;
    box->setRange(parameter.minimum.value_or(-limit), parameter.maximum.value_or(limit));
    box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    box->setSuffix(suffixOf(parameter));
    QObject::connect(box, &QDoubleSpinBox::valueChanged, box, changed);
    return {.widget = box,
            .read = [box] { return Json(box->value()); },
            .write = [box](const Json& value) { box->setValue(value.get<double>()); }};
}

ParameterEditor choiceEditor(const Parameter& parameter, const std::function<void()>& changed) {
    auto* box = new Calm<QComboBox>;
    for (const auto& choice : parameter.choices)
        box->addItem(qt(choice));
    QObject::connect(box, &QComboBox::currentIndexChanged, box, changed);
    return {.widget = box,
            .read = [box] { return Json(box->currentText().toStdString()); },
            .write = [box](const Json& value) { box->setCurrentText(qt(value.get<std::string>())); }};
}

ParameterEditor flagEditor(const std::function<void()>& changed) {
    auto* box = new QCheckBox;
    QObject::connect(box, &QCheckBox::toggled, box, changed);
    return {.widget = box,
            .read = [box] { return Json(box->isChecked()); },
            .write = [box](const Json& value) { box->setChecked(value.get<bool>()); }};
}

ParameterEditor textEditor(const std::function<void()>& changed) {
    auto* line = new QLineEdit;
    QObject::connect(line, &QLineEdit::textChanged, line, changed);
    return {.widget = line,
            .read = [line] { return Json(line->text().toStdString()); },
            .write = [line](const Json& value) { line->setText(qt(value.get<std::string>())); }};
}

ParameterEditor editorFor(const Parameter& parameter, const std::function<void()>& changed) {
    switch (parameter.kind) {
    case ParameterKind::Integer:
        return integerEditor(parameter, changed);
    case ParameterKind::Real:
        return realEditor(parameter, changed);
    case ParameterKind::Choice:
        return choiceEditor(parameter, changed);
    case ParameterKind::Flag:
        return flagEditor(changed);
    case ParameterKind::Text:
        break;
    }
    return textEditor(changed);
}

} // namespace

ParameterEditor makeEditor(const Parameter& parameter, const std::function<void()>& changed) {
    ParameterEditor editor = editorFor(parameter, changed);
    editor.widget->setObjectName(QStringLiteral("parameter.") + qt(parameter.key));
    editor.widget->setAccessibleName(qt(parameter.title));
    editor.widget->setAccessibleDescription(qt(parameter.help));
    editor.widget->setToolTip(tooltipOf(parameter));
    if (parameter.kind != ParameterKind::Flag)
        editor.widget->setFixedSize(210, 26);
    return editor;
}

QString tooltipOf(const Parameter& parameter) {
    QString range;
    if (parameter.minimum && parameter.maximum)
        range = QStringLiteral("%1 to %2")
                    .arg(qt(numberText(*parameter.minimum)), qt(numberText(*parameter.maximum)));
    else if (parameter.minimum)
        range = QStringLiteral("at least %1").arg(qt(numberText(*parameter.minimum)));
    else if (parameter.maximum)
        range = QStringLiteral("at most %1").arg(qt(numberText(*parameter.maximum)));
    const QString values = range.isEmpty() ? QString() : QStringLiteral("<br>Values: %1").arg(range);
    return QStringLiteral("<p>%1%2<br>Key: <code>%3</code></p>")
        .arg(qt(parameter.help).toHtmlEscaped(), values, qt(parameter.key).toHtmlEscaped());
}

} // namespace greenfront::ui
