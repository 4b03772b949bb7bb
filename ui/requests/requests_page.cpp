#include "requests/requests_page.h"

#include "bridge/engine_bridge.h"
#include "bridge/workspace_document.h"
#include "charts/chart_frame.h"
#include "models/format.h"
#include "models/request_filter.h"
#include "models/request_table_model.h"
#include "requests/decision_pane.h"
#include "requests/phase_delegate.h"
#include "requests/receipts_pane.h"
#include "requests/request_columns.h"
#include "requests/request_csv.h"
#include "requests/request_inspector.h"
#include "requests/xray_pane.h"
#include "theme/theme.h"
#include "widgets/action_registry.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/filter_edit.h"
#include "widgets/message_bar.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QTime>
#include <QToolButton>

#include <algorithm>

namespace gatehouse::ui {
namespace {

/// The page's width from which on its controls can say more.
constexpr int kRoomyCharacters = 110;

/// A value as a filter writes it.
QString filterValue(const QString& text) { return text.contains(QLatin1Char(' ')) ? QLatin1Char('"') + text + QLatin1Char('"') : text; }

}  // namespace

RequestsPage::RequestsPage(ViewContext& context, QWidget* parent) : View(context, QStringLiteral("requests"), parent) {
    buildControls();
    buildTable();
    buildReceipts();
    buildXray();
    buildDecision();
    connect(&context.actions, &ActionRegistry::shortcutsChanged, this, &RequestsPage::retranslate);
    retranslate();
    setFollowing(true);
}

QString RequestsPage::title() const { return tr("Requests", "title of the view"); }

void RequestsPage::buildControls() {
    auto& theme = context().theme;
    shown_ = new SegmentedControl(theme, tr("Shown", "what the view shows"), this);
    shown_->setObjectName(QStringLiteral("requestsShown"));
    shown_->addSegment(QStringLiteral("tail"), {});
    shown_->addSegment(QStringLiteral("receipts"), {});
    drops_ = new StatusChip(theme, this);
    drops_->hide();
    pausedChip_ = new StatusChip(theme, this);
    pausedChip_->hide();
    newer_ = new QPushButton(this);
    newer_->setObjectName(QStringLiteral("showNewer"));
    newer_->hide();
    mark_ = makeTextButton(theme, QStringLiteral("bookmark"), {}, this);
    mark_->setObjectName(QStringLiteral("mark"));
    save_ = makeTextButton(theme, QStringLiteral("download"), {}, this);
    save_->setObjectName(QStringLiteral("saveCsv"));
    paste_ = makeIconButton(theme, QStringLiteral("eye"), {}, this);
    paste_->setObjectName(QStringLiteral("xrayBody"));
    capture_ = new QPushButton(this);
    capture_->setObjectName(QStringLiteral("capture"));
    capture_->setCheckable(true);
    follow_ = new QPushButton(this);
    follow_->setObjectName(QStringLiteral("follow"));
    follow_->setCheckable(true);
    pause_ = new QPushButton(this);
    pause_->setObjectName(QStringLiteral("pause"));
    pause_->setCheckable(true);
    for (QWidget* widget : {static_cast<QWidget*>(drops_), static_cast<QWidget*>(pausedChip_), static_cast<QWidget*>(newer_), static_cast<QWidget*>(mark_),
                            static_cast<QWidget*>(save_), static_cast<QWidget*>(follow_), static_cast<QWidget*>(pause_)})
        titleControls()->addWidget(widget);

    auto* row = new QHBoxLayout;
    filter_ = new FilterEdit(theme, {}, this);
    filter_->setObjectName(QStringLiteral("requestFilter"));
    filterError_ = new QLabel(this);
    filterError_->setObjectName(QStringLiteral("filterError"));
    counts_ = makeCaption(theme, {}, this);
    counts_->setObjectName(QStringLiteral("requestCounts"));
    row->addWidget(shown_, 0, Qt::AlignLeft);
    row->addWidget(filter_, 1);
    row->addWidget(counts_);
    row->addWidget(capture_);
    row->addWidget(paste_);
    body()->addLayout(row);
    filterError_->hide();
    body()->addWidget(filterError_);
    const auto color = [this] { setTextColor(filterError_, context().theme, Token::Bad); };
    color();
    connect(&theme, &Theme::changed, this, color);

    connect(filter_, &FilterEdit::filterChanged, this, &RequestsPage::applyFilter);
    connect(pause_, &QPushButton::toggled, this, &RequestsPage::setPaused);
    connect(follow_, &QPushButton::clicked, this, &RequestsPage::setFollowing);
    connect(newer_, &QPushButton::clicked, this, [this] {
        if (model_->isPaused())
            setPaused(false);
        else
            model_->catchUp();
    });
    connect(mark_, &QToolButton::clicked, this, &RequestsPage::toggleMark);
    connect(save_, &QToolButton::clicked, this, &RequestsPage::saveCsv);
    csv_ = new RequestCsv(context().engine, this);
    connect(csv_, &RequestCsv::finished, this, &RequestsPage::onCsvSaved);
    auto& actions = context().actions;
    actions.add(this, QStringLiteral("requests.pause"), tr("Requests"), tr("Pause or resume the tail"), QKeySequence(Qt::CTRL | Qt::Key_Space),
                [this] { pause_->toggle(); });
    actions.add(this, QStringLiteral("requests.follow"), tr("Requests"), tr("Follow the newest request"), QKeySequence(Qt::CTRL | Qt::Key_End),
                [this] { setFollowing(true); });
    actions.add(this, QStringLiteral("requests.mark"), tr("Requests"), tr("Mark or unmark the selected request"), QKeySequence(Qt::Key_M),
                [this] { toggleMark(); });
    actions.add(this, QStringLiteral("requests.explain"), tr("Requests"), tr("Explain this request"), QKeySequence(Qt::Key_E), [this] {
        if (inspector_->hasRecord()) inspector_->explainAgain();
        else messages().show(MessageBar::Kind::Info, tr("Choose a request first."));
    });
}

void RequestsPage::buildTable() {
    auto& theme = context().theme;
    model_ = new RequestTableModel(context().engine, theme, this);
    splitter_ = new QSplitter(Qt::Horizontal, this);
    card_ = new Card(theme, {}, splitter_);
    card_->setEdgeToEdge(true);
    auto* holder = new QWidget(card_);
    pages_ = new QStackedLayout(holder);
    table_ = new QTableView(holder);
    table_->setObjectName(QStringLiteral("requestTable"));
    table_->setModel(model_);
    setUpTable(table_, theme, {}, QStringLiteral("requests/tail"));
    setColumnCharacters(table_, {11, 4, 14, 5, 12, 8, 9, 11, 5, 5, 4, 4, 4});
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->setItemDelegateForColumn(RequestTableModel::Phases, new PhaseDelegate(theme, *model_, table_));
    table_->horizontalHeader()->setSortIndicator(RequestTableModel::Time, Qt::AscendingOrder);
    table_->setSortingEnabled(true);
    columns_ = new RequestColumns(table_);
    empty_ = new EmptyState(theme, holder);
    pages_->addWidget(table_);
    pages_->addWidget(empty_);
    card_->content()->addWidget(holder, 1);
    inspector_ = new RequestInspector(context(), messages(), splitter_);
    inspector_->setObjectName(QStringLiteral("requestInspector"));
    inspector_->hide();
    splitter_->addWidget(card_);
    splitter_->addWidget(inspector_);
    keepSplitter(splitter_, QStringLiteral("requests/main"), {64, 36});
    body()->addWidget(splitter_, 1);

    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &RequestsPage::onCurrentChanged);
    connect(table_, &QTableView::customContextMenuRequested, this, &RequestsPage::contextMenu);
    connect(model_, &QAbstractItemModel::modelReset, this, &RequestsPage::restoreSelection);
    connect(&context().document, &WorkspaceDocument::namespaceChanged, this, [this] { model_->setNamespace(context().document.shownNamespace()); });
    connect(model_, &RequestTableModel::countsChanged, this, &RequestsPage::showCounts);
    connect(model_, &QAbstractItemModel::rowsInserted, this, [this] {
        if (following_) scrollToEnd();
    });
    connect(table_->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this] {
        if (model_->isSorted()) setFollowing(false);
    });
    // Scrolling by hand decides about following; scrolling by program does not come through here.
    connect(table_->verticalScrollBar(), &QAbstractSlider::actionTriggered, this, [this] {
        auto* bar = table_->verticalScrollBar();
        if (!model_->isSorted()) setFollowing(bar->sliderPosition() >= bar->maximum());
    });
    connect(inspector_, &InspectorPanel::closed, this, [this] {
        selectedId_.clear();
        inspector_->hide();
        inspector_->reset();
        table_->clearSelection();
        table_->setCurrentIndex({});
        table_->setFocus();
    });
}

