// The words of the table of limits in the person's language. Thread: any. Pure functions.
#pragma once

#include <QString>

#include <string>

namespace gatehouse::ui {

/// The text itself where no translation is known.
QString limitWords(const std::string& text);
/// Whether the catalogues have it; numbers need none.
bool knowsLimitWords(const std::string& text);

}  // namespace gatehouse::ui
