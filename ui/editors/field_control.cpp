#include "editors/field_control.h"

#include "editors/text_box.h"
#include "models/core_sentence.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace gatehouse::ui {
namespace {

QString toQString(const std::string& text) { return QString::fromStdString(text); }

constexpr int kChoiceCharacters = 8;

int clampToInt(std::int64_t value) {
    return static_cast<int>(std::clamp<std::int64_t>(value, std::numeric_limits<int>::min() + 1, std::numeric_limits<int>::max()));
}

}  // namespace

FieldControl::FieldControl(Theme& theme, const FormItem& item, const QStringList& names, bool masked, QWidget* parent)
    : QWidget(parent), path_(item.path), spec_(item.spec), control_(item.control) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto name = toQString(item.label);
    switch (control_) {
        case FormItem::Control::Integer: {
            inner_ = spin_ = new QSpinBox(this);
            const int low = clampToInt(spec_->minimum.value_or(0)), high = clampToInt(spec_->maximum.value_or(std::numeric_limits<int>::max()));
            spin_->setRange(low - 1, high);  // One below the least value stands for "not written".
            spin_->setKeyboardTracking(false);
            spin_->setSpecialValueText(spec_->defaultValue.empty() ? (spec_->required ? tr("required") : tr("not set"))
                                                                   : tr("%1 by default").arg(toQString(spec_->defaultValue)));
            if (!spec_->unit.empty()) spin_->setSuffix(QLatin1Char(' ') + toQString(spec_->unit));
            layout->addWidget(spin_);
            layout->addStretch(1);
            connect(spin_, &QSpinBox::valueChanged, this, [this](int value) {
                if (!updating_) emit committed(value == spin_->minimum() ? QString() : QString::number(value));
            });
            break;
        }
        case FormItem::Control::Check:
            inner_ = check_ = new QCheckBox(this);
            layout->addWidget(check_, 1);
            connect(check_, &QCheckBox::clicked, this,
                    [this](bool on) { emit committed(on ? QStringLiteral("true") : QStringLiteral("false")); });
            break;
        case FormItem::Control::Choice:
            inner_ = choice_ = new QComboBox(this);
            choice_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
            choice_->setMinimumContentsLength(kChoiceCharacters);
            // The wish above is wide; a narrow form may take some of it before it scrolls.
            choice_->setMinimumWidth(choice_->fontMetrics().averageCharWidth() * kChoiceCharacters + 2 * theme.iconSize());
            if (!spec_->required || item.value.empty())
                choice_->addItem(spec_->defaultValue.empty() ? tr("not set") : tr("%1 by default").arg(toQString(spec_->defaultValue)), QString());
            for (const auto& value : spec_->enumValues) choice_->addItem(toQString(value), toQString(value));
            layout->addWidget(choice_);
            connect(choice_, &QComboBox::activated, this, [this](int index) {
                const auto value = choice_->itemData(index).toString();
                if (value != shown_) emit committed(value);
            });
            break;
        case FormItem::Control::Paragraph:
            inner_ = box_ = new TextBox(this);
            box_->setPlaceholderText(spec_->required ? tr("required") : QString());
            layout->addWidget(box_, 1);
            connect(box_, &TextBox::committed, this, [this](const QString& typed) {
                const auto value = TextBox::withEndOf(shown_.toStdString(), typed);
                shown_ = value;
                emit committed(value);
            });
            break;
        default: buildLine(theme, names, masked); layout->addWidget(line_, 1);
    }
    inner_->setObjectName(QStringLiteral("field:") + toQString(path_.toString()));
    inner_->setAccessibleName(name);
    inner_->setAccessibleDescription(coreSentence(spec_->help));
    inner_->setFocusPolicy(Qt::StrongFocus);
    inner_->installEventFilter(this);
    setFocusProxy(inner_);
    update(item);
}

void FieldControl::buildLine(Theme& theme, const QStringList& names, bool masked) {
    inner_ = line_ = new QLineEdit(this);
    line_->setPlaceholderText(!spec_->defaultValue.empty() ? tr("%1 by default").arg(toQString(spec_->defaultValue))
                              : spec_->required            ? tr("required")
                                                           : QString());
    if (masked) line_->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    if (spec_->format != config::FieldFormat::None) line_->setFont(theme.fixedFont());
    if (!names.isEmpty()) {
        auto* completer = new QCompleter(names, line_);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        line_->setCompleter(completer);
    }
    line_->setMinimumWidth(line_->fontMetrics().averageCharWidth() * 6);
    connect(line_, &QLineEdit::editingFinished, this, &FieldControl::commitText);
}

void FieldControl::update(const FormItem& item) {
    updating_ = true;
    const auto value = toQString(item.value);
    if (spin_) {
        bool number = false;
        const auto wanted = value.toLongLong(&number);
        if (number) spin_->setRange(std::min(spin_->minimum(), clampToInt(wanted)), std::max(spin_->maximum(), clampToInt(wanted)));
        spin_->setValue(number ? clampToInt(wanted) : spin_->minimum());
    } else if (check_) {
        check_->setChecked((item.present ? item.value : spec_->defaultValue) == "true");
        check_->setText(item.present ? QString() : tr("default"));
    } else if (choice_) {
        choice_->setCurrentIndex(std::max(0, choice_->findData(value)));
    } else if (box_) {
        box_->show(TextBox::withoutEnd(item.value));
    } else if (line_ && (!line_->hasFocus() || line_->text() == shown_) && line_->text() != value) {
        line_->setText(value);
        line_->setCursorPosition(0);
    }
    shown_ = value;
    updating_ = false;
}

void FieldControl::flush() {
    if (line_) commitText();
    if (box_) box_->commit();
    if (spin_) spin_->interpretText();
}

void FieldControl::commitText() {
    if (updating_ || line_->text() == shown_) return;
    const auto value = line_->text();
    shown_ = value;
    emit committed(value);
}

bool FieldControl::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) emit focused();
    // Scrolling the form must not change a value that the pointer happens to pass.
    if (event->type() == QEvent::Wheel && !inner_->hasFocus() && (spin_ || choice_)) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ElidedLabel::setText(const QString& text) {
    if (text == text_) return;
    text_ = text;
    setToolTip(text);
    updateGeometry();
    update();
}

void ElidedLabel::setColor(const QColor& color) {
    color_ = color;
    update();
}

QSize ElidedLabel::sizeHint() const { return {fontMetrics().horizontalAdvance(text_), fontMetrics().height()}; }
QSize ElidedLabel::minimumSizeHint() const { return {fontMetrics().averageCharWidth() * 4, fontMetrics().height()}; }

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(color_.isValid() ? color_ : palette().color(QPalette::WindowText));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(text_, mode_, width()));
}

}  // namespace gatehouse::ui
