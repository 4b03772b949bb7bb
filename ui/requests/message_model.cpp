#include "requests/message_model.h"

#include "llm/field_links.h"
#include "models/core_sentence.h"
#include "models/format.h"
#include "telemetry/recorded_head.h"
#include "theme/theme.h"
#include "widgets/data_table.h"

#include <QIcon>

#include <nlohmann/json.hpp>

namespace gatehouse::ui {
namespace {

using Json = nlohmann::ordered_json;

/// More rows than that nobody reads in a tree; the text of the body has them all.
constexpr int kMostRows = 4'000;
constexpr int kMostCharacters = 400;

QString escapedKey(std::string_view key) {
    auto text = toQt(key);
    text.replace(QLatin1Char('~'), QStringLiteral("~0")).replace(QLatin1Char('/'), QStringLiteral("~1"));
    return text;
}

/// One line, as long as a cell is worth reading.
QString oneLine(const QString& text) {
    auto line = text.left(kMostCharacters);
    line.replace(QLatin1Char('\n'), QStringLiteral("⏎")).remove(QLatin1Char('\r'));
    return text.size() > kMostCharacters ? line + QStringLiteral("…") : line;
}

QString scalarText(const Json& value) { return value.is_string() ? toQt(value.get_ref<const std::string&>()) : toQt(value.dump(-1, ' ', false, Json::error_handler_t::replace)); }

template <class Visit>
void eachHeadLine(const std::string& head, Visit&& visit) {
    std::string_view rest = head;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        visit(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
}

}  // namespace

std::string contentTypeOf(const std::string& head) {
    std::string found;
    eachHeadLine(head, [&](std::string_view line) {
        constexpr std::string_view kName = "content-type: ";
        if (line.size() > kName.size() && toQt(line.substr(0, kName.size())).compare(toQt(kName), Qt::CaseInsensitive) == 0) found = line.substr(kName.size());
    });
    return found;
}

MessageModel::MessageModel(Theme& theme, QObject* parent) : QStandardItemModel(parent), theme_(theme) {
    connect(&theme, &Theme::changed, this, [this] {
        for (const auto* item : byPointer_) emit dataChanged(item->index(), item->index().siblingAtColumn(1));
    });
}

QStandardItem* MessageModel::addRow(QStandardItem* parent, const QString& key, const QString& value, const QString& pointer) {
    ++rows_;
    auto* name = new QStandardItem(key);
    auto* shown = new QStandardItem(oneLine(value));
    for (auto* item : {name, shown}) {
        item->setEditable(false);
        item->setData(pointer, kPointerRole);
    }
    shown->setData(true, kFixedFontRole);
    shown->setData(true, kSentenceRole);
    if (value.size() > 40) shown->setToolTip(value.left(4 * kMostCharacters));
    (parent != nullptr ? parent : invisibleRootItem())->appendRow({name, shown});
    if (!pointer.isNull()) byPointer_.insert(pointer, name);
    return name;
}

/// A JSON value as rows below `parent`.
struct MessageModel::Filler {
    MessageModel& model;

    void fill(QStandardItem* parent, const Json& value, const QString& pointer) {
        if (value.is_object()) {
            for (auto member = value.begin(); member != value.end(); ++member) add(parent, toQt(member.key()), member.value(), pointer + QLatin1Char('/') + escapedKey(member.key()));
        } else if (value.is_array()) {
            for (std::size_t i = 0; i < value.size(); ++i) add(parent, QStringLiteral("[%1]").arg(i), value[i], QStringLiteral("%1/%2").arg(pointer).arg(i));
        }
    }
    void add(QStandardItem* parent, const QString& key, const Json& value, const QString& pointer) {
        if (model.rows_ >= kMostRows) return;
        if (!value.is_structured()) {
            model.addRow(parent, key, scalarText(value), pointer);
            return;
        }
        // What it holds, in a word, so that a closed branch says something.
        const auto size = static_cast<int>(value.size());
        const auto count = value.is_array() ? MessageModel::tr("%n item(s)", "of a JSON list", size) : MessageModel::tr("%n field(s)", "of a JSON object", size);
        fill(model.addRow(parent, key, size == 0 ? value.is_array() ? QStringLiteral("[]") : QStringLiteral("{}") : count, pointer), value, pointer);
    }
};

void MessageModel::addHead(const std::string& head) {
    if (head.empty()) return;
    auto* parent = addRow(nullptr, tr("Head", "of an HTTP message"), toQt(std::string_view(head).substr(0, head.find('\n'))), QString());
    bool first = true;
    eachHeadLine(head, [&](std::string_view line) {
        if (std::exchange(first, false)) return;
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos) return;
        const auto value = line.substr(colon + 2);
        addRow(parent, toQt(line.substr(0, colon)), value == telemetry::kHiddenValue ? tr("(hidden)", "value of a secret header field") : toQt(value), QString());
    });
}

void MessageModel::addBody(const std::string& body, bool cut) {
    if (body.empty()) return;
    const auto json = Json::parse(body, nullptr, false);
    if (!json.is_structured()) {
        shape_ = Shape::Text;
        auto* parent = addRow(nullptr, tr("Body"), cut ? tr("not whole, so not read as JSON") : tr("no JSON"), QString());
        const auto lines = toQt(body).split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size() && rows_ < kMostRows; ++i) addRow(parent, QString::number(i + 1), lines[i], QString());
        return;
    }
    shape_ = Shape::Json;
    auto* parent = addRow(nullptr, tr("Body"), {}, QStringLiteral(""));
    Filler{*this}.fill(parent, json, QStringLiteral(""));
    if (rows_ >= kMostRows) addRow(parent, QStringLiteral("…"), tr("more fields; see the text"), QString());
}

