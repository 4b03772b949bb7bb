#include "editors/object_editor.h"

#include "bridge/workspace_document.h"
#include "config/schema.h"
#include "editors/object_text.h"
#include "editors/object_text_pane.h"
#include "editors/schema_form.h"
#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/view.h"

#include <QEvent>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

/// Units of space: the least that a form and a text need, and from where on both stand side by side.
constexpr int kFormUnits = 60;
constexpr int kTextUnits = 50;
constexpr int kBesideUnits = 140;
constexpr int kHelpUnits = 52;

/// "integer, 1 to 65535, 80 by default".
QString constraintsOf(const config::FieldSpec& spec) {
    using config::FieldType;
    QStringList parts;
    switch (spec.type) {
        case FieldType::Integer: parts << ObjectEditor::tr("integer"); break;
        case FieldType::Boolean: parts << ObjectEditor::tr("true or false"); break;
        case FieldType::Duration: parts << ObjectEditor::tr("duration such as 500ms or 1m30s"); break;
        case FieldType::Quantity: parts << ObjectEditor::tr("quantity such as 512Mi"); break;
        case FieldType::Enum: {
            QStringList values;
            for (const auto& value : spec.enumValues) values << QString::fromStdString(value);
            parts << values.join(QStringLiteral(" | "));
            break;
        }
        default: break;
    }
    if (spec.minimum && spec.maximum) parts << ObjectEditor::tr("%1 to %2").arg(*spec.minimum).arg(*spec.maximum);
    else if (spec.minimum) parts << ObjectEditor::tr("at least %1").arg(*spec.minimum);
    else if (spec.maximum) parts << ObjectEditor::tr("at most %1").arg(*spec.maximum);
    if (spec.required) parts << ObjectEditor::tr("required");
    if (!spec.defaultValue.empty()) parts << ObjectEditor::tr("%1 by default").arg(QString::fromStdString(spec.defaultValue));
    return parts.join(QStringLiteral(", "));
}

}  // namespace

ObjectEditor::ObjectEditor(ViewContext& context, WorkspaceFacts& facts, const QString& settingsKey, QWidget* parent)
    : QWidget(parent), context_(context), facts_(facts) {
    auto& theme = context.theme;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    pane_ = new SegmentedControl(theme, {}, this);
    pane_->setObjectName(QStringLiteral("editorPane"));
    pane_->addSegment(QStringLiteral("form"), {});
    pane_->addSegment(QStringLiteral("yaml"), {});
    pane_->hide();
    layout->addWidget(pane_, 0, Qt::AlignLeft);
    splitter_ = new QSplitter(Qt::Horizontal, this);
    layout->addWidget(splitter_, 1);
    connect(pane_, &SegmentedControl::currentChanged, this, [this] {
        text_->commit();
        arrange();
    });
    formCard_ = new Card(theme, {}, splitter_);
    formCard_->setEdgeToEdge(true);
    form_ = new SchemaForm(theme, context.document, formCard_);
    formCard_->content()->addWidget(form_, 1);
    help_ = new QWidget(formCard_);
    auto* helpLayout = new QVBoxLayout(help_);
    helpPath_ = new QLabel(help_);
    helpText_ = new QLabel(help_);
    helpText_->setObjectName(QStringLiteral("fieldHelp"));
    helpText_->setWordWrap(true);
    helpText_->setTextFormat(Qt::PlainText);
    helpLayout->addWidget(helpPath_);
    helpLayout->addWidget(helpText_);
    formCard_->content()->addWidget(help_);
    textCard_ = new Card(theme, {}, splitter_);
    textCard_->setEdgeToEdge(true);
    text_ = new ObjectTextPane(theme, context.document, facts, textCard_);
    textCard_->content()->addWidget(text_, 1);
    keepSplitter(splitter_, settingsKey, {61, 39});
    const auto applyTheme = [this, &theme, layout, helpLayout] {
        layout->setSpacing(theme.gap(2));
        helpLayout->setContentsMargins(theme.gap(3), theme.gap(1), theme.gap(3), theme.gap(2));
        helpLayout->setSpacing(theme.unit() / 2);
        helpText_->setFont(theme.captionFont());
        setMuted(helpText_, theme);
        formCard_->setMinimumWidth(theme.gap(kFormUnits));
        textCard_->setMinimumWidth(theme.gap(kTextUnits));
        showHelp(helped_);
        arrange();
        // Two lines always, so that the form does not jump when the focus moves.
        helpText_->setMinimumHeight(helpText_->fontMetrics().lineSpacing() * 2);
        helpText_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    };
    connect(&theme, &Theme::changed, this, applyTheme);
    applyTheme();
    factsUpdated_ = connect(&facts_, &WorkspaceFacts::updated, this, &ObjectEditor::follow);
    connect(form_, &SchemaForm::fieldFocused, this, [this](const config::FieldPath& path) {
        form_->highlightField(path, false);
        text_->highlightField(path, true);
        showHelp(path);
        emit fieldEntered(path);
    });
    connect(form_, &SchemaForm::editFailed, this, &ObjectEditor::editFailed);
    connect(text_, &ObjectTextPane::caretInField, this, [this](const config::FieldPath& path) {
        if (!text_->editor().textWidget()->hasFocus()) return;
        text_->highlightField(path, false);
        form_->highlightField(path, true);
        showHelp(path);
        emit fieldEntered(path);
    });
    connect(text_, &ObjectTextPane::objectRenamed, this, [this](const config::ObjectKey& from, const config::ObjectKey& to) {
        object_ = to;
        follow();
        emit objectRenamed(from, to);
    });
    retranslate();
    clear();
}

