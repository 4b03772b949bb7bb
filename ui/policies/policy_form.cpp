#include "policies/policy_form.h"

#include "bridge/workspace_document.h"
#include "editors/text_box.h"
#include "models/core_sentence.h"
#include "policies/policy_rows.h"
#include "policies/prompt_trial.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/segmented_control.h"
#include "widgets/view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>
#include <QSpinBox>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace gatehouse::ui {
namespace {

struct Builtin {
    const char* id;
    const char* text;
    const char* example;
};
/// The recognisers of kgateway 2.1, in the order of its schema.
constexpr std::array kBuiltins = {
    Builtin{"CREDIT_CARD", QT_TRANSLATE_NOOP("PolicyForm", "Credit card numbers"), "4111 1111 1111 1111"},
    Builtin{"EMAIL", QT_TRANSLATE_NOOP("PolicyForm", "E-mail addresses"), "ann@example.com"},
    Builtin{"PHONE_NUMBER", QT_TRANSLATE_NOOP("PolicyForm", "Phone numbers"), "212-555-0187"},
    Builtin{"SSN", QT_TRANSLATE_NOOP("PolicyForm", "US social security numbers"), "536-22-8726"},
};
constexpr int kLowestStatus = 200, kHighestStatus = 599;

QString toQString(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

PolicyForm::PolicyForm(ViewContext& context, QWidget* parent) : QScrollArea(parent), context_(context) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setProperty("bare", true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);  // Large text may need more than the splitter gives.
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Guards and enrichment"));
    viewport()->setAutoFillBackground(false);
    connect(&context.theme, &Theme::changed, this, &PolicyForm::rebuild);
    rebuild();
}

PolicyEdits PolicyForm::edits() const { return PolicyEdits(context_.document.workspace(), key_); }

void PolicyForm::push(Result<config::Edit> edit) {
    if (const auto done = context_.document.push(std::move(edit)); !done) {
        emit editFailed(coreSentence(done.error().message));
        QTimer::singleShot(0, this, &PolicyForm::refresh);
    }
}

std::string PolicyForm::structure() const {
    if (key_.kind.empty()) return {};
    const auto& ai = spec_.ai;
    const bool reject = ai && ai->requestGuard && ai->requestGuard->action == config::GuardAction::Reject;
    return key_.id() + "|" + std::to_string(ai && ai->requestGuard ? ai->requestGuard->matches.size() : 0) + "|" + (reject ? "r" : "m") + "|" +
           std::to_string(ai ? ai->prepend.size() : 0) + "|" + std::to_string(ai ? ai->append.size() : 0) + "|" + std::to_string(spec_.unsupported.size());
}

void PolicyForm::showPolicy(const config::ObjectKey& key, const config::TrafficPolicySpec& spec) {
    key_ = key;
    spec_ = spec;
    const auto shape = structure();
    if (shape != structure_) {
        structure_ = shape;
        rebuild();
    } else {
        refresh();
    }
}

void PolicyForm::clear() {
    key_ = {};
    spec_ = {};
    structure_.clear();
    rebuild();
}

void PolicyForm::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) rebuild();
    QScrollArea::changeEvent(event);
}

void PolicyForm::refresh() {
    for (auto& [name, update] : refreshers_) update();
}

QLabel* PolicyForm::heading(const QString& text) {
    auto* label = new QLabel(text, page_);
    label->setFont(context_.theme.strongFont());
    return label;
}

QLabel* PolicyForm::caption(const QString& text) {
    auto* label = makeCaption(context_.theme, text, page_);
    label->setWordWrap(true);
    return label;
}

