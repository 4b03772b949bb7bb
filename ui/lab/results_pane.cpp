#include "lab/results_pane.h"

#include "charts/chart_frame.h"
#include "lab/lab_tables.h"
#include "lab/lab_words.h"
#include "lab/policy_plot.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/view.h"

#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedLayout>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr int kBarSteps = 1'000;
/// Of the choice of a result, and where the row has no room for them.
constexpr int kBoxCharacters = 12, kLeastBoxCharacters = 9;

QComboBox* makeChoice(QWidget* parent, const char* name) {
    auto* box = new QComboBox(parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kBoxCharacters);
    return box;
}

QString timeLeft(qint64 millis) {
    return millis < 60'000 ? ResultsPane::tr("about %1 s left").arg(std::max<qint64>(1, (millis + 500) / 1'000)) : ResultsPane::tr("about %1 min left").arg((millis + 30'000) / 60'000);
}

}  // namespace

ResultsPane::ResultsPane(ViewContext& context, MessageBar& messages, LabRuns& runs, QWidget* parent)
    : QWidget(parent), context_(context), messages_(messages), runs_(runs) {
    build();
    connect(&runs_, &LabRuns::changed, this, &ResultsPane::takeState);
    connect(&runs_, &LabRuns::progressed, this, &ResultsPane::showProgress);
    retranslate();
    takeState();
}

QWidget* ResultsPane::buildProgress() {
    progressRow_ = new QWidget(this);
    auto* row = new QHBoxLayout(progressRow_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(context_.theme.gap(3));
    bar_ = new QProgressBar(progressRow_);
    bar_->setObjectName(QStringLiteral("labProgress"));
    bar_->setTextVisible(false);
    progress_ = new QLabel(progressRow_);
    progress_->setObjectName(QStringLiteral("labProgressText"));
    cancel_ = new QPushButton(progressRow_);
    cancel_->setObjectName(QStringLiteral("labCancel"));
    row->addWidget(bar_, 1);
    row->addWidget(progress_);
    row->addWidget(cancel_);
    connect(cancel_, &QPushButton::clicked, &runs_, &LabRuns::cancel);
    return progressRow_;
}

QWidget* ResultsPane::buildTables() {
    auto& theme = context_.theme;
    tableCard_ = new Card(theme, QStringLiteral(" "), this);
    tableCard_->setEdgeToEdge(true);
    part_ = new SegmentedControl(theme, tr("Table that is shown"), tableCard_);
    part_->setObjectName(QStringLiteral("labTables"));
    part_->addSegment(QStringLiteral("verdicts"), {});
    part_->addSegment(QStringLiteral("figures"), {});
    tableCard_->actions()->addWidget(part_);
    tables_ = new QStackedWidget(tableCard_);
    verdicts_ = new VerdictsModel(theme, this);
    figures_ = new FiguresModel(theme, this);
    sorted_ = new QSortFilterProxyModel(this);
    sorted_->setSourceModel(figures_);
    sorted_->setSortRole(FiguresModel::kValueRole);
    const auto table = [&](const char* name, QAbstractItemModel* model, const char* settings) {
        auto* view = new QTableView(tables_);
        view->setObjectName(QString::fromLatin1(name));
        view->setModel(model);
        view->setFrameShape(QFrame::NoFrame);
        setUpTable(view, theme, {}, QString::fromLatin1(settings));
        view->setSelectionMode(QAbstractItemView::SingleSelection);
        tables_->addWidget(view);
        return view;
    };
    verdictTable_ = table("labVerdicts", verdicts_, "lab/verdicts");
    setColumnCharacters(verdictTable_, {18, 16, 20, 14, 0});
    figureTable_ = table("labFigures", sorted_, "lab/figures");
    figureTable_->setSortingEnabled(true);
    figureTable_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setColumnCharacters(figureTable_, {22, 13, 14, 16, 14, 16, 13, 14, 13, 14, 14, 12, 14, 13});
    tableCard_->content()->addWidget(tables_, 1);
    connect(part_, &SegmentedControl::currentChanged, this, [this](const QString& id) { tables_->setCurrentIndex(id == QLatin1String("figures") ? 1 : 0); });
    return tableCard_;
}

void ResultsPane::build() {
    auto& theme = context_.theme;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(buildProgress());
    auto* holder = new QWidget(this);
    pages_ = new QStackedLayout(holder);
    column->addWidget(holder, 1);
    empty_ = new EmptyState(theme, holder);
    pages_->addWidget(empty_);

    auto* split = new QSplitter(Qt::Vertical, holder);
    plotCard_ = new Card(theme, QStringLiteral(" "), split);
    shown_ = makeChoice(plotCard_, "labShown");
    against_ = makeChoice(plotCard_, "labAgainst");
    againstLabel_ = new QLabel(plotCard_);
    againstLabel_->setBuddy(against_);
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, plotCard_);
    save_->setObjectName(QStringLiteral("labSave"));
    saveMenu_ = new QMenu(save_);
    save_->setMenu(saveMenu_);
    save_->setPopupMode(QToolButton::InstantPopup);
    plot_ = new PolicyPlot(theme);
    frame_ = new ChartFrame(theme, context_.dialogs, messages_, plot_, QStringLiteral("laboratory"), plotCard_);
    plotCard_->actions()->addWidget(shown_);
    plotCard_->actions()->addWidget(againstLabel_);
    plotCard_->actions()->addWidget(against_);
    plotCard_->actions()->addWidget(save_);
    plotCard_->actions()->addWidget(frame_->menuButton());
    auto* scroll = new QScrollArea(plotCard_);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(frame_);
    frame_->setAutoFillBackground(false);
    plotCard_->content()->addWidget(scroll, 1);
    split->addWidget(plotCard_);
    split->addWidget(buildTables());
    keepSplitter(split, QStringLiteral("lab/results"), {62, 38});
    pages_->addWidget(split);

    const auto space = [this, column, &theme] {
        column->setSpacing(theme.gap(3));
        for (auto* box : {shown_, against_}) box->setMinimumWidth(QFontMetrics(theme.bodyFont()).averageCharWidth() * kLeastBoxCharacters);
    };
    space();
    connect(&theme, &Theme::changed, this, space);
    connect(shown_, &QComboBox::activated, this, &ResultsPane::showChosen);
    connect(against_, &QComboBox::activated, this, &ResultsPane::showChosen);
}

