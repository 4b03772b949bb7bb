#include "policies/bench_panel.h"

#include "charts/report_table.h"
#include "models/core_sentence.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/view.h"

#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeWidget>

namespace gatehouse::ui {
namespace {

constexpr qint64 kLargest = 64LL * 1024 * 1024;
constexpr std::size_t kMostProblems = 3;

QString word(const char* text) { return *text != '\0' ? QCoreApplication::translate("GuardBench", text) : QString(); }

}  // namespace

BenchPanel::BenchPanel(ViewContext& context, MessageBar& messages, QWidget* parent) : Card(context.theme, {}, parent), context_(context), messages_(messages) {
    auto& theme = context.theme;
    setEdgeToEdge(true);
    open_ = makeTextButton(theme, QStringLiteral("folder"), {}, this);
    open_->setObjectName(QStringLiteral("benchOpen"));
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, this);
    save_->setObjectName(QStringLiteral("benchSave"));
    actions()->addWidget(open_);
    actions()->addWidget(save_);
    auto* holder = new QWidget(this);
    pages_ = new QStackedLayout(holder);
    auto* page = new QWidget(holder);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(1));
    totals_ = new QLabel(page);
    totals_->setObjectName(QStringLiteral("benchTotals"));
    totals_->setWordWrap(true);
    totals_->setContentsMargins(theme.gap(3), theme.gap(1), theme.gap(3), theme.gap(1));
    totals_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    table_ = makeReportTable(theme, QStringLiteral("benchTable"), QStringLiteral("policies/bench"), {{4, 12, 9, 10, 0}, {3, 0, 2}, 4}, page);
    column->addWidget(totals_);
    column->addWidget(table_, 1);
    empty_ = new EmptyState(theme, holder);
    pages_->addWidget(empty_);
    pages_->addWidget(page);
    content()->addWidget(holder, 1);
    connect(open_, &QToolButton::clicked, this, &BenchPanel::choose);
    connect(save_, &QToolButton::clicked, this, &BenchPanel::save);
    connect(&theme, &Theme::changed, this, &BenchPanel::showRun);
    retranslate();
}

void BenchPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    Card::changeEvent(event);
}

void BenchPanel::retranslate() {
    setTitle(tr("Bench"));
    open_->setText(tr("Open file…", "button"));
    open_->setToolTip(tr("A text per line, or JSON Lines with \"text\" and \"expect\" (pass, hit, mask, reject)"));
    save_->setText(tr("Save CSV…", "button"));
    save_->setToolTip(tr("Saves every text with its verdict and spans"));
    table_->setAccessibleName(tr("Texts of the bench and what the guards make of them"));
    table_->setHeaderLabels({tr("Line", "column"), tr("Verdict", "column"), tr("Against expectation", "column"), tr("Spans in bytes", "column"), tr("Text", "column")});
    empty_->set(QStringLiteral("lab"), tr("No file yet. A text per line, or JSON Lines with what is expected of each, shows hits, misses and false positives."),
                tr("Open file…", "button"), [this] { choose(); });
    showRun();
}

void BenchPanel::setPolicy(CompiledPolicy policy) {
    policy_ = std::move(policy);
    run();
}

void BenchPanel::choose() {
    const auto path = context_.dialogs.chooseOpenFile(this, tr("Texts to run through the guards"), {}, tr("Texts (*.txt *.jsonl *.json);;All files (*)"));
    if (!path.isEmpty()) open(path);
}

bool BenchPanel::open(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        messages_.show(MessageBar::Kind::Error, tr("%1 cannot be read: %2").arg(path, file.errorString()));
        return false;
    }
    if (file.size() > kLargest) {
        messages_.show(MessageBar::Kind::Error, tr("%1 is larger than 64 MiB.").arg(path));
        return false;
    }
    file_ = readBenchFile(file.readAll().toStdString());
    name_ = QFileInfo(path).fileName();
    if (!file_.problems.empty()) {
        QStringList told;
        for (std::size_t i = 0; i < file_.problems.size() && i < kMostProblems; ++i) told << QString::fromStdString(file_.problems[i]);
        if (file_.problems.size() > kMostProblems) told << tr("%n more line(s) are left out.", nullptr, static_cast<int>(file_.problems.size() - kMostProblems));
        messages_.show(MessageBar::Kind::Warning, told.join(QLatin1Char(' ')));
    }
    run();
    return true;
}

void BenchPanel::run() {
    run_ = {};
    if (policy_ && !file_.lines.empty()) {
        if (*policy_) run_ = runBench(**policy_, file_.lines);
        else messages_.show(MessageBar::Kind::Error, coreSentence(policy_->error().message));
    }
    showRun();
}

void BenchPanel::showRun() {
    auto& theme = context_.theme;
    save_->setEnabled(!run_.results.empty());
    pages_->setCurrentIndex(name_.isEmpty() ? 0 : 1);
    setCaption(name_);
    const auto& totals = run_.totals;
    QStringList said{tr("%n text(s)", nullptr, static_cast<int>(totals.texts)), tr("%n with hits", nullptr, static_cast<int>(totals.hits))};
    if (totals.expected > 0)
        said << tr("%n as expected", nullptr, static_cast<int>(totals.right)) << tr("%n missed", nullptr, static_cast<int>(totals.misses))
             << tr("%n false positive(s)", nullptr, static_cast<int>(totals.falsePositives));
    if (totals.others > 0) said << tr("%n with another action", nullptr, static_cast<int>(totals.others));
    auto text = said.join(QStringLiteral(" · "));
    if (!policy_) text = tr("The chosen policy has no guard.");
    if (!run_.notAsked.empty()) text += QLatin1Char('\n') + tr("Services are not asked here: %1.").arg(QString::fromStdString(run_.notAsked.front()) + (run_.notAsked.size() > 1 ? QStringLiteral(", …") : QString()));
    totals_->setText(text);
    table_->clear();
    QList<QTreeWidgetItem*> items;
    for (const auto& result : run_.results) {
        using J = BenchResult::Judgement;
        auto* item = new QTreeWidgetItem;
        setReportNumber(item, 0, QString::number(result.line.line));
        item->setText(1, word(verdictWord(result.verdict)));
        item->setText(2, word(judgementWord(result.judgement)));
        const bool bad = result.judgement == J::Miss || result.judgement == J::FalsePositive || result.judgement == J::Other;
        if (result.judgement != J::None) item->setIcon(2, theme.icon(bad ? QStringLiteral("error") : QStringLiteral("ok"), bad ? Token::Bad : Token::Ok));
        item->setText(3, QString::fromStdString(spansText(result.hits)));
        setReportSentence(item, 4, QString::fromStdString(result.line.text));
        items << item;
    }
    table_->addTopLevelItems(items);
}

void BenchPanel::save() {
    saveReport(context_.dialogs, messages_, this, QStringLiteral("guard-bench"), {tr("Save the bench"), tr("The bench was saved to %1."), tr("The bench was not saved to %1: %2")}, benchCsv(run_));
}

}  // namespace gatehouse::ui
