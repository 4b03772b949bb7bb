#include "requests/message_pane.h"

#include "models/format.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QStackedLayout>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace gatehouse::ui {
namespace {

/// A text field of more is slow; the clipboard gets all.
constexpr std::size_t kMostText = 512 * 1024;

}  // namespace

MessagePane::MessagePane(ViewContext& context, const QString& id, QWidget* parent) : Card(context.theme, {}, parent), look_(context.theme) {
    auto& theme = context.theme;
    setObjectName(id);
    setEdgeToEdge(true);
    asText_ = makeIconButton(theme, QStringLiteral("text"), {}, this);
    asText_->setObjectName(id + QStringLiteral("AsText"));
    asText_->setCheckable(true);
    copy_ = makeIconButton(theme, QStringLiteral("copy"), {}, this);
    copy_->setObjectName(id + QStringLiteral("Copy"));
    actions()->addWidget(asText_);
    actions()->addWidget(copy_);
    note_ = makeCaption(theme, {}, this);
    note_->setObjectName(id + QStringLiteral("Note"));
    note_->setWordWrap(true);
    note_->setContentsMargins(theme.gap(3), 0, theme.gap(3), theme.gap(1));
    note_->hide();
    auto* holder = new QWidget(this);
    pages_ = new QStackedLayout(holder);
    tree_ = new QTreeView(holder);
    tree_->setObjectName(id + QStringLiteral("Tree"));
    model_ = new MessageModel(theme, this);
    tree_->setProperty("bare", true);
    tree_->setModel(model_);
    setUpTree(tree_, theme, {});
    setColumnCharacters(tree_, {22});
    tree_->header()->setStretchLastSection(true);
    tree_->setSelectionMode(QAbstractItemView::SingleSelection);
    text_ = new QPlainTextEdit(holder);
    text_->setObjectName(id + QStringLiteral("Text"));
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setProperty("bare", true);
    text_->setFrameShape(QFrame::NoFrame);
    empty_ = new EmptyState(theme, holder);
    pages_->addWidget(tree_);
    pages_->addWidget(text_);
    pages_->addWidget(empty_);
    content()->addWidget(note_);
    content()->addWidget(holder, 1);
    const auto fonts = [this, &theme] { text_->setFont(theme.fixedFont()); };
    fonts();
    connect(&theme, &Theme::changed, this, fonts);
    connect(asText_, &QToolButton::toggled, this, [this](bool text) {
        if (pages_->currentIndex() != 2) pages_->setCurrentIndex(text ? 1 : 0);
    });
    connect(copy_, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(toQt(body_)); });
    connect(tree_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid()) emit fieldSelected(model_->pointerOf(current));
    });
    retranslate();
}

void MessagePane::setName(const QString& name) {
    name_ = name;
    retranslate();
}

void MessagePane::retranslate() {
    setTitle(name_);
    tree_->setAccessibleName(tr("%1, fields", "%1 one of the four panes").arg(name_));
    text_->setAccessibleName(tr("%1, text", "%1 one of the four panes").arg(name_));
    const auto asText = tr("%1 as text", "%1 one of the four panes").arg(name_);
    asText_->setToolTip(asText);
    asText_->setAccessibleName(asText);
    const auto copy = tr("Copy the body: %1", "%1 one of the four panes").arg(name_);
    copy_->setToolTip(copy);
    copy_->setAccessibleName(copy);
}

void MessagePane::show(const llm::CapturedMessage& message, const std::vector<llm::StreamPart>& parts, const QString& dialect) {
    body_ = message.body;
    model_->set(message, parts);
    QStringList caption;
    if (!dialect.isEmpty()) caption << dialect;
    if (message.size > 0) caption << formatBytes(message.size);
    setCaption(caption.join(QStringLiteral(" · ")));
    QStringList notes;
    if (!message.read) notes << tr("The body passed unread and is not kept.");
    if (message.cut()) notes << tr("Only the first %1 of %2 are kept.", "sizes").arg(formatBytes(message.body.size()), formatBytes(message.size));
    if (message.hidden) notes << tr("Values of secrets are replaced by asterisks.");
    note_->setText(notes.join(QLatin1Char(' ')));
    note_->setVisible(!notes.isEmpty());
    text_->setPlainText(toQt(std::string_view(message.body).substr(0, kMostText)));
    pages_->setCurrentIndex(asText_->isChecked() ? 1 : 0);
    openBody();
}

void MessagePane::showBody(const std::string& body, const QString& dialect) {
    llm::CapturedMessage message;
    message.body = body;
    message.size = body.size();
    show(message, {}, dialect);
}

void MessagePane::showNothing(const QString& why) {
    body_.clear();
    model_->set({}, {});
    setCaption({});
    note_->hide();
    text_->clear();
    empty_->set(QStringLiteral("empty"), why);
    pages_->setCurrentIndex(2);
}

void MessagePane::setBrief(bool brief) {
    if (brief == brief_) return;
    brief_ = brief;
    if (brief) tree_->setIndentation(look_.gap(2));
    else tree_->resetIndentation();
    if (brief) usualWidth_ = tree_->header()->sectionSize(0);
    else if (usualWidth_ > 0) tree_->header()->resizeSection(0, usualWidth_);
    shareColumns();
}

/// Field and value get nearly the same; a value can be read in less than half of a narrow pane, a nested name cannot.
void MessagePane::shareColumns() {
    if (brief_ && width() > 0) tree_->header()->resizeSection(0, width() * 45 / 100);
}

void MessagePane::resizeEvent(QResizeEvent* event) {
    Card::resizeEvent(event);
    shareColumns();
}

void MessagePane::openBody() {
    tree_->collapseAll();
    const auto body = model_->bodyIndex();
    if (!body.isValid()) {
        tree_->expandToDepth(0);
        return;
    }
    // As deep as a chat's texts stand, but not every event of a stream.
    if (model_->shape() == MessageModel::Shape::Json) tree_->expandRecursively(body, 5);
    else tree_->expand(body);
}

void MessagePane::light(const QSet<QString>& pointers) {
    model_->light(pointers);
    if (pointers.isEmpty()) return;
    for (const auto& pointer : pointers) {
        const auto index = model_->find(pointer);
        if (!index.isValid()) continue;
        tree_->scrollTo(index, QAbstractItemView::EnsureVisible);
        return;
    }
}

void MessagePane::select(const QString& pointer) {
    const auto index = model_->find(pointer);
    if (!index.isValid()) return;
    if (asText_->isChecked()) asText_->setChecked(false);
    tree_->setCurrentIndex(index);
    tree_->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

}  // namespace gatehouse::ui
