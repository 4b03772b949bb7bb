#include "routes/condition_list.h"

#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"

#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace gatehouse::ui {
namespace {

enum Column { Condition, Status, Scope, Reason, Message, Generation, ColumnCount };

/// Types that tell of trouble when they are True.
constexpr std::array<std::string_view, 3> kNegative = {"Conflicted", "OverlappingTLSConfig", "PartiallyInvalid"};

QString toQString(const std::string& text) { return QString::fromStdString(text); }

QString joined(const std::vector<std::string>& texts) {
    QStringList out;
    for (const auto& text : texts) out << toQString(text);
    return out.join(QStringLiteral(", "));
}

/// Context of the rows' texts.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ConditionRows)
};

}  // namespace

bool isGoodCondition(const config::Condition& condition) {
    const bool negative = std::find(kNegative.begin(), kNegative.end(), condition.type) != kNegative.end();
    return condition.status != negative;
}

std::vector<ConditionRow> conditionRows(const config::ObjectStatus& status) {
    std::vector<ConditionRow> rows;
    const auto add = [&](const QString& scope, const std::vector<config::Condition>& conditions) {
        for (const auto& condition : conditions)
            rows.push_back({scope, toQString(condition.type), condition.status, isGoodCondition(condition), condition.observedGeneration,
                            toQString(condition.reason), coreSentence(condition.message)});
    };
    const auto fact = [&](const QString& scope, const QString& text) {
        ConditionRow row;
        row.scope = scope;
        row.good = true;
        row.message = text;
        rows.push_back(std::move(row));
    };
    add({}, status.conditions);
    if (!status.addresses.empty()) {
        std::vector<std::string> addresses;
        for (const auto& address : status.addresses) addresses.push_back(address.second);
        fact({}, Words::tr("Addresses: %1").arg(joined(addresses)));
    }
    if (status.attachedListenerSets)
        fact({}, Words::tr("%n listener set(s) attached.", nullptr, *status.attachedListenerSets));
    if (!status.supportedFeatures.empty()) fact({}, Words::tr("Supported features: %1").arg(joined(status.supportedFeatures)));
    for (const auto& listener : status.listeners) {
        const auto scope = Words::tr("Listener %1", "scope of a condition").arg(toQString(listener.name));
        add(scope, listener.conditions);
        auto text = Words::tr("%n route(s) attached.", nullptr, listener.attachedRoutes);
        if (!listener.supportedKinds.empty()) text += QLatin1Char(' ') + Words::tr("Takes %1.", "%1 kinds of routes").arg(joined(listener.supportedKinds));
        fact(scope, text);
    }
    for (const auto& parent : status.parents) {
        add(toQString(parent.parent), parent.conditions);
        if (!parent.controllerName.empty())
            fact(toQString(parent.parent), Words::tr("Written by controller %1.", "%1 a name such as kgateway.dev/kgateway").arg(toQString(parent.controllerName)));
    }
    return rows;
}

ConditionList::ConditionList(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme), list_(new QTreeWidget(this)), sentence_(new QLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    list_->setObjectName(QStringLiteral("conditions"));
    list_->setProperty("bare", true);
    list_->setColumnCount(ColumnCount);
    setUpTree(list_, theme, {}, QStringLiteral("routes/conditions"));
    list_->setRootIsDecorated(false);
    setColumnCharacters(list_, {17, 5, 13, 17, 0, 4});
    list_->setTextElideMode(Qt::ElideRight);
    sentence_->setObjectName(QStringLiteral("conditionSentence"));
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::PlainText);
    sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(list_, 1);
    column->addWidget(sentence_);
    const auto look = [this, column] {
        column->setSpacing(theme_.gap(1));
        sentence_->setContentsMargins(theme_.gap(3), theme_.gap(1), theme_.gap(3), theme_.gap(2));
    };
    look();
    connect(&theme_, &Theme::changed, this, [this, look] {
        look();
        fill();
    });
    connect(list_, &QTreeWidget::currentItemChanged, this, &ConditionList::showSentence);
    retranslate();
}

void ConditionList::retranslate() {
    list_->setAccessibleName(tr("Status conditions"));
    list_->setHeaderLabels({tr("Condition", "column"), tr("Status", "column of a condition: True or False"), tr("Of", "column: what the condition is about"),
                            tr("Reason", "column"), tr("Message", "column"), tr("Gen.", "column, short: generation of the object that was looked at")});
    fill();
}

void ConditionList::setRows(std::vector<ConditionRow> rows, const QString& none) {
    if (rows == rows_ && none == none_ && (!rows.empty() || !sentence_->text().isEmpty())) return;
    rows_ = std::move(rows);
    none_ = none;
    fill();
}

void ConditionList::fill() {
    const auto* before = list_->currentItem();
    const auto kept = before ? before->text(Condition) + before->text(Scope) : QString();
    list_->clear();
    QTreeWidgetItem *same = nullptr, *firstBad = nullptr;
    for (const auto& row : rows_) {
        auto* item = new QTreeWidgetItem(list_);
        const bool fact = row.type.isEmpty();
        item->setText(Condition, fact ? tr("Fact", "row beside the conditions") : row.type);
        item->setIcon(Condition, fact ? theme_.icon(QStringLiteral("info"), Token::Muted)
                                      : theme_.icon(row.good ? QStringLiteral("ok") : QStringLiteral("error"), row.good ? Token::Ok : Token::Bad));
        // True and False are values of the API, the same in every language.
        if (!fact) item->setText(Status, row.status ? QStringLiteral("True") : QStringLiteral("False"));
        item->setText(Scope, row.scope.isEmpty() ? tr("the object", "what a condition is about") : row.scope);
        item->setText(Reason, row.reason);
        item->setText(Message, row.message);
        item->setToolTip(Message, row.message);
        item->setToolTip(Status, row.good ? tr("As wished") : tr("Not as wished"));
        if (!fact) item->setText(Generation, QLocale().toString(row.generation));
        item->setTextAlignment(Generation, Qt::AlignRight | Qt::AlignVCenter);
        item->setToolTip(Generation, tr("Generation of the object that this was computed for"));
        if (!row.good)
            for (const int column : {Status, Reason}) item->setData(column, kStatusTokenRole, static_cast<int>(Token::Bad));
        if (!same && item->text(Condition) + item->text(Scope) == kept) same = item;
        if (!firstBad && !row.good) firstBad = item;
    }
    auto* chosen = same ? same : firstBad ? firstBad : list_->topLevelItem(0);
    if (chosen) list_->setCurrentItem(chosen);
    showSentence();
}

void ConditionList::showSentence() {
    const auto* item = list_->currentItem();
    list_->setVisible(!rows_.empty());
    const auto row = item ? list_->indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(item)) : -1;
    const bool bad = row >= 0 && row < static_cast<int>(rows_.size()) && !rows_[static_cast<std::size_t>(row)].good;
    sentence_->setText(item ? item->text(Message) : none_);
    setTextColor(sentence_, theme_, bad ? Token::Bad : item ? Token::Text : Token::Muted);
}

}  // namespace gatehouse::ui
