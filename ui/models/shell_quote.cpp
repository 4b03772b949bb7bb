#include "models/shell_quote.h"

namespace gatehouse::ui {

QString shellQuoted(const QString& argument) {
    auto quoted = argument;
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

}  // namespace gatehouse::ui
