// The one place that includes QCustomPlot, whose header needs Qt's keywords.
#pragma once

#ifdef QT_NO_KEYWORDS
#undef QT_NO_KEYWORDS
#endif
#ifdef QT_NO_FOREACH
#undef QT_NO_FOREACH
#endif
#include <qcustomplot.h>
