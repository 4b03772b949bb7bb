#include "providers/add_provider_panel.h"

#include "bridge/workspace_document.h"
#include "editors/templates.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/view.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

AddProviderPanel::AddProviderPanel(ViewContext& context, QWidget* parent) : Card(context.theme, {}, parent), context_(context) {
    auto& theme = context.theme;
    auto* column = content();
    const auto field = [&](const char* label, QWidget* edit, const char* name, std::optional<DraftField> problem) {
        auto* caption = new QLabel(this);
        caption->setFont(theme.captionFont());
        setMuted(caption, theme);
        caption->setBuddy(edit);
        labels_.emplace_back(caption, label);
        edit->setObjectName(QLatin1String(name));
        column->addWidget(caption);
        column->addWidget(edit);
        if (!problem) return;
        auto* error = new QLabel(this);
        error->setWordWrap(true);
        error->setObjectName(QLatin1String(name) + QStringLiteral("Error"));
        setTextColor(error, theme, Token::Bad);
        error->hide();
        errors_[*problem] = error;
        column->addWidget(error);
    };
    name_ = new QLineEdit(this);
    url_ = new QLineEdit(this);
    model_ = new QLineEdit(this);
    secret_ = new QComboBox(this);
    secret_->setEditable(true);
    environment_ = new QLineEdit(this);
    dialect_ = new QComboBox(this);
    dialect_->addItems({QStringLiteral("kgateway"), QStringLiteral("agentgateway")});
    field(QT_TR_NOOP("Name"), name_, "providerName", DraftField::Name);
    field(QT_TR_NOOP("Base URL"), url_, "providerUrl", DraftField::BaseUrl);
    field(QT_TR_NOOP("Model (empty keeps the client's)"), model_, "providerModel", std::nullopt);
    field(QT_TR_NOOP("Secret with the key (empty passes the client's key on)"), secret_, "providerSecret", DraftField::Secret);
    field(QT_TR_NOOP("Environment variable, for a new Secret"), environment_, "providerEnvironment", DraftField::Environment);
    field(QT_TR_NOOP("Written for"), dialect_, "providerDialect", std::nullopt);
    note_ = new QLabel(this);
    note_->setWordWrap(true);
    note_->setFont(theme.captionFont());
    setMuted(note_, theme);
    column->addWidget(note_);
    column->addStretch(1);
    auto* buttons = new QHBoxLayout;
    add_ = new QPushButton(this);
    add_->setObjectName(QStringLiteral("providerAdd"));
    makePrimary(add_);
    cancel_ = new QPushButton(this);
    buttons->addStretch(1);
    buttons->addWidget(cancel_);
    buttons->addWidget(add_);
    column->addLayout(buttons);
    for (auto* edit : {name_, url_, model_, environment_}) {
        connect(edit, &QLineEdit::textChanged, this, [this] { check(complain_); });
        connect(edit, &QLineEdit::returnPressed, this, &AddProviderPanel::submit);
    }
    connect(dialect_, &QComboBox::currentIndexChanged, this, [this] { check(complain_); });
    connect(secret_, &QComboBox::editTextChanged, this, [this] { check(complain_); });
    connect(add_, &QPushButton::clicked, this, &AddProviderPanel::submit);
    connect(cancel_, &QPushButton::clicked, this, &AddProviderPanel::cancelled);
    url_->setPlaceholderText(QStringLiteral("https://api.openai.com/v1"));
    environment_->setPlaceholderText(QStringLiteral("OPENAI_API_KEY"));
    retranslate();
}

void AddProviderPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Card::changeEvent(event);
}

void AddProviderPanel::retranslate() {
    setTitle(tr("New LLM provider"));
    for (const auto& [label, text] : labels_) {
        label->setText(tr(text));
        if (label->buddy()) label->buddy()->setAccessibleName(tr(text));
    }
    note_->setText(tr("Any server that speaks the OpenAI API. The key is never asked for: a Secret refers to it."));
    add_->setText(tr("Add provider"));
    cancel_->setText(tr("Cancel"));
}

void AddProviderPanel::begin() {
    complain_ = false;
    for (auto* edit : {name_, url_, model_, environment_}) edit->clear();
    secret_->clear();
    const auto set = context_.document.objects();
    const auto ns = usualNamespace(*set);
    secret_->addItem(QString());
    for (const auto* object : set->ofKind("Secret"))
        if (object->key.ns == ns) secret_->addItem(QString::fromStdString(object->key.name));
    check(false);
    name_->setFocus();
}

ProviderDraft AddProviderPanel::draft() const {
    return {name_->text().trimmed(), url_->text().trimmed(), model_->text().trimmed(), secret_->currentText().trimmed(), environment_->text().trimmed(), dialect_->currentIndex() == 1};
}

void AddProviderPanel::check(bool all) {
    const auto set = context_.document.objects();
    const auto problems = checkDraft(draft(), *set, usualNamespace(*set));
    for (auto& [field, label] : errors_) {
        QString sentence;
        for (const auto& problem : problems)
            if (problem.field == field) sentence = problem.sentence;
        label->setText(sentence);
        label->setVisible(all && !sentence.isEmpty());
    }
    const auto secretName = draft().secret.toStdString();
    environment_->setEnabled(!secretName.empty() && !set->find("Secret", usualNamespace(*set), secretName));
}

void AddProviderPanel::submit() {
    complain_ = true;
    check(true);
    const auto set = context_.document.objects();
    if (checkDraft(draft(), *set, usualNamespace(*set)).empty()) emit submitted(draft());
}

}  // namespace gatehouse::ui
