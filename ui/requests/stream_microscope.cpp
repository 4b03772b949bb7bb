#include "requests/stream_microscope.h"

#include "charts/chart_frame.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "requests/stream_parts.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/card.h"
#include "widgets/column_fit.h"
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

/// "3", "3, 4", "3–7": numbers of events, counted from one.
QString numbersOf(const std::vector<std::size_t>& events) {
    QStringList words;
    for (std::size_t i = 0; i < events.size();) {
        auto last = i;
        while (last + 1 < events.size() && events[last + 1] == events[last] + 1) ++last;
        const auto from = QString::number(events[i] + 1);
        words << (last == i ? from : last == i + 1 ? from + QStringLiteral(", ") + QString::number(events[last] + 1) : QStringLiteral("%1–%2").arg(from).arg(events[last] + 1));
        i = last + 1;
    }
    return words.join(QStringLiteral(", "));
}

}  // namespace

StreamLane streamLaneOf(const QString& name, const llm::CapturedMessage& message, const std::string& dialect) {
    StreamLane lane;
    lane.name = name;
    if (!isStream(message)) return lane;
    const auto grammar = streamGrammarOf(message, dialect);
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
    table_->setProperty("bare", true);
    rows_ = new ChartTableModel(theme, this);
    table_->setModel(rows_);
    setUpTable(table_, theme, {}, QStringLiteral("requests/stream"));
    setColumnCharacters(table_, {8, 6, 8, 8, 16, 8, 6, 7, 8});
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    events->content()->addWidget(table_, 1);
    auto* details = new Card(theme, {}, below);
    chosen_ = new QLabel(details);
    chosen_->setObjectName(QStringLiteral("streamChosen"));
    chosen_->setWordWrap(true);
    chosen_->hide();
    chosen_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    data_ = new QPlainTextEdit(details);
    data_->setObjectName(QStringLiteral("streamData"));
    data_->setReadOnly(true);
    data_->setTabChangesFocus(true);
    data_->setProperty("bare", true);
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
    // What the axis and the chosen event say too leaves first.
    enum { kGap = 3, kName = 4, kBytes = 6, kRemarks = 8 };
    new ColumnFit(table_, {kBytes, kGap, kName}, kRemarks, QStringLiteral("requests/stream"));
}

void StreamMicroscope::retranslate() {
    frame_->setName(tr("Events of the stream"));
    frame_->retranslate();
    table_->setAccessibleName(tr("Events of the stream, as a list"));
    data_->setAccessibleName(tr("The chosen event"));
    data_->setPlaceholderText(tr("Choose an event to see what it says."));
    plot_->setLanes(std::vector(plot_->lanes()));
    plot_->setLinks(links_);
    rows_->set(plot_->table());
    showSummary();
}

void StreamMicroscope::setLanes(std::vector<StreamLane> lanes) {
    std::erase_if(lanes, [](const StreamLane& lane) { return lane.parts.empty(); });
    links_ = {};
    plot_->setLanes(std::move(lanes));
    rows_->set(plot_->table());
    chosen_->clear();
    chosen_->hide();
    data_->clear();
    showSummary();
}

void StreamMicroscope::setLinks(const llm::StreamLinks& links) {
    links_ = links;
    plot_->setLinks(links_);
    // Widths and the chosen row stay: the table only learns its numbers.
    const auto row = table_->currentIndex().row();
    rows_->set(plot_->table());
    if (row >= 0) {
        following_ = true;
        table_->setCurrentIndex(rows_->index(row, 0));
        following_ = false;
    }
    if (plot_->selectedPart() >= 0) choose(plot_->selectedLane(), plot_->selectedPart());
    showSummary();
}

/// What became of an event, or where it comes from; nothing where it is not known.
QStringList StreamMicroscope::linkLines(int lane, int part) const {
    QStringList lines;
    if (!plot_->linked()) return lines;
    const auto& event = (lane == 0 ? links_.provider : links_.client)[std::size_t(part)];
    const auto other = plot_->lanes()[lane == 0 ? 1 : 0].name;
    if (event.others.empty()) lines << (lane == 0 ? tr("Nothing in the client's stream comes from this event.") : tr("No event of the provider is behind this one: the gateway said it."));
    else if (lane == 0) lines << tr("Became %1 of %2", "%1 numbers of events, %2 whose stream").arg(numbersOf(event.others), other);
    else lines << tr("Comes from %1 of %2", "%1 numbers of events, %2 whose stream").arg(numbersOf(event.others), other);
    if (event.changed) lines << tr("On the way the text was changed, as by a guard that masks.");
    for (const auto& loss : event.losses) lines << QStringLiteral("%1: %2").arg(toQt(loss.path), coreSentence(loss.reason));
    return lines;
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
    if (plot_->linked()) {
        if (const auto dropped = static_cast<int>(links_.dropped().size()); dropped > 0) words << tr("%n event(s) without a counterpart", "of a provider's stream", dropped);
    } else if (!links_.problem.empty()) {
        words << coreSentence(links_.problem);
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
    lines << linkLines(lane, part);
    chosen_->setText(lines.join(QLatin1Char('\n')));
    chosen_->show();
    setTextColor(chosen_, context_.theme, shown.faults.empty() ? Token::Text : Token::Bad);
    const auto bytes = QByteArray::fromStdString(shown.data);
    const auto json = QJsonDocument::fromJson(bytes);
    data_->setPlainText(json.isNull() ? toQt(shown.data) : QString::fromUtf8(json.toJson(QJsonDocument::Indented)));
}

}  // namespace gatehouse::ui
