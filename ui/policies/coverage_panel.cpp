#include "policies/coverage_panel.h"

#include "models/core_sentence.h"
#include "policies/prompt_trial.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/view.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CoveragePanel)
};

QString joined(const std::vector<std::string>& names) {
    QStringList out;
    for (const auto& name : names) out << QString::fromStdString(name);
    return out.join(QStringLiteral(", "));
}

}  // namespace

QString coverageText(const llm::CoverageCell& cell) {
    switch (cell.state) {
        case llm::Coverage::Inspected:
            return cell.passedBy.empty() ? Words::tr("Inspected by %1.").arg(joined(cell.guards))
                                         : Words::tr("Inspected by %1, not by %2.").arg(joined(cell.guards), joined(cell.passedBy));
        case llm::Coverage::NotInspected: return Words::tr("Not inspected: it passes every guard of this policy.");
        case llm::Coverage::Refused: return Words::tr("Refused with 400: a body that guards cannot read does not pass.");
        default: return Words::tr("This API has no such text.");
    }
}

CoveragePanel::CoveragePanel(ViewContext& context, QWidget* parent) : Card(context.theme, {}, parent), context_(context) {
    auto& theme = context.theme;
    setEdgeToEdge(true);
    grid_ = new QTreeWidget(this);
    grid_->setObjectName(QStringLiteral("coverageGrid"));
    grid_->setProperty("bare", true);
    grid_->setColumnCount(1 + static_cast<int>(llm::kCoverageColumns));
    setUpTree(grid_, theme, {}, QStringLiteral("policies/coverage"));
    grid_->setRootIsDecorated(false);
    setColumnCharacters(grid_, {0, 8, 9, 8, 8, 8, 8, 8, 8});
    legend_ = makeCaption(theme, {}, this);
    legend_->setWordWrap(true);
    legend_->setContentsMargins(theme.gap(3), theme.gap(1), theme.gap(3), theme.gap(2));
    content()->addWidget(grid_, 1);
    content()->addWidget(legend_);
    connect(&theme, &Theme::changed, this, &CoveragePanel::showGrid);
    retranslate();
}

void CoveragePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Card::changeEvent(event);
}

void CoveragePanel::retranslate() {
    setTitle(tr("Guard coverage"));
    setCaption(tr("by the code that serves requests"));
    grid_->setAccessibleName(tr("What guards look at, by API and kind of text"));
    grid_->setHeaderLabels({tr("API", "column"), tr("System", "column: the system prompt, short"), tr("Messages", "column"), tr("Calls", "column: of tools, short"),
                            tr("Results", "column: of tools, short"), tr("Answer", "column"), tr("Its calls", "column: tool calls of an answer, short"), tr("Stream", "column"),
                            tr("Its calls", "column: tool calls of a stream, short")});
    const QString whole[] = {{}, tr("System prompt"), tr("Messages", "column"), tr("Tool calls"), tr("Tool results"), tr("Answer", "column"), tr("Answer's tool calls"), tr("Stream", "column"), tr("Stream's tool calls")};
    for (int i = 1; i <= static_cast<int>(llm::kCoverageColumns); ++i) grid_->headerItem()->setToolTip(i, whole[i]);
    legend_->setText(legendText());
    showGrid();
}

void CoveragePanel::setPolicy(const CompiledPolicy& policy) {
    rows_.clear();
    if (!policy || *policy) rows_ = llm::guardCoverage(policy ? **policy : llm::LlmPolicy{});
    legend_->setText(policy && !*policy ? coreSentence(policy->error().message) : legendText());
    showGrid();
}

QString CoveragePanel::legendText() {
    return tr("Services are sent texts alone; numbers and names of fields in a tool's arguments are looked at by patterns only. Pictures and sound are looked at by nobody.");
}

void CoveragePanel::showGrid() {
    auto& theme = context_.theme;
    grid_->clear();
    QList<QTreeWidgetItem*> items;
    for (const auto& row : rows_) {
        auto* item = new QTreeWidgetItem;
        item->setText(0, QString::fromStdString(row.path));
        item->setData(0, kFixedFontRole, true);
        item->setToolTip(0, QString::fromStdString(row.path) + (row.note.empty() ? QString() : QLatin1Char('\n') + coreSentence(row.note)));
        for (std::size_t i = 0; i < llm::kCoverageColumns; ++i) {
            const auto& cell = row.cells[i];
            const int column = static_cast<int>(i) + 1;
            item->setToolTip(column, coverageText(cell));
            item->setData(column, Qt::AccessibleTextRole, coverageText(cell));
            switch (cell.state) {
                case llm::Coverage::Inspected:
                    item->setText(column, tr("seen", "short: of a text, by a guard"));
                    item->setIcon(column, theme.icon(QStringLiteral("ok"), Token::Ok));
                    break;
                case llm::Coverage::NotInspected:
                    item->setText(column, tr("unseen", "short: of a text, by any guard"));
                    item->setIcon(column, theme.icon(QStringLiteral("warning"), Token::Warn));
                    break;
                case llm::Coverage::Refused:
                    item->setText(column, tr("refused", "short"));
                    item->setIcon(column, theme.icon(QStringLiteral("stop"), Token::Muted));
                    break;
                default: item->setText(column, QStringLiteral("–"));
            }
        }
        items << item;
    }
    grid_->addTopLevelItems(items);
}

}  // namespace gatehouse::ui