void PolicyForm::rebuild() {
    auto& theme = context_.theme;
    const auto* focus = page_ ? page_->focusWidget() : nullptr;
    const auto focusName = focus && focus->hasFocus() ? focus->objectName() : QString();
    const auto typing = TypedText::of(focus);
    const int scrolled = verticalScrollBar()->value();
    refreshers_.clear();
    if (auto* old = takeWidget()) {
        // The edit that led here may come from one of these widgets: they go when its event is over, silently.
        for (auto* child : old->findChildren<QWidget*>()) child->blockSignals(true);
        old->hide();
        old->deleteLater();
    }
    page_ = new QWidget(this);
    auto* column = new QVBoxLayout(page_);
    column->setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(3), theme.gap(3));
    column->setSpacing(theme.gap(2));
    if (!key_.kind.empty()) {
        buildGuard(*column);
        column->addSpacing(theme.gap(2));
        column->addWidget(heading(tr("Enrich prompts")));
        buildMessages(*column, PromptSide::Prepend);
        buildMessages(*column, PromptSide::Append);
        buildOther(*column);
    }
    column->addStretch(1);
    page_->setEnabled(!context_.document.isReadOnly());
    setWidget(page_);
    page_->setAutoFillBackground(false);
    page_->show();
    refresh();
    if (!focusName.isEmpty())
        if (auto* again = page_->findChild<QWidget*>(focusName)) {
            again->setFocus();
            typing.into(again);
        }
    verticalScrollBar()->setValue(scrolled);
}

void PolicyForm::watch(QLineEdit* edit, std::function<Result<config::Edit>(const QString&)> prepare) {
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, prepare = std::move(prepare)] {
        if (!edit->isModified()) return;
        edit->setModified(false);
        push(prepare(edit->text()));
    });
}

void PolicyForm::watch(TextBox* box, std::function<Result<config::Edit>(const QString&)> prepare) {
    connect(box, &TextBox::committed, this, [this, prepare = std::move(prepare)](const QString& text) { push(prepare(text)); });
}

void PolicyForm::buildGuard(QVBoxLayout& column) {
    auto& theme = context_.theme;
    auto* line = new QHBoxLayout;
    line->addWidget(heading(tr("Guard prompts")));
    line->addStretch(1);
    auto* action = new SegmentedControl(theme, tr("What happens to a hit"), page_);
    action->setObjectName(QStringLiteral("guardAction"));
    action->addSegment(QStringLiteral("mask"), tr("Mask"), QStringLiteral("eye-off"));
    action->addSegment(QStringLiteral("reject"), tr("Reject"), QStringLiteral("stop"));
    const auto rejects = [this] { return spec_.ai && spec_.ai->requestGuard && spec_.ai->requestGuard->action == config::GuardAction::Reject; };
    refreshers_["action"] = [action, rejects] {
        const QSignalBlocker quiet(action);
        action->setCurrent(rejects() ? QStringLiteral("reject") : QStringLiteral("mask"));
    };
    connect(action, &SegmentedControl::currentChanged, this, [this, rejects](const QString& id) {
        const bool reject = id == QLatin1String("reject");
        if (reject != rejects()) push(edits().setReject(reject));
    });
    line->addWidget(action);
    column.addLayout(line);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(theme.gap(3));
    grid->setVerticalSpacing(theme.gap(1));
    int row = 0;
    for (const auto& builtin : kBuiltins) {
        auto* check = new QCheckBox(tr(builtin.text), page_);
        check->setObjectName(QStringLiteral("builtin:") + QLatin1String(builtin.id));
        check->setAccessibleName(tr(builtin.text));
        const std::string id = builtin.id;
        refreshers_["builtin:" + id] = [this, check, id] {
            const auto& guard = spec_.ai ? spec_.ai->requestGuard : std::optional<config::RegexGuardSpec>();
            const QSignalBlocker quiet(check);
            check->setChecked(guard && std::find(guard->builtins.begin(), guard->builtins.end(), id) != guard->builtins.end());
        };
        connect(check, &QCheckBox::clicked, this, [this, id](bool on) { push(edits().setBuiltin(id, on)); });
        grid->addWidget(check, row, 0);
        grid->addWidget(caption(QLatin1String(builtin.example)), row++, 1, Qt::AlignVCenter);
    }
    grid->setColumnStretch(1, 1);
    column.addLayout(grid);
    buildPatterns(column);
    if (rejects()) buildRejection(column);
}

void PolicyForm::showValidity(QLabel* label, const QString& pattern) {
    auto& theme = context_.theme;
    const auto problem = coreSentence(patternProblem(pattern.toStdString()));
    label->setText(problem);
    label->setVisible(!problem.isEmpty());
    setTextColor(label, theme, Token::Bad);
}

