#include "requests/xray_pane.h"

#include "bridge/engine_bridge.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "requests/message_pane.h"
#include "requests/remark_model.h"
#include "requests/stream_microscope.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/segmented_control.h"
#include "widgets/splitter_state.h"
#include "widgets/view.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QThreadPool>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int kListUnits = 45;      // Of the theme's gap: the list beside the panes.
constexpr int kShortHeading = 24;   // Characters.
constexpr int kTypingPause = 250;  // Milliseconds after the last key.
enum Page { kFields, kStream, kEmpty };

const char* const kExample = R"({
  "model": "gpt-4o",
  "messages": [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": "What is the weather in Oslo?"}
  ],
  "temperature": 0.2,
  "seed": 7
})";

/// Dialects that have both sides of a translation of chats.
QStringList chatDialects() {
    QStringList names;
    for (const auto name : llm::dialectNames())
        if (const auto* dialect = llm::findDialect(name); dialect != nullptr && llm::operationOf(*dialect) == llm::Operation::Chat) names << toQt(name);
    return names;
}

}  // namespace

XrayPane::XrayPane(ViewContext& context, MessageBar& messages, QWidget* parent) : QWidget(parent), context_(context) {
    auto& theme = context.theme;
    setObjectName(QStringLiteral("xray"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(2));
    buildHeader();
    buildPasted();
    auto* holder = new QWidget(this);
    pages_ = new QStackedLayout(holder);
    buildPanes();
    microscope_ = new StreamMicroscope(context, messages, holder);
    empty_ = new EmptyState(theme, holder);
    pages_->addWidget(microscope_);
    pages_->addWidget(empty_);
    column->addWidget(holder, 1);
    typing_.setSingleShot(true);
    typing_.setInterval(kTypingPause);
    connect(&typing_, &QTimer::timeout, this, &XrayPane::convert);
    retranslate();
}

void XrayPane::buildHeader() {
    auto& theme = context_.theme;
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    back_ = makeTextButton(theme, QStringLiteral("arrow-left"), {}, this);
    back_->setObjectName(QStringLiteral("xrayBack"));
    heading_ = new QLabel(this);
    heading_->setObjectName(QStringLiteral("xrayHeading"));
    heading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    heading_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    heading_->installEventFilter(this);
    state_ = makeCaption(theme, {}, this);
    state_->setObjectName(QStringLiteral("xrayState"));
    tryLabel_ = new QLabel(this);
    try_ = new QComboBox(this);
    try_->setObjectName(QStringLiteral("xrayTry"));
    tryLabel_->setBuddy(try_);
    part_ = new SegmentedControl(theme, tr("Shown", "what the X-ray shows"), this);
    part_->setObjectName(QStringLiteral("xrayPart"));
    part_->addSegment(QStringLiteral("fields"), {});
    part_->addSegment(QStringLiteral("stream"), {});
    row->addWidget(back_);
    row->addWidget(heading_, 1);
    half_ = new SegmentedControl(theme, tr("Shown of the fields", "of an X-ray, where room is short"), this);
    half_->setObjectName(QStringLiteral("xrayHalf"));
    for (const char* id : {"input", "requests", "answers", "remarks"}) half_->addSegment(QLatin1String(id), {});
    half_->setCurrent(QStringLiteral("requests"));
    half_->setSegmentShown(QStringLiteral("input"), false);
    half_->hide();
    row->addWidget(tryLabel_);
    row->addWidget(try_);
    row->addWidget(half_);
    row->addWidget(part_);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    state_->setWordWrap(true);
    state_->hide();
    layout()->addWidget(state_);
    const auto fonts = [this, &theme] {
        heading_->setFont(theme.strongFont());
        showHeading(said_);
        if (pages_ != nullptr) arrange();
    };
    fonts();
    connect(&theme, &Theme::changed, this, fonts);
    connect(back_, &QToolButton::clicked, this, &XrayPane::closed);
    connect(try_, &QComboBox::activated, this, &XrayPane::showTry);
    connect(part_, &SegmentedControl::currentChanged, this, &XrayPane::showPart);
    connect(half_, &SegmentedControl::currentChanged, this, &XrayPane::arrange);
}

void XrayPane::buildPasted() {
    auto& theme = context_.theme;
    input_ = new Card(theme, {}, this);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(2));
    direction_ = new SegmentedControl(theme, tr("Direction", "of a translation"), input_);
    direction_->setObjectName(QStringLiteral("xrayDirection"));
    direction_->addSegment(QStringLiteral("request"), {});
    direction_->addSegment(QStringLiteral("answer"), {});
    fromLabel_ = new QLabel(input_);
    from_ = new QComboBox(input_);
    from_->setObjectName(QStringLiteral("xrayFrom"));
    toLabel_ = new QLabel(input_);
    to_ = new QComboBox(input_);
    to_->setObjectName(QStringLiteral("xrayTo"));
    fromLabel_->setBuddy(from_);
    toLabel_->setBuddy(to_);
    from_->addItems(chatDialects());
    to_->addItems(chatDialects());
    from_->setCurrentText(QStringLiteral("openai-chat"));
    to_->setCurrentText(QStringLiteral("anthropic-messages"));
    for (QWidget* widget : {static_cast<QWidget*>(direction_), static_cast<QWidget*>(fromLabel_), static_cast<QWidget*>(from_), static_cast<QWidget*>(toLabel_), static_cast<QWidget*>(to_)})
        row->addWidget(widget);
    row->addStretch(1);
    body_ = new QPlainTextEdit(input_);
    body_->setObjectName(QStringLiteral("xrayInput"));
    body_->setTabChangesFocus(true);
    body_->setPlainText(QString::fromLatin1(kExample));
    input_->content()->addLayout(row);
    input_->content()->addWidget(body_);
    input_->hide();
    layout()->addWidget(input_);
    const auto fonts = [this, &theme] {
        body_->setFont(theme.fixedFont());
        body_->setFixedHeight(QFontMetrics(theme.fixedFont()).lineSpacing() * 8 + theme.gap(3));
    };
    fonts();
    connect(&theme, &Theme::changed, this, fonts);
    connect(body_, &QPlainTextEdit::textChanged, this, [this] { typing_.start(); });
    connect(from_, &QComboBox::activated, this, &XrayPane::convert);
    connect(to_, &QComboBox::activated, this, &XrayPane::convert);
    connect(direction_, &SegmentedControl::currentChanged, this, &XrayPane::convert);
}

