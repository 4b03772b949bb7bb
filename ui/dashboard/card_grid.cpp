#include "dashboard/card_grid.h"

#include "theme/theme.h"

#include <QGridLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

/// What a card must have, in units of the theme, so that the labels of eight small plots in it do not touch.
constexpr int kLeastWidth = 85;
constexpr int kLeastHeight = 48;

}  // namespace

CardGrid::CardGrid(Theme& theme, QWidget* parent) : QScrollArea(parent), theme_(theme), page_(new QWidget(this)), grid_(new QGridLayout(page_)) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(page_);
    viewport()->setAutoFillBackground(false);
    page_->setAutoFillBackground(false);
    grid_->setContentsMargins(0, 0, 0, 0);
    const auto apply = [this] {
        grid_->setSpacing(theme_.gap(3));
        columns_ = 0;
        arrange();
    };
    apply();
    connect(&theme, &Theme::changed, this, apply);
}

void CardGrid::add(QWidget* card, int place) {
    cards_.emplace_back(card, place);
    columns_ = 0;
    arrange();
}

void CardGrid::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    arrange();
}

void CardGrid::arrange() {
    const int columns = width() >= 2 * theme_.gap(kLeastWidth) + grid_->spacing() ? 2 : 1;
    if (columns == columns_) return;
    columns_ = columns;
    int places = 0;
    for (const auto& [card, place] : cards_) {
        grid_->addWidget(card, place / columns, place % columns);
        places = std::max(places, place + 1);
    }
    for (int column = 0; column < 2; ++column) grid_->setColumnStretch(column, column < columns ? 1 : 0);
    for (int row = 0; row < places; ++row) {
        const bool used = row * columns < places;
        grid_->setRowStretch(row, used ? 1 : 0);
        grid_->setRowMinimumHeight(row, used ? theme_.gap(kLeastHeight) : 0);
    }
}

}  // namespace gatehouse::ui
