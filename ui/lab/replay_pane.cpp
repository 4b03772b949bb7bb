#include "lab/replay_pane.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "charts/chart_frame.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"
#include "widgets/splitter_state.h"
#include "widgets/view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSaveFile>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace gatehouse::ui {
namespace {

constexpr qint64 kLargestRecords = 1 << 28, kLargestPolicy = 1 << 20;

/// Reads a file up to `largest`; the sentence of what is wrong otherwise.
QString readFile(const QString& path, qint64 largest, QByteArray& out) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return ReplayPane::tr("%1 cannot be read: %2").arg(path, file.errorString());
    if (file.size() > largest) return ReplayPane::tr("%1 is larger than %2 MiB.").arg(path).arg(largest >> 20);
    out = file.readAll();
    return {};
}

}  // namespace

ReplayPane::ReplayPane(ViewContext& context, MessageBar& messages, QWidget* parent) : QWidget(parent), context_(context), messages_(messages) {
    build();
    retranslate();
    connect(&context_.document, &WorkspaceDocument::changed, this, [this] {
        if (isVisible()) takePolicies();
    });
    refresh();
}

void ReplayPane::build() {
    auto& theme = context_.theme;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    setupCard_ = new Card(theme, QStringLiteral(" "), this);
    const auto box = [&](const char* name) {
        auto* made = new QComboBox(setupCard_);
        made->setObjectName(QString::fromLatin1(name));
        made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        made->setMinimumContentsLength(10);
        return made;
    };
    source_ = box("replaySource");
    policy_ = box("replayPolicy");
    sourceLabel_ = new QLabel(setupCard_);
    sourceLabel_->setBuddy(source_);
    policyLabel_ = new QLabel(setupCard_);
    policyLabel_->setBuddy(policy_);
    openRecords_ = makeTextButton(theme, QStringLiteral("folder"), {}, setupCard_);
    openRecords_->setObjectName(QStringLiteral("replayOpenRecords"));
    openPolicy_ = makeTextButton(theme, QStringLiteral("folder"), {}, setupCard_);
    openPolicy_->setObjectName(QStringLiteral("replayOpenPolicy"));
    about_ = makeCaption(theme, {}, setupCard_);
    about_->setWordWrap(true);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(theme.gap(3));
    grid->setVerticalSpacing(theme.gap(2));
    grid->addWidget(sourceLabel_, 0, 0);
    grid->addWidget(source_, 0, 1);
    grid->addWidget(openRecords_, 0, 2);
    grid->addWidget(policyLabel_, 1, 0);
    grid->addWidget(policy_, 1, 1);
    grid->addWidget(openPolicy_, 1, 2);
    grid->addWidget(about_, 2, 1, 1, 3);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(3, 1);
    setupCard_->content()->addLayout(grid);
    column->addWidget(setupCard_);

    auto* holder = new QWidget(this);
    pages_ = new QStackedLayout(holder);
    column->addWidget(holder, 1);
    empty_ = new EmptyState(theme, holder);
    pages_->addWidget(empty_);
    auto* page = new QWidget(holder);
    auto* results = new QVBoxLayout(page);
    results->setContentsMargins(0, 0, 0, 0);
    auto* line = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    summary_ = new QLabel(page);
    summary_->setObjectName(QStringLiteral("replaySummary"));
    summary_->setWordWrap(true);
    summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    notes_ = makeCaption(theme, {}, page);
    notes_->setObjectName(QStringLiteral("replayNotes"));
    notes_->setWordWrap(true);
    words->addWidget(summary_);
    words->addWidget(notes_);
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, page);
    save_->setObjectName(QStringLiteral("replaySave"));
    saveMenu_ = new QMenu(save_);
    save_->setMenu(saveMenu_);
    save_->setPopupMode(QToolButton::InstantPopup);
    line->addLayout(words, 1);
    line->addWidget(save_, 0, Qt::AlignTop);
    results->addLayout(line);

    split_ = new QSplitter(Qt::Horizontal, page);
    shares_ = new ReplaySharesModel(theme, this);
    decisions_ = new ReplayDecisionsModel(theme, this);
    const auto table = [&](Card*& card, QSortFilterProxyModel*& rows, QAbstractItemModel* model, int valueRole, const char* name, const char* settings) {
        card = new Card(theme, QStringLiteral(" "), split_);
        card->setEdgeToEdge(true);
        rows = new QSortFilterProxyModel(this);
        rows->setSourceModel(model);
        rows->setSortRole(valueRole);
        auto* view = new QTableView(card);
        view->setObjectName(QString::fromLatin1(name));
        view->setModel(rows);
        view->setFrameShape(QFrame::NoFrame);
        setUpTable(view, theme, {}, QString::fromLatin1(settings));
        view->setSelectionMode(QAbstractItemView::SingleSelection);
        view->setSortingEnabled(true);
        view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
        card->content()->addWidget(view, 1);
        split_->addWidget(card);
        return view;
    };
    shareTable_ = table(shareCard_, shareRows_, shares_, ReplaySharesModel::kValueRole, "replayShares", "lab/shares");
    decisionTable_ = table(decisionCard_, decisionRows_, decisions_, ReplayDecisionsModel::kValueRole, "replayDecisions", "lab/decisions");
    setColumnCharacters(shareTable_, {9, 7, 7, 6});
    setColumnCharacters(decisionTable_, {12, 8, 8, 0, 7, 7});
    changedOnly_ = new QCheckBox(decisionCard_);
    changedOnly_->setObjectName(QStringLiteral("replayChangedOnly"));
    decisionCard_->actions()->addWidget(changedOnly_);
    keepSplitter(split_, QStringLiteral("lab/replay"), {38, 62});
    results->addWidget(split_, 1);
    pages_->addWidget(page);

    const auto space = [column, results, &theme] {
        column->setSpacing(theme.gap(3));
        results->setSpacing(theme.gap(3));
    };
    space();
    connect(&theme, &Theme::changed, this, space);
    connect(policy_, &QComboBox::currentIndexChanged, this, &ReplayPane::showSource);
    connect(openRecords_, &QToolButton::clicked, this, [this] {
        const auto path = context_.dialogs.chooseOpenFile(this, tr("Open recorded requests"), {}, tr("Records of requests (*.json *.jsonl *.log)"));
        if (!path.isEmpty()) openRecords(path);
    });
    connect(openPolicy_, &QToolButton::clicked, this, [this] {
        const auto path = context_.dialogs.chooseOpenFile(this, tr("Open an EndpointPickerConfig"), {}, tr("EndpointPickerConfig (*.yaml *.yml)"));
        if (!path.isEmpty()) openPolicy(path);
    });
    connect(changedOnly_, &QCheckBox::toggled, this, [this](bool only) { decisions_->set(result_, only); });
    connect(decisionTable_, &QTableView::activated, this, &ReplayPane::openChosen);
}

