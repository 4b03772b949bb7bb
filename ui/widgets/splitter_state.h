// keepSplitter: a splitter that remembers its sizes between runs and never collapses a pane by accident. Thread: GUI.
#pragma once

#include <QList>
#include <QString>

class QSplitter;

namespace gatehouse::ui {

/// `key` names the splitter in the settings ("routes/main"); `shares` are the first run's relative sizes.
void keepSplitter(QSplitter* splitter, const QString& key, const QList<int>& shares);

}  // namespace gatehouse::ui