void XrayPane::buildPanes() {
    auto& theme = context_.theme;
    auto* page = new QWidget(this);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(1));
    auto* main = new QSplitter(Qt::Horizontal, page);
    auto* rows = rows_ = new QSplitter(Qt::Vertical, main);
    auto* requests = requests_ = new QSplitter(Qt::Horizontal, rows);
    answers_ = new QSplitter(Qt::Horizontal, rows);
    const char* const ids[] = {"xrayClientRequest", "xrayProviderRequest", "xrayProviderAnswer", "xrayClientAnswer"};
    for (int i = 0; i < kXrayPlaces; ++i) {
        auto* pane = panes_[std::size_t(i)] = new MessagePane(context_, QLatin1String(ids[i]), i < 2 ? requests : answers_);
        (i < 2 ? requests : answers_)->addWidget(pane);
        connect(pane, &MessagePane::fieldSelected, this, [this, i](const QString& pointer) { onField(XrayPlace(i), pointer); });
    }
    rows->addWidget(requests);
    rows->addWidget(answers_);
    remarksCard_ = new Card(theme, {}, main);
    remarksCard_->setEdgeToEdge(true);
    remarks_ = new QTableView(remarksCard_);
    remarks_->setObjectName(QStringLiteral("xrayRemarks"));
    remarkModel_ = new RemarkModel(theme, this);
    remarks_->setProperty("bare", true);
    remarks_->setModel(remarkModel_);
    setUpTable(remarks_, theme, {}, QStringLiteral("requests/remarks"));
    setColumnCharacters(remarks_, {14, 0});
    remarks_->setColumnHidden(RemarkModel::Why, true);  // A sentence: it stands below, whole.
    remarks_->setSelectionMode(QAbstractItemView::SingleSelection);
    why_ = makeCaption(theme, {}, remarksCard_);
    why_->setWordWrap(true);
    why_->setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(3), theme.gap(2));
    remarksCard_->content()->addWidget(remarks_, 1);
    remarksCard_->content()->addWidget(why_, 0, Qt::AlignTop);
    main->addWidget(rows);
    main->addWidget(remarksCard_);
    keepSplitter(requests, QStringLiteral("requests/xrayRequests"), {50, 50});
    keepSplitter(answers_, QStringLiteral("requests/xrayAnswers"), {50, 50});
    keepSplitter(rows, QStringLiteral("requests/xrayRows"), {55, 45});
    keepSplitter(main, QStringLiteral("requests/xrayMain"), {72, 28});
    // The four panes are a grid: a column has one width.
    connect(requests, &QSplitter::splitterMoved, answers_, [requests, answers = answers_] { answers->setSizes(requests->sizes()); });
    connect(answers_, &QSplitter::splitterMoved, requests, [requests, answers = answers_] { requests->setSizes(answers->sizes()); });
    column->addWidget(main, 1);
    line_ = makeCaption(theme, {}, page);
    line_->setObjectName(QStringLiteral("xrayLine"));
    line_->setWordWrap(true);
    column->addWidget(line_);
    pages_->addWidget(page);
    connect(remarks_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
        if (current.isValid()) onRemark(current.row());
    });
}