void ReplayPane::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void ReplayPane::retranslate() {
    setupCard_->setTitle(tr("Take recorded decisions again"));
    setupCard_->setCaption(tr("offline; live picks stay as they are"));
    sourceLabel_->setText(tr("Decisions", "label: which recorded decisions"));
    policyLabel_->setText(tr("Policy", "label: under which policy"));
    source_->setAccessibleName(tr("Which decisions are taken again"));
    policy_->setAccessibleName(tr("Under which policy"));
    openRecords_->setText(tr("Open records…", "button"));
    openRecords_->setToolTip(tr("A file with what the admin page /requests printed"));
    openPolicy_->setText(tr("Open a config…", "button: of an endpoint picker"));
    openPolicy_->setToolTip(tr("The EndpointPickerConfig of a reference endpoint picker"));
    save_->setText(tr("Save", "button: opens a menu of formats"));
    saveMenu_->clear();
    saveMenu_->addAction(tr("&JSON, with every decision…"), this, [this] { saveAs(QStringLiteral("json")); });
    saveMenu_->addAction(tr("&CSV, a line per decision…"), this, [this] { saveAs(QStringLiteral("csv")); });
    shareCard_->setTitle(tr("Shares of the pods"));
    decisionCard_->setTitle(tr("Decisions", "title of a card"));
    changedOnly_->setText(tr("Only those that change"));
    shareTable_->setAccessibleName(tr("Shares of the pods"));
    decisionTable_->setAccessibleName(tr("Decisions, before and after"));
    for (auto* table : {shareTable_, decisionTable_}) widenToHeaders(table->horizontalHeader());
    takePolicies();
    refresh();
    showResult();
}