void RequestsPage::buildReceipts() {
    receipts_ = new ReceiptsPane(context(), messages(), this);
    receipts_->setObjectName(QStringLiteral("receipts"));
    receipts_->hide();
    body()->addWidget(receipts_, 1);
    connect(shown_, &SegmentedControl::currentChanged, this, [this](const QString& id) { showReceipts(id == QStringLiteral("receipts")); });
    context().actions.add(this, QStringLiteral("requests.receipts"), tr("Requests"), tr("Show what models cost"), QKeySequence(),
                          [this] { showReceipts(true); });
}

void RequestsPage::buildXray() {
    xray_ = new XrayPane(context(), messages(), this);
    xray_->hide();
    body()->addWidget(xray_, 1);
    connect(inspector_, &RequestInspector::xrayWanted, this, [this] { showXray(false); });
    connect(xray_, &XrayPane::closed, this, &RequestsPage::closeXray);
    connect(paste_, &QToolButton::clicked, this, [this] { showXray(true); });
    connect(capture_, &QPushButton::clicked, this, [this](bool on) { context().engine.setCapture(on ? EngineBridge::kCaptureBytes : 0); });
    connect(&context().engine, &EngineBridge::captureChanged, this, &RequestsPage::showCapture);
    connect(&context().engine, &EngineBridge::stateSampled, this, [this] {
        if (isActive()) showCapture();
    });
    auto& actions = context().actions;
    actions.add(this, QStringLiteral("requests.xray"), tr("Requests"), tr("X-ray of the selected request"), QKeySequence(Qt::Key_X), [this] { showXray(false); });
    actions.add(this, QStringLiteral("requests.xrayBody"), tr("Requests"), tr("X-ray of a body of your own"), QKeySequence(), [this] { showXray(true); });
    actions.add(this, QStringLiteral("requests.capture"), tr("Requests"), tr("Switch the capture of bodies on or off"), QKeySequence(),
                [this] { context().engine.setCapture(context().engine.captureBytes() == 0 ? EngineBridge::kCaptureBytes : 0); });
    showCapture();
}

