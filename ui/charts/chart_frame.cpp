#include "charts/chart_frame.h"

#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"

#include <QAction>
#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QImageWriter>
#include <QMenu>
#include <QPainter>
#include <QSaveFile>
#include <QStackedLayout>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace gatehouse::ui {
namespace {

constexpr int kRefreshMillis = 1000;

}  // namespace

void ChartTableModel::set(ChartTable table) {
    // The same shape keeps scroll position and selection while values change.
    if (table.columns.size() == table_.columns.size() && table.rows.size() == table_.rows.size()) {
        table_ = std::move(table);
        if (!table_.rows.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    table_ = std::move(table);
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(table_.rows.size()); }
int ChartTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(table_.columns.size()); }

QVariant ChartTableModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount() || index.column() >= columnCount()) return {};
    const auto column = static_cast<std::size_t>(index.column());
    const bool number = table_.columns[column].decimals >= 0;
    switch (role) {
        case Qt::DisplayRole: return table_.display(static_cast<std::size_t>(index.row()), column);
        case Qt::TextAlignmentRole: return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case Qt::FontRole: return number || column == 0 ? QVariant(theme_.tabularFont()) : QVariant();
        default: return {};
    }
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    const auto& column = table_.columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole) return column.name;
    if (role == Qt::TextAlignmentRole) return int((column.decimals >= 0 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

ChartTable tableOf(const QAbstractItemModel& model) {
    ChartTable table;
    for (int column = 0; column < model.columnCount(); ++column) table.columns.push_back({model.headerData(column, Qt::Horizontal).toString(), -1});
    for (int row = 0; row < model.rowCount(); ++row) {
        std::vector<QVariant> cells;
        for (int column = 0; column < model.columnCount(); ++column) cells.push_back(model.index(row, column).data().toString());
        table.rows.push_back(std::move(cells));
    }
    return table;
}

QString writeCsv(const QString& path, const ChartTable& table) {
    QSaveFile file(path);
    const auto bytes = table.toCsv().toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) return {};
    return ChartFrame::tr("The table was not saved to %1: %2").arg(path, file.errorString());
}

void widenToHeaders(QHeaderView* header) {
    for (int column = 0; column < header->count(); ++column)
        if (header->sectionResizeMode(column) == QHeaderView::Interactive)
            header->resizeSection(column, std::max(header->sectionSize(column), header->sectionSizeHint(column)));
}

QString suggestedFile(const QString& stem, const QString& suffix) {
    const auto now = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    return QDir::home().filePath(QStringLiteral("%1-%2.%3").arg(stem, now, suffix));
}

ChartFrame::ChartFrame(Theme& theme, Dialogs& dialogs, MessageBar& messages, Chart* chart, const QString& fileStem, QWidget* parent)
    : QWidget(parent), theme_(theme), dialogs_(dialogs), messages_(messages), chart_(chart), fileStem_(fileStem) {
    stack_ = new QStackedLayout(this);
    tableView_ = new QTableView(this);
    model_ = new ChartTableModel(theme, this);
    tableView_->setModel(model_);
    setUpTable(tableView_, theme, {});
    // The page that is not shown must not claim room.
    tableView_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    stack_->addWidget(chart_);
    stack_->addWidget(tableView_);

    menu_ = new QMenu(this);
    showTable_ = menu_->addAction(QString());
    showTable_->setCheckable(true);
    menu_->addSeparator();
    savePng_ = menu_->addAction(QString());
    saveCsv_ = menu_->addAction(QString());
    copyCsv_ = menu_->addAction(QString());
    button_ = makeIconButton(theme, QStringLiteral("more"), {}, this);
    connect(button_, &QToolButton::clicked, this, [this] { menu_->popup(button_->mapToGlobal(QPoint(0, button_->height()))); });

    refresh_ = new QTimer(this);
    refresh_->setInterval(kRefreshMillis);
    connect(refresh_, &QTimer::timeout, this, [this] {
        if (isVisible() && !chart_->isPaused()) refreshTable();
    });
    connect(showTable_, &QAction::toggled, this, &ChartFrame::setTableShown);
    connect(savePng_, &QAction::triggered, this, [this] { askAndSave(QStringLiteral("png"), tr("Pictures (*.png)"), &ChartFrame::savePng); });
    connect(saveCsv_, &QAction::triggered, this, [this] { askAndSave(QStringLiteral("csv"), tr("Tables (*.csv)"), &ChartFrame::saveCsv); });
    connect(copyCsv_, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(chart_->table().toCsv()); });
    retranslate();
}

