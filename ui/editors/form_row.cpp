#include "editors/form_row.h"

#include "editors/field_control.h"
#include "editors/text_box.h"
#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

FormRow::FormRow(Theme& theme, const config::FieldPath& path, int depth, QWidget* parent)
    : QWidget(parent), theme_(theme), path_(path), depth_(depth) {
    column_ = new QVBoxLayout(this);
    column_->setContentsMargins(theme.gap(3) + depth * theme.gap(3), theme.unit() / 2, theme.gap(2), theme.unit() / 2);
    column_->setSpacing(theme.gap(1));
    line_ = new QHBoxLayout;
    line_->setSpacing(theme.gap(2));
    tools_ = new QHBoxLayout;
    tools_->setSpacing(0);
    column_->addLayout(line_);
    line_->addLayout(tools_);
}

void FormRow::setLabel(const QString& text, const QString& help, int columnWidth, QWidget* buddy) {
    const bool above = columnWidth == kLabelAbove;
    if (above && text.trimmed().isEmpty()) return;
    auto* label = new QLabel(this);
    if (above) {
        label->setText(text);
        label->setToolTip(help);
        label->setBuddy(buddy);
        setMuted(label, theme_);
        label_ = label;
        line_->insertWidget(0, label, 0, Qt::AlignVCenter);
        return;
    }
    const int width = std::max(columnWidth - depth_ * theme_.gap(3), theme_.gap(10));
    // The theme's font, since this widget may get it only after the row is built.
    label->setText(QFontMetrics(theme_.bodyFont()).elidedText(text, Qt::ElideRight, width));
    label->setFixedWidth(width);
    label->setToolTip(help);
    label->setBuddy(buddy);
    setMuted(label, theme_);
    line_->insertWidget(0, label, 0, Qt::AlignVCenter);
    errorIndent_ = width + theme_.gap(2);
}

QToolButton* FormRow::setToggle(const QString& text, bool open, const QString& objectName) {
    auto* toggle = new QToolButton(this);
    toggle->setObjectName(objectName);
    toggle->setAutoRaise(true);
    toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    toggle->setIcon(theme_.icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), Token::Muted));
    toggle->setText(text);
    toggle->setAccessibleName(open ? tr("Close %1").arg(text) : tr("Open %1").arg(text));
    toggle->setFont(theme_.strongFont());
    line_->insertWidget(0, toggle, 0, Qt::AlignVCenter);
    return toggle;
}

void FormRow::setSummary(const QString& text) {
    if (!summary_) {
        summary_ = new ElidedLabel(Qt::ElideRight, this);
        line_->insertWidget(line_->count() - 1, summary_, 1, Qt::AlignVCenter);
    }
    summary_->setColor(theme_.color(Token::Muted));
    summary_->setText(text);
}

void FormRow::addControl(QWidget* widget, int stretch) {
    if (label_) {
        // A control asks for the whole width, a button or a summary does not.
        line_->removeWidget(label_);
        column_->insertWidget(0, label_);
        label_ = nullptr;
    }
    line_->insertWidget(line_->count() - 1, widget, stretch, Qt::AlignVCenter);
    if (auto* control = qobject_cast<FieldControl*>(widget)) controls_.push_back(control);
    const auto* field = qobject_cast<FieldControl*>(widget);
    if (!qobject_cast<TextBox*>(field ? field->focusWidget() : widget)) return;
    // Beside a tall box the others stand at its first line.
    for (int i = 0; i < line_->count(); ++i)
        if (auto* beside = line_->itemAt(i)->widget()) {
            line_->setAlignment(beside, Qt::AlignTop);
            if (qobject_cast<QLabel*>(beside)) beside->setContentsMargins(0, theme_.unit(), 0, 0);
        }
    line_->setAlignment(tools_, Qt::AlignTop);
}

QToolButton* FormRow::addTool(const QString& icon, const QString& text, const QString& objectName, std::function<void()> run) {
    auto* button = makeIconButton(theme_, icon, text, this);
    button->setObjectName(objectName);
    connect(button, &QToolButton::clicked, this, [run = std::move(run)] { run(); });
    tools_->addWidget(button);
    return button;
}

QToolButton* FormRow::addTextTool(const QString& icon, const QString& text, const QString& objectName, std::function<void()> run) {
    auto* button = makeTextButton(theme_, icon, text, this);
    button->setObjectName(objectName);
    if (run) connect(button, &QToolButton::clicked, this, [run = std::move(run)] { run(); });
    tools_->addWidget(button);
    return button;
}

void FormRow::setHighlighted(bool highlighted) {
    if (highlighted_ == highlighted) return;
    highlighted_ = highlighted;
    update();
}

void FormRow::setErrors(const std::vector<config::Diagnostic>& diagnostics, const std::function<void(const config::Fix&)>& applyFix) {
    for (auto* widget : errors_) {
        widget->hide();
        widget->deleteLater();  // A fix's own button may be what asked for this.
    }
    errors_.clear();
    for (const auto& diagnostic : diagnostics) {
        const bool error = diagnostic.severity == config::Severity::Error;
        const auto token = error ? Token::Bad : diagnostic.severity == config::Severity::Warning ? Token::Warn : Token::Muted;
        auto* holder = new QWidget(this);
        holder->setObjectName(QStringLiteral("error:") + QString::fromStdString(path_.toString()));
        auto* layout = new QHBoxLayout(holder);
        layout->setContentsMargins(errorIndent_, 0, 0, theme_.unit());
        layout->setSpacing(theme_.gap(1));
        auto* icon = new QLabel(holder);
        icon->setPixmap(theme_.icon(error ? QStringLiteral("error") : QStringLiteral("warning"), token)
                            .pixmap(QSize(theme_.iconSize(), theme_.iconSize()), devicePixelRatioF()));
        layout->addWidget(icon, 0, Qt::AlignTop);
        auto* sentence = new QLabel(coreSentence(diagnostic.message), holder);
        sentence->setWordWrap(true);
        sentence->setTextFormat(Qt::PlainText);
        setTextColor(sentence, theme_, token);
        layout->addWidget(sentence, 1);
        if (diagnostic.fix) {
            auto* fix = new QPushButton(coreSentence(diagnostic.fix->label), holder);
            fix->setObjectName(QStringLiteral("fix:") + QString::fromStdString(path_.toString()));
            fix->setAutoDefault(false);
            connect(fix, &QPushButton::clicked, holder, [applyFix, change = *diagnostic.fix] { applyFix(change); });
            layout->addWidget(fix, 0, Qt::AlignTop);
        }
        column_->addWidget(holder);
        errors_.push_back(holder);
    }
}

void FormRow::paintEvent(QPaintEvent*) {
    if (!highlighted_) return;
    QPainter painter(this);
    painter.fillRect(rect(), theme_.tint(Token::Accent, 0.08));
    painter.fillRect(QRect(0, 0, theme_.unit() / 2 + 1, height()), theme_.color(Token::Accent));
}

}  // namespace gatehouse::ui