QString XrayPane::placeName(XrayPlace place) const {
    if (pasted_) return place == XrayPlace::ClientRequest ? tr("As pasted", "pane of an X-ray") : tr("As translated", "pane of an X-ray");
    switch (place) {
        case XrayPlace::ClientRequest: return tr("Client request", "pane of an X-ray");
        case XrayPlace::ProviderRequest: return tr("Provider request", "pane of an X-ray");
        case XrayPlace::ProviderAnswer: return tr("Provider reply", "pane of an X-ray");
        case XrayPlace::ClientAnswer: return tr("Client reply", "pane of an X-ray");
    }
    return {};
}

void XrayPane::namePanes() {
    for (int i = 0; i < kXrayPlaces; ++i) panes_[std::size_t(i)]->setName(placeName(XrayPlace(i)));
    arrange();
}

/// The widest title says how narrow any of them may get, so that a column of panes keeps one edge. Where not all of it has room, half of
/// the panes or the list is shown at a time.
void XrayPane::arrange() {
    if (panes_[0] == nullptr || remarksCard_ == nullptr) return;
    const auto& theme = context_.theme;
    int least = 0;
    for (auto* pane : panes_) {
        pane->setMinimumWidth(0);
        least = std::max(least, pane->minimumSizeHint().width());
    }
    const bool compact = 2 * least + theme.gap(kListUnits) > width() && width() > 0;
    if (compact) least = std::min(least, (width() - rows_->handleWidth()) / 2);
    for (auto* pane : panes_) {
        pane->setBrief(compact);
        pane->setMinimumWidth(least);
    }
    remarksCard_->setMinimumWidth(compact ? 0 : theme.gap(kListUnits) - theme.gap(4));
    back_->setToolButtonStyle(compact ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    half_->setSegmentShown(QStringLiteral("answers"), !pasted_);
    half_->setSegmentShown(QStringLiteral("input"), pasted_);
    half_->setSegmentText(QStringLiteral("requests"), pasted_ ? tr("Fields", "the four panes of an X-ray") : tr("Requests", "of an X-ray: what the client and the provider were asked"));
    if (half_->current() == (pasted_ ? QLatin1String("answers") : QLatin1String("input"))) return half_->setCurrent(QStringLiteral("requests"));  // Comes back here.
    half_->setVisible(compact && pages_->currentIndex() == kFields);
    const auto half = half_->current();
    input_->setVisible(pasted_ && (!compact || half == QLatin1String("input")));
    rows_->setVisible(!compact || half == QLatin1String("requests") || half == QLatin1String("answers"));
    requests_->setVisible(!compact || half == QLatin1String("requests"));
    answers_->setVisible(!pasted_ && (!compact || half == QLatin1String("answers")));
    remarksCard_->setVisible(!compact || half == QLatin1String("remarks"));
}

void XrayPane::showHeading(const QString& text) {
    said_ = text;
    heading_->setToolTip(text);
    // Of little, the end tells more: the last of the path, and the status.
    const QFontMetrics metrics(context_.theme.strongFont());
    const bool little = heading_->width() < metrics.averageCharWidth() * kShortHeading;
    heading_->setText(metrics.elidedText(text, little ? Qt::ElideLeft : Qt::ElideMiddle, heading_->width()));
}

bool XrayPane::eventFilter(QObject* watched, QEvent* event) {
    if (watched == heading_ && event->type() == QEvent::Resize) showHeading(said_);
    return QWidget::eventFilter(watched, event);
}

void XrayPane::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width()) arrange();
}