void ChartFrame::setName(const QString& name) {
    name_ = name;
    chart_->setAccessibleName(name);
    tableView_->setAccessibleName(tr("%1, as a table", "%1 is the name of a chart").arg(name));
    const auto text = tr("Menu of %1", "%1 is the name of a chart").arg(name);
    button_->setToolTip(text);
    button_->setAccessibleName(text);
}

void ChartFrame::retranslate() {
    showTable_->setText(tr("Show as &table", "menu of a chart"));
    savePng_->setText(tr("Save &picture…", "menu of a chart"));
    saveCsv_->setText(tr("Save &CSV…", "menu of a chart"));
    copyCsv_->setText(tr("C&opy as CSV", "menu of a chart"));
}

bool ChartFrame::isTableShown() const { return stack_->currentIndex() == 1; }

void ChartFrame::setTableShown(bool shown) {
    showTable_->setChecked(shown);
    if (shown == isTableShown()) return;
    if (shown) {
        refreshTable();
        tableView_->resizeColumnsToContents();
        refresh_->start();
    } else {
        refresh_->stop();
    }
    tableView_->setSizePolicy(shown ? QSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding) : QSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored));
    stack_->setCurrentIndex(shown ? 1 : 0);
    updateGeometry();
}

void ChartFrame::refreshTable() { model_->set(chart_->table()); }

void ChartFrame::askAndSave(const QString& suffix, const QString& filter, bool (ChartFrame::*save)(const QString&)) {
    auto path = dialogs_.chooseSaveFile(this, tr("Save %1", "%1 is the name of a chart").arg(name_), suggestedFile(fileStem_, suffix), filter);
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + suffix;
    (this->*save)(path);
}

bool ChartFrame::savePng(const QString& path) {
    const double scale = std::max(2.0, devicePixelRatioF());
    const auto drawn = chart_->image(scale);
    const QFontMetrics metrics(theme_.strongFont());
    const int head = metrics.height() + theme_.gap(3), side = theme_.gap(3);
    QImage whole((QSizeF(chart_->width() + 2 * side, chart_->height() + head + side) * scale).toSize(), QImage::Format_RGB32);
    whole.setDevicePixelRatio(scale);
    whole.fill(theme_.color(Token::Surface));
    {
        QPainter painter(&whole);
        painter.setFont(theme_.strongFont());
        painter.setPen(theme_.color(Token::Text));
        painter.drawText(QRect(side, 0, chart_->width(), head), Qt::AlignVCenter | Qt::AlignLeft, name_);
        painter.setFont(theme_.captionFont());
        painter.setPen(theme_.color(Token::Muted));
        painter.drawText(QRect(side, 0, chart_->width(), head), Qt::AlignVCenter | Qt::AlignRight,
                         QDateTime::currentDateTime().toString(Qt::ISODate));
        painter.drawImage(QRectF(side, head, chart_->width(), chart_->height()), drawn, QRectF(QPointF(0, 0), QSizeF(drawn.size())));
    }
    QImageWriter writer(path, "png");
    if (writer.write(whole)) return true;
    messages_.show(MessageBar::Kind::Error, tr("The picture was not saved to %1: %2").arg(path, writer.errorString()));
    return false;
}

bool ChartFrame::saveCsv(const QString& path) {
    const auto error = writeCsv(path, chart_->table());
    if (!error.isEmpty()) messages_.show(MessageBar::Kind::Error, error);
    return error.isEmpty();
}

ChartCard::ChartCard(Theme& theme, Dialogs& dialogs, MessageBar& messages, Chart* chart, const QString& fileStem, QWidget* parent)
    : Card(theme, {}, parent) {
    frame_ = new ChartFrame(theme, dialogs, messages, chart, fileStem, this);
    content()->addWidget(frame_, 1);
    actions()->addWidget(frame_->menuButton());
}

void ChartCard::setName(const QString& name) {
    setTitle(name);
    frame_->setName(name);
}

}  // namespace gatehouse::ui
