#include "requests/stream_microscope.h"

#include "charts/chart_frame.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "requests/message_model.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/data_table.h"
#include "widgets/splitter_state.h"
#include "widgets/status_chip.h"
#include "widgets/view.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace gatehouse::ui {
namespace {

bool isStream(const llm::CapturedMessage& message) {
    const auto type = contentTypeOf(message.head);
    return type.find("event-stream") != std::string::npos || type.find("eventstream") != std::string::npos || type.find("ndjson") != std::string::npos ||
           type.find("stream+json") != std::string::npos;
}

std::unique_ptr<llm::StreamGrammar> grammarOf(const llm::CapturedMessage& message, const std::string& dialect) {
    const auto* known = llm::findDialect(dialect);
    const auto type = contentTypeOf(message.head);
    auto grammar = std::make_unique<llm::StreamGrammar>(known, llm::StreamGrammar::framingOf(type, known));
    std::size_t at = 0;
    for (const auto& chunk : message.chunks) {
        const auto end = std::min<std::size_t>(chunk.end, message.body.size());
        grammar->feed(std::string_view(message.body).substr(at, end - at), chunk.micros);
        at = end;
    }
    if (at < message.body.size()) grammar->feed(std::string_view(message.body).substr(at), message.chunks.empty() ? 0 : message.chunks.back().micros);
    grammar->finish();
    return grammar;
}

}  // namespace

StreamLane streamLaneOf(const QString& name, const llm::CapturedMessage& message, const std::string& dialect) {
    StreamLane lane;
    lane.name = name;
    if (!isStream(message)) return lane;
    const auto grammar = grammarOf(message, dialect);
    lane.parts = grammar->parts();
    lane.marks = llm::streamMarks(lane.parts);
    lane.checked = grammar->checked();
    // Of what is kept in part alone the end was not seen: that is no fault of the stream.
    if (message.cut()) return lane;
    lane.cut = grammar->checked() && !grammar->ended();
    for (const auto& fault : grammar->endFaults()) lane.endFaults << coreSentence(fault);
    return lane;
}

StreamMicroscope::StreamMicroscope(ViewContext& context, MessageBar& messages, QWidget* parent) : QWidget(parent), context_(context) {
    auto& theme = context.theme;
    setObjectName(QStringLiteral("streamMicroscope"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.gap(2));
    grammar_ = new StatusChip(theme, this);
    grammar_->setObjectName(QStringLiteral("streamGrammar"));
    timing_ = new StatusChip(theme, this);
    timing_->setObjectName(QStringLiteral("streamTiming"));
    summary_ = makeCaption(theme, {}, this);
    plot_ = new StreamPlot(theme);
    plot_->setObjectName(QStringLiteral("streamPlot"));
    auto* card = new Card(theme, {}, this);
    frame_ = new ChartFrame(theme, context.dialogs, messages, plot_, QStringLiteral("stream"), card);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.gap(3));
    row->addWidget(grammar_);
    row->addWidget(timing_);
    row->addWidget(summary_, 1);
    row->addWidget(frame_->menuButton());
    card->content()->addLayout(row);
    card->content()->addWidget(frame_);
    column->addWidget(card);

    auto* below = new QSplitter(Qt::Horizontal, this);
    auto* events = new Card(theme, {}, below);
    events->setEdgeToEdge(true);
    table_ = new QTableView(events);
    table_->setObjectName(QStringLiteral("streamEvents"));
    rows_ = new ChartTableModel(theme, this);
    table_->setModel(rows_);
    setUpTable(table_, theme, {}, QStringLiteral("requests/stream"));
    setColumnCharacters(table_, {8, 4, 8, 7, 12, 8, 5, 0});
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    events->content()->addWidget(table_, 1);
    auto* details = new Card(theme, {}, below);
    chosen_ = new QLabel(details);
    chosen_->setObjectName(QStringLiteral("streamChosen"));
    chosen_->setWordWrap(true);
    chosen_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    data_ = new QPlainTextEdit(details);
    data_->setObjectName(QStringLiteral("streamData"));
    data_->setReadOnly(true);
    data_->setTabChangesFocus(true);
    data_->setFrameShape(QFrame::NoFrame);
    details->content()->addWidget(chosen_);
    details->content()->addWidget(data_, 1);
    below->addWidget(events);
    below->addWidget(details);
    keepSplitter(below, QStringLiteral("requests/microscope"), {66, 34});
    column->addWidget(below, 1);
    const auto fonts = [this, &theme] { data_->setFont(theme.fixedFont()); };
    fonts();
    connect(&theme, &Theme::changed, this, fonts);

    connect(plot_, &StreamPlot::partSelected, this, &StreamMicroscope::choose);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
        if (following_ || !current.isValid()) return;
        int row = current.row();
        for (std::size_t lane = 0; lane < plot_->lanes().size(); ++lane) {
            const int count = static_cast<int>(plot_->lanes()[lane].parts.size());
            if (row < count) return choose(static_cast<int>(lane), row);
            row -= count;
        }
    });
    retranslate();
}