void PolicyForm::buildPatterns(QVBoxLayout& column) {
    auto& theme = context_.theme;
    auto* line = new QHBoxLayout;
    line->addWidget(caption(tr("Own patterns (RE2; case does not matter)")), 1);
    auto* add = makeTextButton(theme, QStringLiteral("add"), tr("Add pattern"), page_);
    add->setObjectName(QStringLiteral("addPattern"));
    connect(add, &QToolButton::clicked, this, [this] { push(edits().addPattern()); });
    line->addWidget(add);
    column.addLayout(line);
    const auto count = spec_.ai && spec_.ai->requestGuard ? spec_.ai->requestGuard->matches.size() : 0;
    for (std::size_t i = 0; i < count; ++i) {
        auto* row = new QHBoxLayout;
        row->setSpacing(theme.gap(2));
        auto* icon = new QLabel(page_);
        auto* name = new QLineEdit(page_);
        auto* pattern = new QLineEdit(page_);
        auto* problem = new QLabel(page_);
        name->setObjectName(QStringLiteral("patternName:%1").arg(i));
        pattern->setObjectName(QStringLiteral("pattern:%1").arg(i));
        problem->setObjectName(QStringLiteral("patternProblem:%1").arg(i));
        name->setAccessibleName(tr("Name of pattern %1").arg(i + 1));
        pattern->setAccessibleName(tr("Pattern %1").arg(i + 1));
        name->setPlaceholderText(tr("name", "placeholder: name of a pattern"));
        pattern->setFont(theme.fixedFont());
        problem->setWordWrap(true);
        problem->setTextFormat(Qt::PlainText);
        auto* remove = makeIconButton(theme, QStringLiteral("close"), tr("Remove pattern %1").arg(i + 1), page_);
        connect(remove, &QToolButton::clicked, this, [this, i] { push(edits().removePattern(i)); });
        row->addWidget(icon);
        row->addWidget(name, 2);
        row->addWidget(pattern, 5);
        row->addWidget(remove);
        column.addLayout(row);
        column.addWidget(problem);
        const auto judge = [this, icon, problem, pattern] {
            showValidity(problem, pattern->text());
            const bool ok = problem->text().isEmpty();
            auto& look = context_.theme;
            icon->setPixmap(look.icon(ok ? QStringLiteral("ok") : QStringLiteral("error"), ok ? Token::Ok : Token::Bad)
                                .pixmap(QSize(look.iconSize(), look.iconSize()), devicePixelRatioF()));
            icon->setToolTip(ok ? tr("The pattern compiles.") : problem->text());
        };
        connect(pattern, &QLineEdit::textChanged, this, judge);
        watch(name, [this, i](const QString& text) { return edits().setPattern(i, QStringLiteral("name"), text); });
        watch(pattern, [this, i](const QString& text) { return edits().setPattern(i, QStringLiteral("pattern"), text); });
        refreshers_["pattern:" + std::to_string(i)] = [this, i, name, pattern, judge] {
            const auto& rule = spec_.ai->requestGuard->matches[i];
            if (!name->isModified()) name->setText(toQString(rule.name));
            if (!pattern->isModified() && pattern->text() != toQString(rule.pattern)) {
                pattern->setText(toQString(rule.pattern));
                pattern->setCursorPosition(0);
            }
            judge();
        };
    }
}

void PolicyForm::buildRejection(QVBoxLayout& column) {
    auto& theme = context_.theme;
    column.addWidget(caption(tr("What a rejected client reads")));
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    auto* status = new QSpinBox(page_);
    status->setObjectName(QStringLiteral("rejectStatus"));
    status->setAccessibleName(tr("Status of the rejection"));
    status->setRange(kLowestStatus, kHighestStatus);
    status->setKeyboardTracking(false);
    auto* message = new TextBox(page_);
    message->setObjectName(QStringLiteral("rejectMessage"));
    message->setAccessibleName(tr("Text of the rejection"));
    row->addWidget(status, 0, Qt::AlignTop);
    row->addWidget(message, 1);
    column.addLayout(row);
    refreshers_["rejection"] = [this, status, message] {
        const QSignalBlocker quiet(status);
        status->setValue(spec_.ai->reject.statusCode);
        message->show(TextBox::withoutEnd(spec_.ai->reject.message));
    };
    connect(status, &QSpinBox::valueChanged, this, [this](int value) { push(edits().setRejectStatus(value)); });
    watch(message, [this](const QString& text) { return edits().setRejectMessage(TextBox::withEndOf(spec_.ai->reject.message, text)); });
}