void RequestsPage::buildDecision() {
    decision_ = new DecisionPane(context(), messages(), this);
    decision_->hide();
    body()->addWidget(decision_, 1);
    connect(inspector_, &RequestInspector::decisionWanted, this, &RequestsPage::showDecision);
    connect(decision_, &DecisionPane::closed, this, [this] {
        showReceipts(false);
        table_->setFocus();
    });
    context().actions.add(this, QStringLiteral("requests.decision"), tr("Requests"), tr("Decision and what if of the selected request"), QKeySequence(Qt::Key_W),
                          [this] { showDecision(); });
}

void RequestsPage::showDecision() {
    const auto* record = selectedId_.isEmpty() ? nullptr : context().engine.findRequest(selectedId_);
    if (record == nullptr || !record->pick || record->pick->candidates.empty()) {
        messages().show(MessageBar::Kind::Info, record == nullptr ? tr("Choose a request first.") : tr("No pod was picked for this request."));
        return;
    }
    showReceipts(false);
    hideTail(true);
    shown_->hide();
    decision_->show();
    decision_->showRequest(*record);
    decision_->setFocus();
}

bool RequestsPage::isXrayShown() const { return !xray_->isHidden(); }

/// How much of the memory for captures is in use; the button is the switch.
void RequestsPage::showCapture() {
    const auto& state = context().engine.state();
    const bool on = context().engine.captureBytes() > 0;
    capture_->setChecked(on);
    // In a narrow window the size is in the tooltip alone.
    const bool narrow = width() < fontMetrics().averageCharWidth() * kRoomyCharacters;
    capture_->setText(narrow ? tr("Capture", "button, pressed or not") : on ? tr("Capture: %1", "button, pressed: %1 memory in use").arg(formatBytes(state.captureUsed)) : tr("Capture off", "button, not pressed"));
    capture_->setToolTip(on ? tr("What clients and providers say is kept in memory for X-rays: %1 of %2, the oldest goes first. Nothing is written to disk. Click to stop and forget it.")
                                  .arg(formatBytes(state.captureUsed), formatBytes(context().engine.captureBytes()))
                            : tr("Bodies are not kept. Click to keep what clients and providers say in memory, for X-rays."));
}

void RequestsPage::resizeEvent(QResizeEvent* event) {
    View::resizeEvent(event);
    showCapture();
}