void StreamMicroscope::retranslate() {
    frame_->setName(tr("Events of the stream"));
    frame_->retranslate();
    table_->setAccessibleName(tr("Events of the stream, as a list"));
    data_->setAccessibleName(tr("The chosen event"));
    data_->setPlaceholderText(tr("Choose an event to see what it says."));
    plot_->setLanes(plot_->lanes());
    rows_->set(plot_->table());
    showSummary();
}

void StreamMicroscope::setLanes(std::vector<StreamLane> lanes) {
    std::erase_if(lanes, [](const StreamLane& lane) { return lane.parts.empty(); });
    plot_->setLanes(std::move(lanes));
    rows_->set(plot_->table());
    chosen_->clear();
    data_->clear();
    showSummary();
}

void StreamMicroscope::showSummary() {
    int faults = 0, stalls = 0;
    bool checked = true, cut = false;
    QStringList words;
    for (const auto& lane : plot_->lanes()) {
        faults += lane.faults();
        checked = checked && lane.checked;
        cut = cut || lane.cut;
        stalls += static_cast<int>(std::count_if(lane.marks.begin(), lane.marks.end(), [](const auto& mark) { return mark.kind == llm::StreamMark::Kind::Stall; }));
        words << tr("%1: %n event(s), longest gap %2", "%1 whose stream, %2 a time", static_cast<int>(lane.parts.size())).arg(lane.name, formatDuration(lane.longestGap()));
    }
    summary_->setText(words.join(QStringLiteral(" · ")));
    if (faults > 0) grammar_->set(StatusChip::Kind::Bad, tr("%n fault(s) of grammar", nullptr, faults));
    else if (checked && !plot_->lanes().empty()) grammar_->set(StatusChip::Kind::Ok, tr("Grammar holds", "of a stream"));
    else grammar_->set(StatusChip::Kind::Neutral, tr("Grammar not checked", "of a stream"), tr("There is no grammar for a stream of this kind."));
    timing_->setVisible(cut || stalls > 0);
    if (cut) timing_->set(StatusChip::Kind::Bad, tr("Cut before its end", "of a stream"));
    else if (stalls > 0) timing_->set(StatusChip::Kind::Warning, tr("%n stall(s)", "silences in a stream", stalls));
}

void StreamMicroscope::choose(int lane, int part) {
    const auto& shown = plot_->lanes()[std::size_t(lane)].parts[std::size_t(part)];
    plot_->select(lane, part);
    int row = part;
    for (int i = 0; i < lane; ++i) row += static_cast<int>(plot_->lanes()[std::size_t(i)].parts.size());
    following_ = true;
    table_->setCurrentIndex(rows_->index(row, 0));
    following_ = false;
    QStringList lines{tr("%1 · event %2 at %3", "%1 whose stream, %2 a number, %3 a time").arg(plot_->lanes()[std::size_t(lane)].name).arg(part + 1).arg(formatDuration(shown.micros))};
    for (const auto& fault : shown.faults) lines << coreSentence(fault);
    chosen_->setText(lines.join(QLatin1Char('\n')));
    setTextColor(chosen_, context_.theme, shown.faults.empty() ? Token::Text : Token::Bad);
    const auto bytes = QByteArray::fromStdString(shown.data);
    const auto json = QJsonDocument::fromJson(bytes);
    data_->setPlainText(json.isNull() ? toQt(shown.data) : QString::fromUtf8(json.toJson(QJsonDocument::Indented)));
}

}  // namespace gatehouse::ui