void ReplayPane::takePolicies() {
    const auto before = policy_->currentText();
    policies_ = lab::replayPolicies();
    if (const auto objects = context_.document.objects())
        for (const auto* object : objects->ofKind("EndpointPickerConfig"))
            if (auto policy = lab::replayPolicyOf(*object)) policies_.push_back(std::move(*policy));
    policies_.insert(policies_.end(), filePolicies_.begin(), filePolicies_.end());
    const QSignalBlocker quiet(policy_);
    policy_->clear();
    for (const auto& policy : policies_) policy_->addItem(toQt(policy.name));
    policy_->setCurrentIndex(std::max(0, before.isEmpty() ? policy_->findText(QStringLiteral("reference-2-2-3")) : policy_->findText(before)));
    showSource();
}

std::size_t ReplayPane::liveCount() const {
    std::size_t count = 0;
    const auto& requests = context_.engine.requests();
    for (auto record = requests.rbegin(); record != requests.rend() && count < kMostDecisions; ++record) count += lab::decisionOf(*record).has_value();
    return count;
}

std::vector<lab::RecordedDecision> ReplayPane::liveDecisions() const {
    std::vector<lab::RecordedDecision> all;
    const auto& requests = context_.engine.requests();
    for (auto record = requests.rbegin(); record != requests.rend() && all.size() < kMostDecisions; ++record)
        if (auto decision = lab::decisionOf(*record)) all.push_back(std::move(*decision));
    std::reverse(all.begin(), all.end());
    return all;
}

void ReplayPane::refresh() {
    const int before = std::max(0, source_->currentIndex());
    source_->clear();
    source_->addItem(tr("The last %n of this console", "recorded decisions", static_cast<int>(liveCount())));
    if (file_) source_->addItem(tr("%1: %n decision(s)", "%1 a file", static_cast<int>(file_->size())).arg(QFileInfo(filePath_).fileName()));
    source_->setCurrentIndex(std::min(before, source_->count() - 1));
    takePolicies();
    showEmpty();
}

void ReplayPane::showSource() {
    const auto index = static_cast<std::size_t>(std::max(0, policy_->currentIndex()));
    about_->setText(index < policies_.size() ? coreSentence(policies_[index].about) : QString());
}

void ReplayPane::showEmpty() {
    if (result_) return;
    pages_->setCurrentIndex(0);
    if (run_.running()) return empty_->set(QStringLiteral("lab"), tr("Taking the decisions again…"));
    if (liveCount() == 0 && !file_)
        return empty_->set(QStringLiteral("lab"), tr("No pod of a pool was picked yet. Send requests to a pool, or open records of a gateway that did."), tr("Open records…", "button"),
                           [this] { openRecords_->click(); });
    empty_->set(QStringLiteral("lab"), tr("Which pods would another policy have picked, with the same candidates in the same state?"), tr("Replay", "button: take decisions again"), [this] { run(); });
}

void ReplayPane::run() {
    const auto index = static_cast<std::size_t>(std::max(0, policy_->currentIndex()));
    if (index >= policies_.size()) return;
    auto decisions = source_->currentIndex() > 0 && file_ ? file_ : std::make_shared<const std::vector<lab::RecordedDecision>>(liveDecisions());
    if (decisions->empty()) {
        result_ = nullptr;
        return showEmpty();
    }
    run_.start([this, decisions, policy = policies_[index]](const BackgroundRun::Stopped&, const BackgroundRun::Hand& hand) {
        auto replay = lab::replay(*decisions, policy);
        auto result = std::make_shared<const ReplayResult>(ReplayResult{decisions, policy, std::move(replay)});
        hand([this, result] {
            result_ = result;
            showResult();
        });
    });
    showEmpty();
}