void XrayPane::retranslate() {
    back_->setText(tr("Back to the list", "button"));
    back_->setToolTip(back_->text());
    half_->setSegmentText(QStringLiteral("input"), tr("Body", "of an X-ray: the one that was pasted"));
    half_->setSegmentText(QStringLiteral("answers"), tr("Replies", "of an X-ray"));
    half_->setSegmentText(QStringLiteral("remarks"), tr("On the way", "list of what happened to fields"));
    tryLabel_->setText(tr("Try", "label: which of several providers that were asked"));
    part_->setSegmentText(QStringLiteral("fields"), tr("Fields", "the four panes of an X-ray"));
    part_->setSegmentText(QStringLiteral("stream"), tr("Stream", "the stream microscope"));
    direction_->setSegmentText(QStringLiteral("request"), tr("Request", "what is translated"));
    direction_->setSegmentText(QStringLiteral("answer"), tr("Answer", "what is translated"));
    fromLabel_->setText(tr("From", "label: dialect"));
    toLabel_->setText(tr("To", "label: dialect"));
    input_->setTitle(tr("A body of your own"));
    input_->setCaption(tr("nothing is sent"));
    body_->setAccessibleName(tr("Body to translate"));
    body_->setPlaceholderText(tr("Paste a body in the dialect that is chosen above."));
    remarksCard_->setTitle(tr("On the way", "list of what happened to fields"));
    remarks_->setAccessibleName(tr("What happened to fields on the way"));
    namePanes();
    for (auto* pane : panes_) pane->retranslate();
    microscope_->retranslate();
    if (isHidden()) return;  // Whoever opens it says what it shows.
    if (pasted_) showPasted();
    else if (!record_.requestId.empty()) showRequest(telemetry::RequestRecord(record_));
}

void XrayPane::showRequest(const telemetry::RequestRecord& record) {
    pasted_ = false;
    record_ = record;
    data_ = record_.capture ? record_.capture->data() : nullptr;
    namePanes();
    showHeading(QStringLiteral("%1 %2 · %3").arg(toQt(record_.method), toQt(record_.path)).arg(record_.status));
    try_->clear();
    if (!data_) {
        ++wanted_;
        linking_ = false;
        for (QWidget* widget : {static_cast<QWidget*>(try_), static_cast<QWidget*>(tryLabel_), static_cast<QWidget*>(part_)}) widget->hide();
        state_->hide();
        const bool off = context_.engine.captureBytes() == 0;
        empty_->set(QStringLiteral("eye-off"),
                    record_.capture ? tr("What was said here was pushed out of memory by newer requests.")
                    : !record_.llm  ? tr("Only requests on routes to models are captured.")
                    : off           ? tr("Capture is off, so nothing of this request was kept.")
                                    : tr("This request was not captured: capture was off when it began, or nothing of it was read."),
                    off ? tr("Switch capture on") : QString(), [this] {
                        context_.engine.setCapture(EngineBridge::kCaptureBytes);
                        emit closed();
                    });
        pages_->setCurrentIndex(kEmpty);
        arrange();
        return;
    }
    for (std::size_t i = 0; i < data_->tries.size(); ++i) {
        const auto& entry = data_->tries[i];
        const auto name = toQt(entry.provider.empty() ? entry.endpoint : entry.provider);
        try_->addItem(entry.status > 0 ? tr("%1: %2, answered %3", "%1 number of a try, %2 provider, %3 status").arg(i + 1).arg(name).arg(entry.status)
                                       : tr("%1: %2, no answer", "%1 number of a try, %2 provider").arg(i + 1).arg(name));
    }
    const bool several = data_->tries.size() > 1;
    try_->setVisible(several);
    tryLabel_->setVisible(several);
    part_->show();
    if (several) try_->setCurrentIndex(try_->count() - 1);
    showTry();
}

void XrayPane::showTry() {
    const auto number = static_cast<std::size_t>(std::max(0, try_->currentIndex()));
    const bool has = number < data_->tries.size();
    panes_[0]->show(data_->clientRequest, {}, toQt(data_->clientDialect));
    std::vector<StreamLane> lanes;
    const auto showAnswer = [&](XrayPlace place, const QString& name, const llm::CapturedMessage& answer, const std::string& spoken) {
        const auto& lane = lanes.emplace_back(streamLaneOf(name, answer, spoken));
        pane(place)->show(answer, lane.parts, toQt(spoken));
    };
    if (has) {
        const auto& entry = data_->tries[number];
        panes_[1]->show(entry.request, {}, toQt(entry.dialect));
        if (entry.answer.present) showAnswer(XrayPlace::ProviderAnswer, tr("Provider", "whose stream"), entry.answer, entry.dialect);
        else panes_[2]->showNothing(tr("No answer came."));
    } else {
        panes_[1]->showNothing(tr("No provider was asked."));
        panes_[2]->showNothing(tr("No provider was asked."));
    }
    if (has && data_->tries[number].passedOn) {
        panes_[3]->showNothing(tr("The client saw nothing of this try: another one followed."));
    } else if (data_->clientAnswer.present) {
        showAnswer(XrayPlace::ClientAnswer, tr("Client", "whose stream"), data_->clientAnswer, data_->clientDialect);
    } else {
        panes_[3]->showNothing(tr("Nothing reached the client."));
    }
    arrange();
    microscope_->setLanes(std::move(lanes));
    const bool streamed = !microscope_->plot()->lanes().empty();
    part_->setSegmentEnabled(QStringLiteral("stream"), streamed, tr("The answer came in one piece."));
    if (!streamed) part_->setCurrent(QStringLiteral("fields"));
    showPart(part_->current());
    startLinks([data = data_, number, record = record_] { return xrayOf(*data, number, record); });
}

