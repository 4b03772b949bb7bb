// A report as a table: a row per finding, columns that leave where they have no room, and the way of it into a file. For panels that run
// something and say what came of it. Thread: GUI.
#pragma once

#include <QString>

#include <string>
#include <vector>

class QTreeWidget;
class QTreeWidgetItem;
class QWidget;

namespace gatehouse::ui {

class Dialogs;
class MessageBar;
class Theme;

struct ReportColumns {
    std::vector<int> characters;  ///< Of each column; 0 takes the rest.
    std::vector<int> mayLeave;    ///< The first leaves first.
    int fill = 0;                 ///< The one of 0 characters.
};
/// `key` keeps widths between runs ("policies/bench").
QTreeWidget* makeReportTable(Theme& theme, const QString& objectName, const QString& key, const ReportColumns& columns, QWidget* parent);
/// A number, in the column's right.
void setReportNumber(QTreeWidgetItem* item, int column, const QString& number);
/// A sentence, whole on hover.
void setReportSentence(QTreeWidgetItem* item, int column, const QString& sentence);

struct SaveWords {
    QString title;   ///< Of the question where to.
    QString saved;   ///< "The bench was saved to %1."
    QString failed;  ///< "The bench was not saved to %1: %2"
};
/// Asks where to, writes `csv` there, and says what came of it. `stem` of the name that is suggested.
void saveReport(Dialogs& dialogs, MessageBar& messages, QWidget* parent, const QString& stem, const SaveWords& words, const std::string& csv);

}  // namespace gatehouse::ui