/// The rows of the tail's own controls, where something else has the page.
void RequestsPage::hideTail(bool hidden) {
    splitter_->setVisible(!hidden);
    filterError_->setVisible(!hidden && !filterError_->text().isEmpty());
    for (QWidget* widget : {static_cast<QWidget*>(filter_), static_cast<QWidget*>(counts_), static_cast<QWidget*>(mark_), static_cast<QWidget*>(save_),
                            static_cast<QWidget*>(follow_), static_cast<QWidget*>(pause_), static_cast<QWidget*>(paste_), static_cast<QWidget*>(capture_)})
        widget->setVisible(!hidden);
    if (hidden) {
        for (QWidget* widget : {static_cast<QWidget*>(drops_), static_cast<QWidget*>(pausedChip_), static_cast<QWidget*>(newer_)}) widget->hide();
    } else {
        pausedChip_->setVisible(model_->isPaused());
    }
}

void RequestsPage::showXray(bool pasted) {
    const auto* record = pasted || selectedId_.isEmpty() ? nullptr : context().engine.findRequest(selectedId_);
    if (!pasted && record == nullptr) {
        messages().show(MessageBar::Kind::Info, tr("Choose a request first."));
        return;
    }
    showReceipts(false);
    hideTail(true);
    shown_->hide();
    xray_->show();
    if (pasted) xray_->showPasted();
    else xray_->showRequest(*record);
    xray_->setFocus();
}

void RequestsPage::closeXray() {
    if (xray_->isHidden()) return;
    showReceipts(false);
    table_->setFocus();
}

void RequestsPage::showReceipts(bool receipts) {
    xray_->hide();
    decision_->hide();
    shown_->show();
    shown_->setCurrent(receipts ? QStringLiteral("receipts") : QStringLiteral("tail"));
    receipts_->setVisible(receipts);
    receipts_->setActive(isActive() && receipts);
    hideTail(receipts);
    if (!receipts) showCounts();
}

void RequestsPage::retranslate() {
    View::retranslate();
    shown_->setSegmentText(QStringLiteral("tail"), tr("Tail", "the list of finished requests, newest last"));
    shown_->setSegmentText(QStringLiteral("receipts"), tr("Receipts", "what models cost"));
    receipts_->retranslate();
    xray_->retranslate();
    decision_->retranslate();
    paste_->setAccessibleName(tr("X-ray a body…", "button"));
    paste_->setToolTip(tr("Shows what another dialect makes of a body of your own"));
    showCapture();
    filter_->setHint(tr("Filter: route=chat status>=500 ttft>2s pod~llm-* or any text"));
    QStringList help;
    for (const auto& field : RequestFilter::fields()) help << tr("%1: %2", "%1 field, %2 what it is").arg(field.name, field.help);
    filter_->setToolTip(tr("Terms joined by spaces must all hold. = equals, ~ contains or matches * and ?, ! turns round, is:error, is:marked.") +
                        QLatin1Char('\n') + help.join(QLatin1Char('\n')));
    table_->setAccessibleName(tr("Requests"));
    follow_->setText(tr("Follow", "button: keep the newest request in sight"));
    follow_->setToolTip(context().actions.withKeys(tr("Keeps the newest request in sight"), QStringLiteral("requests.follow")));
    pause_->setText(model_->isPaused() ? tr("Resume", "button") : tr("Pause", "button: stop the display"));
    pause_->setToolTip(context().actions.withKeys(tr("Stops the display; requests are still collected"), QStringLiteral("requests.pause")));
    mark_->setText(tr("Mark", "button: put a mark on a request"));
    mark_->setToolTip(tr("Marks the selected request (M); the filter is:marked shows the marked ones"));
    save_->setText(csv_->isRunning() ? tr("Saving…", "button while a file is written") : tr("Save CSV…", "button"));
    widenToHeaders(table_->horizontalHeader());
    columns_->fit();
    inspector_->retranslate();
    showCounts();
}

void RequestsPage::setActive(bool active) {
    View::setActive(active);
    model_->setActive(active);
    receipts_->setActive(active && !receipts_->isHidden());
    if (!active) return;
    showCounts();
    if (following_) scrollToEnd();
}

void RequestsPage::focusFilter() {
    showReceipts(false);
    filter_->focusFilter();
}

void RequestsPage::setFilterText(const QString& text) {
    filter_->setText(text);
    applyFilter(text);
}