ObjectEditor::~ObjectEditor() {
    // A pane that loses the focus as it goes would hand over what is typed, and the news of that would come back to what is half gone. The facts
    // may be gone already.
    text_->editor().disconnect(text_);
    QObject::disconnect(factsUpdated_);
}

void ObjectEditor::showObject(const config::ObjectKey& object, const config::FieldPath& at) {
    object_ = object;
    text_->showObject(object);
    follow();
    text_->highlightField(at, true);
    if (!at.empty()) form_->highlightField(at, true);
    showHelp(at);
}

void ObjectEditor::showFile(const std::string& file, std::size_t at) {
    object_ = {};
    form_->clear();
    hasForm_ = false;
    arrange();
    text_->showFile(file);
    if (at > 0) text_->editor().setCaret(at);
    textCard_->setTitle(QString::fromStdString(file));
    textCard_->setCaption({});
}

void ObjectEditor::clear() {
    object_ = {};
    form_->clear();
    text_->clear();
    textCard_->setCaption({});
    showHelp({});
}

void ObjectEditor::follow() {
    if (object_.kind.empty()) return;
    const auto set = facts_.objects();
    const auto* object = set ? set->find(object_) : nullptr;
    if (!object) {
        // Undo of a rename takes the object away under its new name; the view chooses what to show then.
        form_->clear();
        return;
    }
    hasForm_ = object->schema != nullptr;
    arrange();
    form_->showObject(*set, object_, facts_.of(object_));
    textCard_->setTitle(tr("YAML"));
    textCard_->setCaption(object->schema ? tr("%1, line %2").arg(QString::fromStdString(object->where.file)).arg(object->where.line)
                                         : tr("%1, line %2: Gatehouse keeps this kind as it is written").arg(QString::fromStdString(object->where.file)).arg(object->where.line));
}

void ObjectEditor::showHelp(const config::FieldPath& path) {
    helped_ = path;
    const auto set = facts_.objects();
    const auto* object = set ? set->find(object_) : nullptr;
    const auto* spec = object && object->schema ? specAt(object->schema->root, path) : nullptr;
    if (!spec || path.empty()) {
        helpPath_->setFont(context_.theme.bodyFont());
        helpPath_->setText(tr("Help"));
        helpPath_->setToolTip({});
        helpText_->setText(tr("Choose a field to see what it does. Every change is live at once and can be undone."));
        return;
    }
    helpPath_->setFont(context_.theme.fixedFont());
    helpPath_->setText(helpPath_->fontMetrics().elidedText(QString::fromStdString(path.toString()), Qt::ElideLeft, std::max(help_->width() - context_.theme.gap(6), context_.theme.gap(30))));
    helpPath_->setToolTip(QString::fromStdString(path.toString()));
    const auto constraints = constraintsOf(*spec);
    const auto help = coreSentence(spec->help);
    helpText_->setText(constraints.isEmpty() ? help : help.isEmpty() ? constraints : tr("%1 (%2)").arg(help, constraints));
}

QSize ObjectEditor::minimumSizeHint() const {
    const auto least = QWidget::minimumSizeHint();
    return {context_.theme.gap(std::max(kFormUnits, kTextUnits)), least.height()};
}

void ObjectEditor::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

/// Side by side, or in a narrow editor one of both.
void ObjectEditor::arrange() {
    const bool narrow = hasForm_ && width() < context_.theme.gap(kBesideUnits);
    pane_->setVisible(narrow);
    formCard_->setVisible(hasForm_ && (!narrow || pane_->current() == QLatin1String("form")));
    textCard_->setVisible(!narrow || pane_->current() == QLatin1String("yaml"));
    // In a low editor the fields come first; their help is on hover.
    help_->setVisible(height() >= context_.theme.gap(kHelpUnits));
}

void ObjectEditor::showPane(const QString& id) {
    if (!pane_->isHidden()) pane_->setCurrent(id);
}

void ObjectEditor::goTo(const config::FieldPath& path) {
    showPane(QStringLiteral("form"));
    text_->highlightField(path, true);
    form_->focusField(path);
    showHelp(path);
}

void ObjectEditor::applyFix(const config::Diagnostic& diagnostic) {
    if (!diagnostic.fix || !context_.document.isOpen()) return;
    const auto done = context_.document.push(FormEdits(context_.document.workspace(), diagnostic.object).applyFix(*diagnostic.fix));
    if (!done) emit editFailed(coreSentence(done.error().message));
}

void ObjectEditor::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void ObjectEditor::retranslate() {
    formCard_->setTitle(tr("Form"));
    textCard_->setTitle(tr("YAML"));
    pane_->setAccessibleName(tr("Shown pane"));
    pane_->setSegmentText(QStringLiteral("form"), tr("Form"));
    pane_->setSegmentText(QStringLiteral("yaml"), tr("YAML"));
    showHelp(helped_);
}

}  // namespace gatehouse::ui
