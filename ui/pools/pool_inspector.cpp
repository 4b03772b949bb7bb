#include "pools/pool_inspector.h"

#include "widgets/buttons.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {

PoolInspector::PoolInspector(Theme& theme, QWidget* parent) : InspectorPanel(theme, tr("Pool and pod"), parent), theme_(theme) {
    setObjectName(QStringLiteral("poolInspector"));
    decision_ = makeTextButton(theme, QStringLiteral("wand"), {}, this);
    decision_->setObjectName(QStringLiteral("lastDecision"));
    auto* row = new QHBoxLayout;
    edit_ = makeTextButton(theme, QStringLiteral("edit"), {}, this);
    edit_->setObjectName(QStringLiteral("editPool"));
    row->addWidget(edit_);
    row->addWidget(decision_);
    row->addStretch(1);
    header()->addLayout(row);
    connect(decision_, &QToolButton::clicked, this, &PoolInspector::decisionWanted);
    connect(edit_, &QToolButton::clicked, this, [this] { emit editWanted(opens_); });
    retranslate();
}

void PoolInspector::retranslate() {
    decision_->setText(tr("Last decision", "button: why the last request went where it went"));
    edit_->setText(tr("Edit the pool", "button: opens its object in the editor"));
    facts_.clear();
}

void PoolInspector::setDecisionEnabled(bool enabled, const QString& tip) {
    decision_->setEnabled(enabled);
    decision_->setToolTip(tip);
}

bool PoolInspector::sameRows(const std::vector<PoolFact>& facts) const {
    return std::equal(facts.begin(), facts.end(), facts_.begin(), facts_.end(),
                      [](const PoolFact& a, const PoolFact& b) { return a.section == b.section && a.label == b.label && a.style == b.style && a.opens == b.opens; });
}

void PoolInspector::show(const QString& heading, const QString& caption, const QString& opens, std::vector<PoolFact> facts) {
    setHeading(heading, caption);
    const bool same = !facts_.empty() && opens_ == opens && sameRows(facts);
    opens_ = opens;
    edit_->setVisible(!opens.isEmpty());
    const auto before = std::move(facts_);
    facts_ = std::move(facts);
    if (!same) return build();
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        if (before[i].value == facts_[i].value) continue;
        values_[i]->setText(facts_[i].value);
        values_[i]->setAccessibleName(QStringLiteral("%1: %2").arg(facts_[i].label, facts_[i].value));
    }
}

void PoolInspector::build() {
    clear();
    values_.clear();
    QString section;
    for (std::size_t i = 0; i < facts_.size(); ++i) {
        const auto& fact = facts_[i];
        if (i == 0 || fact.section != section) addSection(section = fact.section);
        const auto style = fact.style == PoolFact::Style::Fixed ? Style::Fixed : fact.style == PoolFact::Style::Number ? Style::Number : Style::Plain;
        values_.push_back(addRow(fact.label, fact.value, style));
        values_.back()->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        const bool last = i + 1 == facts_.size() || facts_[i + 1].section != section;
        if (!last || fact.opens.isEmpty() || !opens_.isEmpty()) continue;
        auto* edit = makeTextButton(theme_, QStringLiteral("edit"), tr("Edit the pool", "button: opens its object in the editor"), this);
        edit->setObjectName(QStringLiteral("editShownPool"));
        connect(edit, &QToolButton::clicked, this, [this, id = fact.opens] { emit editWanted(id); });
        addWidget(edit);
    }
}

}  // namespace gatehouse::ui
