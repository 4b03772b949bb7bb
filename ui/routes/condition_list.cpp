#include "routes/condition_list.h"

#include "theme/theme.h"
#include "widgets/data_table.h"

#include <QCoreApplication>

#include <algorithm>

namespace gatehouse::ui {

std::vector<ConditionRow> conditionRows(const config::ObjectStatus& status) {
    std::vector<ConditionRow> rows;
    const auto add = [&](const QString& scope, const std::vector<config::Condition>& conditions) {
        for (const auto& condition : conditions) {
            // Types that tell of trouble when they are True.
            const bool negative = condition.type == "Conflicted" || condition.type == "OverlappingTLSConfig" || condition.type == "PartiallyInvalid";
            rows.push_back({scope, QString::fromStdString(condition.type), condition.status, condition.status != negative,
                            QString::fromStdString(condition.reason), QString::fromStdString(condition.message)});
        }
    };
    add({}, status.conditions);
    for (const auto& listener : status.listeners)
        add(QCoreApplication::translate("ConditionList", "Listener %1", "scope of a condition").arg(QString::fromStdString(listener.name)), listener.conditions);
    for (const auto& parent : status.parents) add(QString::fromStdString(parent.parent), parent.conditions);
    return rows;
}

ConditionList::ConditionList(Theme& theme, QWidget* parent) : QTreeWidget(parent), theme_(theme) {
    setObjectName(QStringLiteral("conditions"));
    setProperty("bare", true);
    setColumnCount(4);
    setHeaderLabels({tr("Condition", "column"), tr("Of", "column: what the condition is about"), tr("Reason", "column"), tr("Message", "column")});
    setUpTree(this, theme, tr("Status conditions"), QStringLiteral("routes/conditions"));
    setRootIsDecorated(false);
    setColumnCharacters(this, {20, 20, 18, 0});
    setTextElideMode(Qt::ElideRight);
}

void ConditionList::setRows(std::vector<ConditionRow> rows) {
    const auto same = [](const ConditionRow& a, const ConditionRow& b) {
        return a.scope == b.scope && a.type == b.type && a.status == b.status && a.reason == b.reason && a.message == b.message;
    };
    if (topLevelItemCount() > 0 && std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(), same)) return;
    rows_ = std::move(rows);
    clear();
    for (const auto& row : rows_) {
        auto* item = new QTreeWidgetItem(this);
        item->setText(0, row.status ? tr("%1: True").arg(row.type) : tr("%1: False").arg(row.type));
        item->setIcon(0, theme_.icon(row.good ? QStringLiteral("ok") : QStringLiteral("error"), row.good ? Token::Ok : Token::Bad));
        item->setText(1, row.scope);
        item->setText(2, row.reason);
        item->setText(3, row.message);
        item->setToolTip(3, row.message);
        if (!row.good) item->setData(2, kStatusTokenRole, static_cast<int>(Token::Bad));
    }
}

}  // namespace gatehouse::ui
