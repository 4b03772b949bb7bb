#include "shell/status_row.h"

#include "widgets/buttons.h"
#include "widgets/status_chip.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

namespace gatehouse::ui {

namespace {
constexpr qint64 kStaleMillis = 2'000;
}

StatusRow::StatusRow(Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
    setObjectName(QStringLiteral("statusRow"));
    auto* row = new QHBoxLayout(this);
    problems_ = new StatusChip(theme, this);
    problems_->setObjectName(QStringLiteral("problemsChip"));
    warnings_ = new StatusChip(theme, this);
    warnings_->setObjectName(QStringLiteral("warningsChip"));
    unsaved_ = new StatusChip(theme, this);
    unsaved_->setObjectName(QStringLiteral("unsavedChip"));
    drafts_ = new StatusChip(theme, this);
    drafts_->setObjectName(QStringLiteral("draftsChip"));
    drafts_->hide();
    age_ = new StatusChip(theme, this);
    age_->setObjectName(QStringLiteral("ageChip"));
    gear_ = makeIconButton(theme, QStringLiteral("settings"), QString(), this);
    gear_->setObjectName(QStringLiteral("gearButton"));
    gear_->setPopupMode(QToolButton::InstantPopup);
    row->addWidget(problems_);
    row->addWidget(warnings_);
    row->addWidget(unsaved_);
    row->addWidget(drafts_);
    row->addStretch(1);
    row->addWidget(age_);
    row->addWidget(gear_);
    connect(problems_, &StatusChip::clicked, this, &StatusRow::problemsClicked);
    connect(warnings_, &StatusChip::clicked, this, &StatusRow::problemsClicked);
    connect(unsaved_, &StatusChip::clicked, this, &StatusRow::unsavedClicked);
    connect(drafts_, &StatusChip::clicked, this, &StatusRow::draftsClicked);
    connect(age_, &StatusChip::clicked, this, &StatusRow::ageClicked);
    const auto look = [this, row] {
        row->setContentsMargins(theme_.gap(2), theme_.borderWidth(), theme_.gap(2), 0);
        row->setSpacing(theme_.gap(1));
        for (StatusChip* chip : {problems_, warnings_, unsaved_, drafts_, age_}) chip->setFont(theme_.captionFont());
    };
    look();
    connect(&theme, &Theme::changed, this, look);
    retranslate();
}

void StatusRow::retranslate() {
    problems_->setClickable(true, tr("Problems"));
    warnings_->setClickable(true, tr("Problems"));
    unsaved_->setClickable(true, tr("Save"));
    drafts_->setClickable(true, tr("Go to the text"));
    age_->setClickable(true, tr("Dashboard"));
    gear_->setToolTip(tr("Theme, language, text size and limits"));
    gear_->setAccessibleName(tr("Settings"));
}

void StatusRow::setProblems(int errors, int warnings) {
    if (errors == 0) {
        problems_->set(StatusChip::Kind::Ok, warnings == 0 ? tr("no problems") : tr("no errors"), tr("Show problems"), QStringLiteral("check"));
    } else {
        problems_->set(StatusChip::Kind::Bad, tr("%n error(s)", nullptr, errors), tr("Show problems"));
    }
    warnings_->setVisible(warnings > 0);
    warnings_->set(StatusChip::Kind::Warning, tr("%n warning(s)", nullptr, warnings), tr("Show problems"));
}

void StatusRow::setChecked(bool checked) { problems_->setVisible(checked); }

void StatusRow::setUnsaved(int files, bool demo) {
    unsaved_->setVisible(files > 0);
    unsaved_->set(StatusChip::Kind::Accent, tr("%n file(s) unsaved", nullptr, files),
                  demo ? tr("The demo's folder is thrown away when Gatehouse closes. Click to save into it.")
                       : tr("The gateway runs these edits already. Click to write them to disk."),
                  QStringLiteral("save"));
}

void StatusRow::setDrafts(int count) {
    drafts_->setVisible(count > 0);
    drafts_->set(StatusChip::Kind::Warning, tr("%n text(s) not applied", nullptr, count),
                 tr("What was typed cannot be read yet, so the gateway does not run it. It is kept, also when Gatehouse ends. Click to go there."));
}

void StatusRow::setAge(qint64 millis, bool running) {
    if (!running || millis < 0) {
        age_->set(StatusChip::Kind::Neutral, tr("no live data"), tr("The gateway is not running."), QStringLiteral("clock"));
        return;
    }
    const QString seconds = QLocale().toString(double(millis) / 1000.0, 'f', 1);
    age_->set(millis > kStaleMillis ? StatusChip::Kind::Warning : StatusChip::Kind::Neutral, tr("data %1 s old").arg(seconds),
              tr("Age of the numbers on the screen"), QStringLiteral("clock"));
}

void StatusRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Token::Surface));
    painter.fillRect(QRect(0, 0, width(), theme_.borderWidth()), theme_.color(Token::Border));
}

}  // namespace gatehouse::ui