void ReplayPane::showResult() {
    shares_->set(result_);
    decisions_->set(result_, changedOnly_->isChecked());
    save_->setEnabled(result_ != nullptr);
    if (!result_) return showEmpty();
    pages_->setCurrentIndex(1);
    const auto& replay = result_->replay;
    const double part = replay.taken() > 0 ? 100.0 * double(replay.changed) / double(replay.taken()) : std::nan("");
    auto text = tr("%1: %2 of %3 decisions would go to another pod (%4).", "%1 policy, %4 percent").arg(toQt(replay.policy), formatCount(replay.changed), formatCount(replay.taken()), formatPercent(part));
    if (replay.costed > 0) {
        const double count = double(replay.costed), before = replay.costBefore / count * 1e3, after = replay.costAfter / count * 1e3;
        text += QLatin1Char(' ') + tr("Predicted cost per request: %1 ms instead of %2 ms.").arg(formatNumber(after, after < 100 ? 1 : 0), formatNumber(before, before < 100 ? 1 : 0));
    }
    summary_->setText(text);
    QStringList notes;
    for (std::size_t i = 1; i < replay.counts.size(); ++i)
        if (replay.counts[i] > 0) notes << tr("%1 not taken again: %2.", "%1 number of decisions, %2 why").arg(formatCount(replay.counts[i]), coreSentence(lab::sentence(static_cast<lab::NotTaken>(i))));
    if (replay.fewSeen > 0) notes << tr("%1 are of pools with more pods than a record keeps: the choice is among those alone.").arg(formatCount(replay.fewSeen));
    for (const auto& note : result_->policy.notes) notes << coreSentence(note);
    notes << tr("Each decision stands by itself: what an earlier one would have changed is not seen.");
    notes_->setText(notes.join(QLatin1Char(' ')));
}

void ReplayPane::openRecords(const QString& path) {
    struct Read {
        QString problem;
        std::shared_ptr<const std::vector<lab::RecordedDecision>> decisions;
    };
    run_.start([this, path](const BackgroundRun::Stopped&, const BackgroundRun::Hand& hand) {
        auto read = std::make_shared<Read>();
        QByteArray bytes;
        read->problem = readFile(path, kLargestRecords, bytes);
        if (read->problem.isEmpty()) {
            auto decisions = lab::readDecisions({bytes.constData(), static_cast<std::size_t>(bytes.size())});
            if (decisions) read->decisions = std::make_shared<const std::vector<lab::RecordedDecision>>(std::move(*decisions));
            else read->problem = coreSentence(decisions.error().message);
        }
        hand([this, path, read] {
            if (!read->decisions) return messages_.show(MessageBar::Kind::Error, read->problem);
            messages_.dismiss();
            file_ = read->decisions;
            filePath_ = path;
            result_ = nullptr;
            refresh();
            source_->setCurrentIndex(1);
            showResult();
        });
    }, [this] { showEmpty(); });
}

bool ReplayPane::openPolicy(const QString& path) {
    QByteArray bytes;
    if (const auto problem = readFile(path, kLargestPolicy, bytes); !problem.isEmpty()) {
        messages_.show(MessageBar::Kind::Error, problem);
        return false;
    }
    auto policy = lab::readReplayPolicy({bytes.constData(), static_cast<std::size_t>(bytes.size())}, QFileInfo(path).fileName().toStdString());
    if (!policy) {
        messages_.show(MessageBar::Kind::Error, coreSentence(policy.error().message));
        return false;
    }
    messages_.dismiss();
    std::erase_if(filePolicies_, [&](const auto& one) { return one.name == policy->name; });
    filePolicies_.push_back(std::move(*policy));
    takePolicies();
    policy_->setCurrentIndex(policy_->count() - 1);
    return true;
}

void ReplayPane::openChosen(const QModelIndex& index) {
    const auto id = decisions_->requestId(decisionRows_->mapToSource(index).row());
    if (id.isEmpty()) return;
    if (context_.engine.findRequest(id)) context_.navigator.navigate(QStringLiteral("requests"), id);
    else messages_.show(MessageBar::Kind::Info, tr("The request %1 is not among those of this console.").arg(id));
}

void ReplayPane::saveAs(const QString& format) {
    const auto filter = format == QLatin1String("json") ? tr("JSON (*.json)") : tr("Tables (*.csv)");
    auto path = context_.dialogs.chooseSaveFile(this, tr("Save the replay"), suggestedFile(QStringLiteral("replay"), format), filter);
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + format;
    if (save(path, format)) messages_.show(MessageBar::Kind::Ok, tr("The replay was saved to %1.").arg(path));
}

bool ReplayPane::save(const QString& path, const QString& format) {
    if (!result_) return false;
    const auto text = format == QLatin1String("json") ? lab::jsonOf(result_->replay, result_->policy, *result_->decisions) + "\n" : lab::csvOf(result_->replay, *result_->decisions);
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (file.open(QIODevice::WriteOnly) && file.write(text.data(), size) == size && file.commit()) return true;
    messages_.show(MessageBar::Kind::Error, tr("The replay was not saved to %1: %2").arg(path, file.errorString()));
    return false;
}

}  // namespace gatehouse::ui