void XrayPane::showPart(const QString& part) {
    if (part_->current() != part) {
        part_->setCurrent(part);  // Comes back here.
        return;
    }
    pages_->setCurrentIndex(part == QStringLiteral("stream") && !pasted_ ? kStream : kFields);
    arrange();
}

void XrayPane::showPasted() {
    pasted_ = true;
    data_.reset();
    for (QWidget* widget : {static_cast<QWidget*>(try_), static_cast<QWidget*>(tryLabel_), static_cast<QWidget*>(part_)}) widget->hide();
    showHeading(tr("X-ray of a body"));
    pages_->setCurrentIndex(kFields);
    namePanes();
    convert();
}

void XrayPane::convert() {
    if (!pasted_) return;
    const auto* from = llm::findDialect(from_->currentText().toStdString());
    const auto* to = llm::findDialect(to_->currentText().toStdString());
    if (from == nullptr || to == nullptr) return;
    const auto body = body_->toPlainText().toStdString();
    panes_[0]->showBody(body, from_->currentText());
    const bool answer = direction_->current() == QStringLiteral("answer");
    startLinks([from, to, body, answer] { return xrayOfBody(*from, *to, body, answer); });
}

void XrayPane::startLinks(std::function<XrayLinks()> work) {
    links_ = {};
    remarkModel_->set({});
    linking_ = true;
    const auto number = ++wanted_;
    showState();
    QThreadPool::globalInstance()->start([self = QPointer<XrayPane>(this), number, work = std::move(work)] {
        auto links = std::make_shared<XrayLinks>(work());
        // The pane may be gone by then: its pointer is only looked at where it lives.
        QMetaObject::invokeMethod(
            qApp,
            [self, number, links] {
                if (self && self->wanted_ == number) self->takeLinks(std::move(*links));
            },
            Qt::QueuedConnection);
    });
}

void XrayPane::takeLinks(XrayLinks links) {
    links_ = std::move(links);
    linking_ = false;
    if (pasted_) {
        if (links_.requestLinked) panes_[1]->showBody(links_.request.translated, to_->currentText());
        else panes_[1]->showNothing(coreSentence(links_.request.problem));
    }
    markFields();
    if (!pasted_) microscope_->setLinks(links_.stream);
    remarkModel_->set(links_.remarks);
    showState();
    emit linked();
}

void XrayPane::markFields() {
    using Mark = MessageModel::Mark;
    for (const auto& remark : links_.remarks)
        if (remark.kind != XrayRemark::Kind::Guard || !remark.pointer.isEmpty())
            panes_[std::size_t(remark.place)]->model().mark(remark.pointer, RemarkModel::markOf(remark.kind), RemarkModel::why(remark));
    const auto changed = [&](const llm::FieldLinks& half, XrayPlace place) {
        for (const auto& link : half.links)
            if (!link.same) panes_[std::size_t(place)]->model().mark(toQt(link.to), Mark::Changed, tr("Another value than %1 has.", "%1 a field").arg(pathOfPointer(toQt(link.from))));
    };
    for (std::size_t i = 0; i < links_.stream.client.size(); ++i)
        if (links_.stream.client[i].changed)
            panes_[std::size_t(XrayPlace::ClientAnswer)]->model().mark(QStringLiteral("#%1").arg(i), Mark::Changed, tr("On the way the text was changed, as by a guard that masks."));
    // Other words for the same thing are no news where the dialect is another; within one they are what a policy did.
    if (!pasted_ && data_ && !data_->tries.empty()) {
        const auto number = static_cast<std::size_t>(std::max(0, try_->currentIndex()));
        if (number < data_->tries.size() && data_->tries[number].dialect == data_->clientDialect) {
            changed(links_.request, XrayPlace::ProviderRequest);
            changed(links_.answer, XrayPlace::ClientAnswer);
        }
    }
}