void ResultsPane::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void ResultsPane::retranslate() {
    cancel_->setText(tr("Cancel", "button: stop what is under way"));
    bar_->setAccessibleName(tr("How far the comparison is"));
    plotCard_->setTitle(tr("Policies", "title of a card: pickers that were compared"));
    frame_->setName(tr("Policies compared"));
    frame_->retranslate();
    shown_->setAccessibleName(tr("Result that is shown"));
    shown_->setToolTip(shown_->accessibleName());
    againstLabel_->setText(tr("beside", "label: a result beside another one"));
    against_->setAccessibleName(tr("Result that stands beside it"));
    against_->setToolTip(against_->accessibleName());
    save_->setText(tr("Save", "button: opens a menu of formats"));
    saveMenu_->clear();
    for (const auto& [format, text] : {std::pair("json", tr("&JSON, as the command line prints it…")), std::pair("csv", tr("&CSV, a line per policy, metric and seed…")),
                                       std::pair("png", tr("&Picture of the plot…"))})
        saveMenu_->addAction(text, this, [this, format = QString::fromLatin1(format)] { saveAs(format); });
    part_->setSegmentText(QStringLiteral("verdicts"), tr("Verdicts", "choice of a table"));
    part_->setSegmentText(QStringLiteral("figures"), tr("All figures", "choice of a table"));
    tableCard_->setTitle(tr("Who is better", "title of a card"));
    verdictTable_->setAccessibleName(tr("Verdicts"));
    figureTable_->setAccessibleName(tr("All figures"));
    for (auto* table : {verdictTable_, figureTable_}) widenToHeaders(table->horizontalHeader());
    takeState();
}

QString ResultsPane::nameOf(const LabResult& result) const {
    return QStringLiteral("%1 · %2").arg(result.number).arg(toQt(result.report.scenario.name));
}

LabResultRef ResultsPane::chosen(const QComboBox* box) const {
    const int number = box->currentData().toInt();
    for (const auto& result : runs_.results())
        if (result->number == number) return result;
    return nullptr;
}

void ResultsPane::takeState() {
    takeResults();
    showProgress();
    progressRow_->setVisible(runs_.state() == LabRuns::State::Running);
    if (runs_.state() == LabRuns::State::Failed) messages_.show(MessageBar::Kind::Error, runs_.problem(), {{tr("Try again", "button"), [this] { emit runWanted(); }}});
    const bool any = !runs_.results().empty();
    pages_->setCurrentIndex(any ? 1 : 0);
    if (any) return;
    switch (runs_.state()) {
        case LabRuns::State::Running: empty_->set(QStringLiteral("lab"), tr("Every policy gets the same requests, each on a cluster of its own.")); break;
        case LabRuns::State::Cancelled:
            empty_->set(QStringLiteral("lab"), tr("The comparison was cancelled; nothing of it was kept."), tr("Run again", "button"), [this] { emit runWanted(); });
            break;
        case LabRuns::State::Failed:
            empty_->set(QStringLiteral("lab"), tr("The comparison could not be run: %1").arg(runs_.problem()), tr("Try again", "button"), [this] { emit runWanted(); });
            break;
        default:
            empty_->set(QStringLiteral("lab"), tr("Nothing was compared yet. The laboratory runs policies on simulated model servers; nothing real is asked."),
                        tr("Run the comparison", "button"), [this] { emit runWanted(); });
    }
}