void RequestsPage::applyFilter(const QString& text) {
    const auto parsed = RequestFilter::parse(text);
    filter_->setProblem(parsed.error);
    filterError_->setText(parsed.error);
    filterError_->setVisible(!parsed.valid());
    // A half-typed term leaves the last good filter in place.
    if (parsed.valid()) model_->setFilter(parsed.filter);
    if (following_) scrollToEnd();
}

void RequestsPage::setPaused(bool paused) {
    if (pause_->isChecked() != paused) {
        pause_->setChecked(paused);  // Comes back here.
        return;
    }
    model_->setPaused(paused);
    pause_->setText(paused ? tr("Resume", "button") : tr("Pause", "button: stop the display"));
    pausedChip_->set(StatusChip::Kind::Warning, tr("Paused at %1", "%1 is a time of day").arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss"))), {},
                     QStringLiteral("pause"));
    pausedChip_->setVisible(paused);
    if (!paused && following_) scrollToEnd();
    showCounts();
}

void RequestsPage::setFollowing(bool following) {
    following_ = following;
    follow_->setChecked(following);
    if (!following) return;
    if (model_->isSorted()) table_->sortByColumn(RequestTableModel::Time, Qt::AscendingOrder);
    scrollToEnd();
}

void RequestsPage::scrollToEnd() {
    if (isActive()) table_->scrollToBottom();
}

void RequestsPage::onCurrentChanged() {
    if (restoring_) return;
    const auto* record = model_->record(table_->currentIndex().row());
    if (!record) return;
    selectedId_ = toQt(record->requestId);
    // Whoever looks at a request does not want it to scroll away.
    if (table_->currentIndex().row() < model_->rowCount() - 1) setFollowing(false);
    inspector_->setRecord(*record);
    inspector_->show();
    showCounts();
}

void RequestsPage::restoreSelection() {
    if (selectedId_.isEmpty()) return;
    const int row = model_->rowOf(selectedId_);
    restoring_ = true;
    if (row >= 0) {
        table_->setCurrentIndex(model_->index(row, 0));
        if (!following_) table_->scrollTo(model_->index(row, 0), QAbstractItemView::PositionAtCenter);
    }
    restoring_ = false;
}

void RequestsPage::openTarget(const QString& wanted) {
    if (wanted.isEmpty()) return;
    constexpr QLatin1String kXray("xray:");
    constexpr QLatin1String kDecision("decision:");
    const bool xray = wanted.startsWith(kXray), decision = wanted.startsWith(kDecision);
    const auto target = xray ? wanted.mid(kXray.size()) : decision ? wanted.mid(kDecision.size()) : wanted;
    showReceipts(false);
    const auto* record = context().engine.findRequest(target);
    if (!record) {
        messages().show(MessageBar::Kind::Info, tr("Request %1 is no longer kept; only the newest %2 are.").arg(target, formatCount(EngineBridge::kRequests)));
        return;
    }
    setFollowing(false);
    selectedId_ = record->requestId.empty() ? target : toQt(record->requestId);
    inspector_->setRecord(*record);
    inspector_->show();
    if (model_->rowOf(target) < 0 && !filter_->text().isEmpty()) {
        setFilterText({});
        messages().show(MessageBar::Kind::Info, tr("The filter was cleared, because it hid this request."));
    }
    restoreSelection();
    table_->setFocus();
    if (xray) showXray(false);
    if (decision) showDecision();
}

void RequestsPage::showCounts() {
    const auto all = context().engine.requests().size();
    const int shown = model_->rowCount();
    auto text = static_cast<std::size_t>(shown) == all ? tr("%n request(s)", nullptr, shown) : tr("%1 of %2", "filtered count of requests").arg(formatCount(static_cast<quint64>(shown)), formatCount(all));
    if (model_->markedCount() > 0) text += QStringLiteral(" · ") + tr("%n marked", nullptr, model_->markedCount());
    counts_->setText(text);
    if (!receipts_->isHidden() || isXrayShown() || !decision_->isHidden()) return;
    const auto waiting = model_->waiting();
    newer_->setVisible(waiting > 0);
    newer_->setText(tr("Show %n newer", "button", static_cast<int>(waiting)));
    newer_->setToolTip(model_->isPaused() ? tr("Requests that came while the tail is paused") : tr("Requests that came while the tail is sorted"));
    const auto dropped = context().engine.state().recordsDropped;
    drops_->setVisible(dropped > 0);
    if (dropped > 0)
        drops_->set(StatusChip::Kind::Warning, tr("%n dropped", "request records that were lost", static_cast<int>(dropped)),
                    tr("Requests that were served, but whose records were lost because the console did not read them in time."));
    mark_->setEnabled(!selectedId_.isEmpty());
    showEmptyState();
}

