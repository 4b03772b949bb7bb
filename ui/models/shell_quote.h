// shellQuoted: one argument of a command line that people paste. Pure function. Thread: any.
#pragma once

#include <QString>

namespace gatehouse::ui {

/// One argument, quoted for a POSIX shell.
QString shellQuoted(const QString& argument);

}  // namespace gatehouse::ui
