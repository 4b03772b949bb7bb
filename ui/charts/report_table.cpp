#include "charts/report_table.h"

#include "charts/chart_frame.h"
#include "theme/theme.h"
#include "widgets/column_fit.h"
#include "widgets/data_table.h"
#include "widgets/dialogs.h"
#include "widgets/message_bar.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>
#include <QTreeWidget>

namespace gatehouse::ui {

QTreeWidget* makeReportTable(Theme& theme, const QString& objectName, const QString& key, const ReportColumns& columns, QWidget* parent) {
    auto* table = new QTreeWidget(parent);
    table->setObjectName(objectName);
    table->setProperty("bare", true);
    table->setColumnCount(static_cast<int>(columns.characters.size()));
    setUpTree(table, theme, {}, key);
    table->setRootIsDecorated(false);
    setColumnCharacters(table, columns.characters);
    new ColumnFit(table, columns.mayLeave, columns.fill, key);
    return table;
}

void setReportNumber(QTreeWidgetItem* item, int column, const QString& number) {
    item->setText(column, number);
    item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
}

void setReportSentence(QTreeWidgetItem* item, int column, const QString& sentence) {
    item->setText(column, sentence);
    item->setToolTip(column, sentence.left(2000));
    item->setData(column, kSentenceRole, true);
}

void saveReport(Dialogs& dialogs, MessageBar& messages, QWidget* parent, const QString& stem, const SaveWords& words, const std::string& csv) {
    const auto suffix = QStringLiteral("csv");
    auto path = dialogs.chooseSaveFile(parent, words.title, suggestedFile(stem, suffix), QCoreApplication::translate("ReportTable", "Tables (*.csv)"));
    if (path.isEmpty()) return;
    if (QFileInfo(path).suffix().isEmpty()) path += QLatin1Char('.') + suffix;
    QSaveFile file(path);
    const auto size = static_cast<qint64>(csv.size());
    const bool written = file.open(QIODevice::WriteOnly) && file.write(csv.data(), size) == size && file.commit();
    if (written) messages.show(MessageBar::Kind::Ok, words.saved.arg(path));
    else messages.show(MessageBar::Kind::Error, words.failed.arg(path, file.errorString()));
}

}  // namespace gatehouse::ui