void RequestsPage::showEmptyState() {
    if (model_->rowCount() > 0) {
        pages_->setCurrentIndex(0);
        return;
    }
    if (pages_->currentIndex() == 1 && empty_->property("filtered") == QVariant(!filter_->text().isEmpty())) return;
    empty_->setProperty("filtered", !filter_->text().isEmpty());
    pages_->setCurrentIndex(1);
    if (!filter_->text().isEmpty()) {
        empty_->set(QStringLiteral("filter"), tr("No request matches the filter."), tr("Clear the filter"), [this] { setFilterText({}); });
        return;
    }
    QString address;
    for (const auto& listener : context().engine.state().listeners)
        if (!listener.address.empty() && address.isEmpty()) address = toQt(listener.address);
    if (address.isEmpty()) {
        empty_->set(QStringLiteral("requests"), tr("No listener is open, so no request can arrive."), tr("Open Routes"),
                    [this] { context().navigator.navigate(QStringLiteral("routes"), {}); });
        return;
    }
    empty_->set(QStringLiteral("requests"), tr("No request has reached %1 yet.").arg(address), tr("Copy a curl command"),
                [address] { QGuiApplication::clipboard()->setText(QStringLiteral("curl -i http://%1/").arg(address)); });
}

void RequestsPage::toggleMark() {
    if (selectedId_.isEmpty()) return;
    model_->setMarked(selectedId_, !model_->isMarked(selectedId_));
}

void RequestsPage::contextMenu(const QPoint& position) {
    const auto index = table_->indexAt(position).isValid() ? table_->indexAt(position) : table_->currentIndex();
    const auto* record = model_->record(index.row());
    if (!record) return;
    table_->setCurrentIndex(index);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(model_->isMarked(selectedId_) ? tr("Remove the &mark") : tr("&Mark"), this, &RequestsPage::toggleMark);
    menu->addSeparator();
    const auto narrow = [&](const char* field, const QString& value) {
        if (value.isEmpty()) return;
        const auto term = QStringLiteral("%1=%2").arg(QLatin1String(field), filterValue(value));
        menu->addAction(tr("Only %1", "menu: filter by this term").arg(term), this, [this, term] {
            setFilterText(filter_->text().isEmpty() ? term : filter_->text() + QLatin1Char(' ') + term);
        });
    };
    narrow("route", shortName(toQt(record->route)));
    narrow("status", QString::number(record->status));
    narrow("model", toQt(record->model));
    narrow(record->arm.empty() ? "backend" : "arm", shortName(toQt(record->arm.empty() ? record->backend : record->arm)));
    narrow("pod", shortName(toQt(record->pod)));
    menu->addSeparator();
    menu->addAction(tr("&X-ray", "menu: show what was said on both sides"), this, [this] { showXray(false); });
    menu->addAction(tr("Copy as c&url"), inspector_, &RequestInspector::copyCurl);
    menu->addAction(tr("Copy &id"), inspector_, &RequestInspector::copyId);
    menu->addAction(tr("&Explain this request"), inspector_, &RequestInspector::explainAgain);
    menu->popup(table_->viewport()->mapToGlobal(position));
}

void RequestsPage::saveCsv() {
    auto path = context().dialogs.chooseSaveFile(this, tr("Save the requests"), suggestedFile(QStringLiteral("requests"), QStringLiteral("csv")), tr("Tables (*.csv)"));
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".csv");
    save_->setEnabled(false);
    save_->setText(tr("Saving…", "button while a file is written"));
    csv_->start(path, model_->positions());
}

void RequestsPage::onCsvSaved(const QString& path, const QString& error, int written, int gone) {
    save_->setEnabled(true);
    save_->setText(tr("Save CSV…", "button"));
    if (!error.isEmpty()) {
        messages().show(MessageBar::Kind::Error, tr("The requests were not saved to %1: %2").arg(path, error));
        return;
    }
    auto sentence = tr("%n request(s) saved to %1.", nullptr, written).arg(path);
    if (gone > 0) sentence += QLatin1Char(' ') + tr("%n older one(s) were dropped from the list meanwhile.", nullptr, gone);
    messages().show(gone > 0 ? MessageBar::Kind::Warning : MessageBar::Kind::Ok, sentence);
}

}  // namespace gatehouse::ui
