#include "shell/start_page.h"

#include "widgets/buttons.h"
#include "widgets/card.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace gatehouse::ui {

/// One way in: icon, title, a sentence, a button at the bottom.
class StartCard : public Card {
  public:
    StartCard(Theme& theme, const QString& icon, const QString& name, QWidget* parent)
        : Card(theme, {}, parent), theme_(theme), iconName_(icon) {
        icon_ = new QLabel(this);
        title_ = new QLabel(this);
        title_->setWordWrap(true);
        text_ = new QLabel(this);
        text_->setWordWrap(true);
        note_ = new QLabel(this);
        note_->setWordWrap(true);
        button_ = new QPushButton(this);
        button_->setObjectName(name);
        content()->addWidget(icon_);
        content()->addWidget(title_);
        content()->addWidget(text_);
        content()->addStretch(1);
        content()->addWidget(note_);
        content()->addWidget(button_);
        connect(&theme, &Theme::changed, this, [this] { apply(); });
        apply();
    }

    void setTexts(const QString& title, const QString& text, const QString& verb, const QString& reason = {}) {
        title_->setText(title);
        text_->setText(text);
        button_->setText(verb);
        note_->setText(reason);
        note_->setVisible(!reason.isEmpty());
        button_->setEnabled(reason.isEmpty());
        button_->setToolTip(reason);
        setAccessibleName(title);
    }

    QPushButton* button() { return button_; }

  private:
    void apply() {
        const int side = theme_.gap(8);
        icon_->setPixmap(theme_.icon(iconName_, Token::Accent).pixmap(QSize(side, side), devicePixelRatioF()));
        title_->setFont(theme_.strongFont());
        setMuted(text_, theme_);
        setMuted(note_, theme_);
        note_->setFont(theme_.captionFont());
        setMinimumHeight(theme_.gap(52));
        content()->setSpacing(theme_.gap(2));
        layout()->setContentsMargins(theme_.gap(5), theme_.gap(4), theme_.gap(5), theme_.gap(5));
    }

    Theme& theme_;
    QString iconName_;
    QLabel* icon_;
    QLabel* title_;
    QLabel* text_;
    QLabel* note_;
    QPushButton* button_;
};

StartPage::StartPage(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setObjectName(QStringLiteral("startPage"));
    auto* outer = new QHBoxLayout(this);
    auto* column = new QVBoxLayout;
    outer->addStretch(1);
    outer->addLayout(column, 12);
    outer->addStretch(1);
    title_ = new QLabel(this);
    caption_ = new QLabel(this);
    caption_->setWordWrap(true);
    auto* row = new QHBoxLayout;
    demo_ = new StartCard(theme, QStringLiteral("play"), QStringLiteral("startDemo"), this);
    folder_ = new StartCard(theme, QStringLiteral("folder"), QStringLiteral("startFolder"), this);
    cluster_ = new StartCard(theme, QStringLiteral("cluster"), QStringLiteral("startCluster"), this);
    for (StartCard* card : {demo_, folder_, cluster_}) row->addWidget(card, 1);
    recentTitle_ = new QLabel(this);
    recent_ = new QVBoxLayout;
    recent_->setSpacing(0);
    column->addStretch(2);
    column->addWidget(title_);
    column->addWidget(caption_);
    column->addLayout(row);
    column->addWidget(recentTitle_);
    column->addLayout(recent_);
    column->addStretch(3);
    makePrimary(demo_->button());
    connect(demo_->button(), &QPushButton::clicked, this, &StartPage::demoChosen);
    connect(folder_->button(), &QPushButton::clicked, this, &StartPage::folderChosen);
    connect(&theme, &Theme::changed, this, &StartPage::applyTheme);
    retranslate();
    applyTheme();
    setRecent({});
    row->setSpacing(theme.gap(4));
    column->setSpacing(theme.gap(4));
}

void StartPage::applyTheme() {
    title_->setFont(theme_.titleFont());
    setMuted(caption_, theme_);
    recentTitle_->setFont(theme_.strongFont());
}

void StartPage::retranslate() {
    title_->setText(tr("Welcome to Gatehouse"));
    caption_->setText(tr("Edit Gateway API routes, LLM providers and canaries, and watch the gateway inside this window run them at once."));
    demo_->setTexts(tr("Try the demo"),
                    tr("Eight simulated model servers in two pools, a workspace that routes to them, and gentle traffic. Nothing to install, nothing to break."),
                    tr("Start the demo"));
    folder_->setTexts(tr("Open a folder"), tr("A folder of Kubernetes YAML. Comments, order and unknown fields survive every edit."),
                      tr("Open a folder…"));
    cluster_->setTexts(tr("Connect to a cluster (read-only)"), tr("Browse the live objects of a Kubernetes context, and copy them into a workspace."),
                       tr("Connect…"), tr("Comes with a later version."));
    recentTitle_->setText(tr("Opened before"));
    setAccessibleName(title_->text());
    setRecent(folders_);
}

void StartPage::setRecent(const QStringList& folders) {
    folders_ = folders;
    while (QLayoutItem* item = recent_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    recentTitle_->setVisible(!folders.isEmpty());
    for (const QString& folder : folders.mid(0, 4)) {
        QToolButton* button = makeTextButton(theme_, QStringLiteral("folder"), QDir::toNativeSeparators(folder), this);
        button->setAccessibleName(tr("Open %1").arg(folder));
        connect(button, &QToolButton::clicked, this, [this, folder] { emit recentChosen(folder); });
        recent_->addWidget(button, 0, Qt::AlignLeft);
    }
}

}  // namespace gatehouse::ui