void PolicyForm::buildMessages(QVBoxLayout& column, PromptSide side) {
    auto& theme = context_.theme;
    const bool before = side == PromptSide::Prepend;
    auto* line = new QHBoxLayout;
    line->addWidget(caption(before ? tr("Before the client's messages") : tr("After the client's messages")), 1);
    auto* add = makeTextButton(theme, QStringLiteral("add"), tr("Add message"), page_);
    add->setObjectName(before ? QStringLiteral("addPrepend") : QStringLiteral("addAppend"));
    add->setAccessibleName(before ? tr("Add a message before the client's messages") : tr("Add a message after the client's messages"));
    connect(add, &QToolButton::clicked, this, [this, side] { push(edits().addMessage(side)); });
    line->addWidget(add);
    column.addLayout(line);
    const auto list = [this, before]() -> const std::vector<config::PromptMessage>& {
        static const std::vector<config::PromptMessage> none;
        return !spec_.ai ? none : before ? spec_.ai->prepend : spec_.ai->append;
    };
    const auto name = before ? QStringLiteral("prepend") : QStringLiteral("append");
    for (std::size_t i = 0; i < list().size(); ++i) {
        auto* row = new QHBoxLayout;
        row->setSpacing(theme.gap(2));
        auto* role = new QComboBox(page_);
        role->setObjectName(QStringLiteral("role:%1:%2").arg(name).arg(i));
        role->setAccessibleName(tr("Role of message %1").arg(i + 1));
        role->addItems({QStringLiteral("system"), QStringLiteral("user"), QStringLiteral("assistant"), QStringLiteral("developer")});
        auto* content = new TextBox(page_);
        content->setObjectName(QStringLiteral("content:%1:%2").arg(name).arg(i));
        content->setAccessibleName(tr("Text of message %1").arg(i + 1));
        auto* remove = makeIconButton(theme, QStringLiteral("close"), tr("Remove message %1").arg(i + 1), page_);
        row->addWidget(role, 0, Qt::AlignTop);
        row->addWidget(content, 1);
        row->addWidget(remove, 0, Qt::AlignTop);
        column.addLayout(row);
        connect(role, &QComboBox::activated, this, [this, side, i, role] { push(edits().setMessage(side, i, QStringLiteral("role"), role->currentText())); });
        connect(remove, &QToolButton::clicked, this, [this, side, i] { push(edits().removeMessage(side, i)); });
        watch(content, [this, side, i, list](const QString& text) { return edits().setMessage(side, i, QStringLiteral("content"), TextBox::withEndOf(list()[i].content, text)); });
        refreshers_[name.toStdString() + std::to_string(i)] = [i, list, role, content] {
            const auto& message = list()[i];
            const auto text = toQString(message.role).toLower();
            if (role->findText(text) < 0) role->addItem(text);
            role->setCurrentText(text);
            content->show(TextBox::withoutEnd(message.content));
        };
    }
}

void PolicyForm::buildOther(QVBoxLayout& column) {
    auto& theme = context_.theme;
    column.addSpacing(theme.gap(2));
    auto* line = new QHBoxLayout;
    QStringList others;
    for (const auto& field : spec_.unsupported) others << toQString(field);
    line->addWidget(caption(others.isEmpty() ? tr("Targets and every other field stand in the whole form.") : tr("Also set, kept and exported, but not run here: %1").arg(others.join(QStringLiteral(", ")))), 1);
    auto* all = makeTextButton(theme, QStringLiteral("form"), tr("All fields"), page_);
    all->setObjectName(QStringLiteral("allFields"));
    connect(all, &QToolButton::clicked, this, &PolicyForm::allFieldsWanted);
    line->addWidget(all);
    column.addLayout(line);
}

}  // namespace gatehouse::ui
