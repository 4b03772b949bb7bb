// One function per verb of the command line. Each answers the process's exit code, prints results on standard output and
// everything else on standard error, and constructs no Qt object. Thread: main.
#pragma once

#include "app/command_line.h"

namespace gatehouse::app {

int runServe(const Arguments& arguments);
int runCheck(const Arguments& arguments);
int runStatus(const Arguments& arguments);
int runExplain(const Arguments& arguments);
int runConvert(const Arguments& arguments);
int runExport(const Arguments& arguments);
int runPods(const Arguments& arguments);
int runSimulate(const Arguments& arguments);
int runDrill(const Arguments& arguments);
int runPull(const Arguments& arguments);
int runDiff(const Arguments& arguments);
int runApply(const Arguments& arguments);

/// Prints "gatehouse: SENTENCE" on standard error and answers the exit code that belongs to the error.
int failWith(const Error& error);

}  // namespace gatehouse::app
