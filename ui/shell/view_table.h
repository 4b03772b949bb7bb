// The table of views: id, icon, word on the rail, and how to make it. A new view is one row here. Thread: GUI.
#pragma once

#include "widgets/view.h"

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace gatehouse::ui {

struct ViewEntry {
    const char* id;
    const char* icon;
    const char* title;  ///< Source text; translated in the context "ViewTable".
    View* (*make)(ViewContext& context, QWidget* parent);

    QString translatedTitle() const { return QCoreApplication::translate("ViewTable", title); }
};

/// In the order of the rail and of Ctrl+1..9, Ctrl+0.
const std::vector<ViewEntry>& viewTable();

/// The view that shows objects of a kind.
QString viewOfKind(const std::string& kind);

}  // namespace gatehouse::ui