void XrayPane::showState() {
    QStringList words;
    if (linking_) words << tr("Linking fields…");
    if (!pasted_ && data_) {
        if (data_->masked) words << tr("A guard masked texts of the request: what it masked stays masked in all later panes.");
        if (data_->answerMasked) words << tr("A guard masked texts of the answer on the way to the client.");
        if (data_->crowded) words << tr("The memory for captures was full, so some of this one is cut.");
    }
    if (links_.cut) words << tr("A body is not kept whole, so its fields are not linked.");
    if (!pasted_)
        for (const auto* problem : {&links_.request.problem, &links_.answer.problem, &links_.stream.problem})
            if (!problem->empty()) words << coreSentence(*problem);
    state_->setText(words.join(QLatin1Char(' ')));
    state_->setVisible(!words.isEmpty());
    const int rows = remarkModel_->rowCount();
    remarks_->setVisible(rows > 0);
    why_->setText(linking_ ? tr("Linking fields…") : rows > 0 ? tr("Choose one to see why.", "of dropped, defaulted and coerced fields") : tr("Nothing was dropped, defaulted or coerced."));
    const auto unknown = links_.request.unknown.size() + links_.answer.unknown.size();
    line_->setText(linking_           ? QString()
                   : unknown > 0      ? tr("Select a field to see its counterparts. Of %n field(s) it is not known what became of them.", nullptr, static_cast<int>(unknown))
                   : links_.stream.known() ? tr("Select a field or an event to see its counterparts.")
                   : links_.requestLinked || links_.answerLinked ? tr("Select a field to see its counterparts.")
                                      : tr("Fields are linked where both bodies are whole."));
}

void XrayPane::onField(XrayPlace place, const QString& pointer) {
    if (selecting_) return;
    for (int i = 0; i < kXrayPlaces; ++i) {
        if (XrayPlace(i) == place) panes_[std::size_t(i)]->model().light({});
        else panes_[std::size_t(i)]->light(counterpartsOf(links_, place, pointer, XrayPlace(i)));
    }
    showLinkLine(place, pointer);
}

void XrayPane::showLinkLine(XrayPlace place, const QString& pointer) {
    if (pointer.isEmpty() || (eventOf(pointer) >= 0 && !links_.stream.known())) return showState();
    QStringList there;
    for (int i = 0; i < kXrayPlaces; ++i)
        for (const auto& other : counterpartsOf(links_, place, pointer, XrayPlace(i))) there << tr("%1 in %2", "%1 a field, %2 a pane").arg(pathOfPointer(other), placeName(XrayPlace(i)));
    there.sort();
    constexpr int kMost = 3;
    const auto more = there.size() > kMost ? tr(" and %n more", nullptr, static_cast<int>(there.size()) - kMost) : QString();
    const bool unknown = [&] {
        const auto& half = place == XrayPlace::ClientRequest ? links_.request : links_.answer;
        return (place == XrayPlace::ClientRequest || place == XrayPlace::ProviderAnswer) &&
               std::find(half.unknown.begin(), half.unknown.end(), pointer.toStdString()) != half.unknown.end();
    }();
    line_->setText(there.isEmpty() ? unknown ? tr("%1: it is not known what became of it.", "%1 a field").arg(pathOfPointer(pointer))
                   : eventOf(pointer) >= 0 ? place == XrayPlace::ProviderAnswer ? tr("%1: nothing in the client's stream comes from this event.", "%1 number of an event").arg(pathOfPointer(pointer))
                                                                                 : tr("%1: no event of the provider is behind this one.", "%1 number of an event").arg(pathOfPointer(pointer))
                                             : tr("%1: no counterpart.", "%1 a field").arg(pathOfPointer(pointer))
                                   : tr("%1: %2", "%1 a field, %2 its counterparts").arg(pathOfPointer(pointer), QStringList(there.mid(0, kMost)).join(QStringLiteral(", ")) + more));
}

void XrayPane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) emit closed();
    else QWidget::keyPressEvent(event);
}

void XrayPane::onRemark(int row) {
    const auto& remark = remarkModel_->at(row);
    why_->setText(RemarkModel::why(remark));
    panes_[std::size_t(remark.place)]->select(remark.pointer);
}

}  // namespace gatehouse::ui
