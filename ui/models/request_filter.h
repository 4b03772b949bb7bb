// RequestFilter: the filter language of the request tail. Terms joined by spaces must all hold:
//   route=chat  status>=500  status=5xx,429  ttft>2s  pod~llm-*  model!=gpt-4o  is:error  is:marked  !health  "two words"
// `~` means contains, or a pattern with * and ?; a bare word is looked for in path, route, model, pod, id and error; a leading
// `!` turns any term round. Thread: any. Lifetime: value.
#pragma once

#include "telemetry/request_record.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace gatehouse::ui {

class RequestFilter {
  public:
    struct Parsed;

    /// An empty text matches everything. On an error the sentence and its place in `text` are filled.
    static Parsed parse(const QString& text);

    bool matches(const telemetry::RequestRecord& record, bool marked = false) const;
    bool empty() const { return terms_.empty(); }

    struct FieldHelp {
        QString name;
        QString help;
    };
    /// What can stand before an operator, for completion and help.
    static std::vector<FieldHelp> fields();

    enum class Op { Equal, NotEqual, Match, NotMatch, Less, LessEqual, Greater, GreaterEqual };
    struct Term {
        int field = -1;  ///< Row of the field table; -1 = free text, -2 = an `is:` flag.
        Op op = Op::Match;
        bool negated = false;
        std::vector<std::string> texts;           ///< Lower case.
        std::vector<std::pair<double, double>> ranges;  ///< Numbers: [low, high], inclusive.
        double number = 0;
        int flag = 0;
    };

  private:
    std::vector<Term> terms_;
};

struct RequestFilter::Parsed {
    RequestFilter filter;
    QString error;  ///< A sentence; empty = valid.
    int errorPosition = 0;
    int errorLength = 0;
    bool valid() const { return error.isEmpty(); }
};

}  // namespace gatehouse::ui