void MessageModel::addEvents(const std::vector<llm::StreamPart>& parts) {
    shape_ = Shape::Stream;
    auto* parent = addRow(nullptr, tr("Body"), tr("%n event(s)", "of a stream", static_cast<int>(parts.size())), QStringLiteral(""));
    for (std::size_t i = 0; i < parts.size() && rows_ < kMostRows; ++i) {
        const auto& part = parts[i];
        const auto pointer = QStringLiteral("#%1").arg(i);
        auto* row = addRow(parent, toQt(part.name), part.text.empty() ? toQt(part.data) : toQt(part.text), pointer);
        const auto json = Json::parse(part.data, nullptr, false);
        if (json.is_structured()) Filler{*this}.fill(row, json, pointer);
        QStringList faults;
        for (const auto& fault : part.faults) faults << coreSentence(fault);
        if (!faults.isEmpty()) notes_.insert(pointer, {Mark::Fault, faults.join(QLatin1Char('\n'))});
    }
    if (rows_ >= kMostRows) addRow(parent, QStringLiteral("…"), tr("more events; see the stream"), QString());
}

void MessageModel::set(const llm::CapturedMessage& message, const std::vector<llm::StreamPart>& parts) {
    clear();
    byPointer_.clear();
    notes_.clear();
    lit_.clear();
    rows_ = 0;
    shape_ = Shape::Empty;
    setHorizontalHeaderLabels({tr("Field", "column"), tr("Value", "column")});
    addHead(message.head);
    if (!parts.empty()) addEvents(parts);
    else addBody(message.body, message.cut());
}

QString MessageModel::nearest(QString pointer) const {
    while (!byPointer_.contains(pointer) && !pointer.isEmpty()) pointer.truncate(pointer.lastIndexOf(QLatin1Char('/')));
    return pointer;
}

void MessageModel::mark(const QString& pointer, Mark mark, const QString& why) {
    const auto at = nearest(pointer);
    if (!byPointer_.contains(at)) return;
    auto& note = notes_[at];
    // The first reason stays on top: a hit of a guard says more than that the text is another one.
    if (note.mark == Mark::None) note.mark = mark;
    if (!note.why.contains(why)) note.why = note.why.isEmpty() ? why : note.why + QLatin1Char('\n') + why;
    repaint({at});
}

MessageModel::Mark MessageModel::markOf(const QModelIndex& index) const {
    const auto pointer = pointerOf(index);
    return pointer.isNull() ? Mark::None : notes_.value(pointer).mark;
}

void MessageModel::light(const QSet<QString>& pointers) {
    repaint(std::exchange(lit_, pointers));
    repaint(lit_);
}

void MessageModel::repaint(const QSet<QString>& pointers) {
    for (const auto& pointer : pointers)
        if (const auto* item = byPointer_.value(pointer)) emit dataChanged(item->index(), item->index().siblingAtColumn(1));
}

QModelIndex MessageModel::find(const QString& pointer) const {
    const auto* item = byPointer_.value(nearest(pointer));
    return item != nullptr ? item->index() : QModelIndex();
}

QString MessageModel::pointerOf(const QModelIndex& index) const {
    return index.isValid() ? index.siblingAtColumn(0).data(kPointerRole).toString() : QString();
}

QModelIndex MessageModel::bodyIndex() const { return find(QStringLiteral("")); }

QString MessageModel::markWord(Mark mark) {
    switch (mark) {
        case Mark::Dropped: return tr("dropped", "field that the other dialect has no place for");
        case Mark::Defaulted: return tr("defaulted", "field that was filled in");
        case Mark::Coerced: return tr("coerced", "field that is said in another way");
        case Mark::Added: return tr("added", "field with nothing behind it");
        case Mark::Changed: return tr("changed", "field with another value on the other side");
        case Mark::Guard: return tr("guard", "field that a guard hit");
        case Mark::Fault: return tr("fault", "event against its grammar");
        case Mark::None: break;
    }
    return {};
}

QLatin1String MessageModel::markIcon(Mark mark) {
    switch (mark) {
        case Mark::Dropped: return QLatin1String("remove");
        case Mark::Coerced:
        case Mark::Changed: return QLatin1String("edit");
        case Mark::Guard: return QLatin1String("guard");
        case Mark::Fault: return QLatin1String("error");
        default: return QLatin1String("add");
    }
}

QVariant MessageModel::data(const QModelIndex& index, int role) const {
    if (role == Qt::BackgroundRole || role == Qt::DecorationRole || role == Qt::ToolTipRole || role == kStatusTokenRole || role == Qt::AccessibleDescriptionRole) {
        const auto pointer = pointerOf(index);
        if (!pointer.isNull()) {
            if (role == Qt::BackgroundRole) return lit_.contains(pointer) ? QVariant(QBrush(theme_.tint(Token::Accent, 0.22))) : QVariant();
            const auto note = notes_.value(pointer);
            if (note.mark != Mark::None) {
                const bool mild = note.mark == Mark::Added || note.mark == Mark::Changed;
                const auto token = note.mark == Mark::Fault ? Token::Bad : mild ? Token::Muted : Token::Warn;
                if (role == Qt::DecorationRole && index.column() == 0) return theme_.icon(markIcon(note.mark), token);
                if (role == kStatusTokenRole && index.column() == 0 && !mild) return int(token);
                if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole) return QStringLiteral("%1: %2").arg(markWord(note.mark), note.why);
            }
        }
    }
    return QStandardItemModel::data(index, role);
}

}  // namespace gatehouse::ui