void ResultsPane::takeResults() {
    const int shown = shown_->currentData().toInt(), against = against_->currentData().toInt();
    const int newest = runs_.results().empty() ? 0 : runs_.results().front()->number;
    shown_->clear();
    against_->clear();
    against_->addItem(tr("nothing", "choice: no second result"), 0);
    for (const auto& result : runs_.results()) {
        for (auto* box : {shown_, against_}) {
            box->addItem(nameOf(*result), result->number);
            box->setItemData(box->count() - 1, tr("ended at %1, took %2", "a comparison").arg(QLocale().toString(result->at.time(), QLocale::ShortFormat), formatDuration(result->millis * 1'000)), Qt::ToolTipRole);
        }
    }
    // What has just ended is looked at; what stood there before is one choice away.
    shown_->setCurrentIndex(std::max(0, shown_->findData(newest > newest_ ? newest : shown)));
    against_->setCurrentIndex(std::max(0, against_->findData(against)));
    newest_ = newest;
    showChosen();
}

void ResultsPane::showChosen() {
    const auto main = result();
    auto beside = other();
    if (beside == main) beside = nullptr;
    plot_->setResults(main, beside);
    verdicts_->set(main, beside);
    figures_->set(main, beside);
    save_->setEnabled(main != nullptr);
    if (!main) return;
    const auto& scenario = main->report.scenario;
    const QStringList facts{tr("%n server(s)", "", static_cast<int>(scenario.servers.size())), tr("%1 req/s").arg(formatNumber(scenario.rate, scenario.rate == std::floor(scenario.rate) ? 0 : 1)),
                            tr("%n seed(s)", "", scenario.seeds)};
    plotCard_->setCaption(tr("simulated: %1", "%1 servers, load and seeds").arg(facts.join(QStringLiteral(", "))));
    tableCard_->setCaption(beside ? tr("run %1 against run %2").arg(main->number).arg(beside->number) : tr("ours against the best baseline"));
    const bool empty = verdicts_->rowCount() == 0;
    part_->setSegmentEnabled(QStringLiteral("verdicts"), !empty, tr("Verdicts need one of ours and a baseline among the policies."));
    if (empty) part_->setCurrent(QStringLiteral("figures"));
}

void ResultsPane::showProgress() {
    if (runs_.state() != LabRuns::State::Running) return;
    const auto [done, all] = runs_.runs();
    bar_->setRange(0, kBarSteps);
    bar_->setValue(static_cast<int>(runs_.share() * kBarSteps));
    auto text = all == 0 ? tr("Drawing the requests…") : tr("%1 of %2 runs").arg(done).arg(all);
    if (const auto left = runs_.remaining(); left >= 0) text += QStringLiteral(" · ") + timeLeft(left);
    progress_->setText(text);
}

void ResultsPane::saveAs(const QString& format) {
    const auto filter = format == QLatin1String("json") ? tr("JSON (*.json)") : format == QLatin1String("csv") ? tr("Tables (*.csv)") : tr("Pictures (*.png)");
    auto path = context_.dialogs.chooseSaveFile(this, tr("Save the comparison"), suggestedFile(QStringLiteral("laboratory"), format), filter);
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + format;
    if (save(path, format)) messages_.show(MessageBar::Kind::Ok, tr("The comparison was saved to %1.").arg(path));
}

bool ResultsPane::save(const QString& path, const QString& format) {
    const auto main = result();
    if (!main) return false;
    if (format == QLatin1String("png")) return frame_->savePng(path);
    const auto text = format == QLatin1String("json") ? sim::jsonOf(main->report) + "\n" : sim::csvOf(main->report);
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (file.open(QIODevice::WriteOnly) && file.write(text.data(), size) == size && file.commit()) return true;
    messages_.show(MessageBar::Kind::Error, tr("The comparison was not saved to %1: %2").arg(path, file.errorString()));
    return false;
}

}  // namespace gatehouse::ui
