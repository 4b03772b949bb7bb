// Xray: what an X-ray knows beyond the captured bytes, made off the GUI thread: which field became which, what was lost, what a guard
// hit. Pure functions. Thread: any.
#pragma once

#include "llm/capture.h"
#include "llm/field_links.h"
#include "llm/stream_links.h"
#include "telemetry/request_record.h"

#include <QSet>
#include <QString>

#include <vector>

namespace gatehouse::ui {

/// The panes, in the order in which things were said.
enum class XrayPlace { ClientRequest, ProviderRequest, ProviderAnswer, ClientAnswer };
inline constexpr int kXrayPlaces = 4;

/// One row of the list beside the panes.
struct XrayRemark {
    enum class Kind { Dropped, Defaulted, Coerced, Added, Guard };
    Kind kind = Kind::Dropped;
    XrayPlace place = XrayPlace::ClientRequest;
    QString pointer;  ///< In the body of that pane.
    QString field;    ///< As people write it: "messages[2].content".
    std::string reason;  ///< In core's words.
};

struct XrayLinks {
    llm::FieldLinks request, answer;
    std::vector<XrayRemark> remarks;
    bool requestLinked = false, answerLinked = false;  ///< Else `problem` of the half says why, where there was something to link.
    llm::StreamLinks stream;  ///< Of an answer that is a stream on both sides.
    std::vector<llm::StreamPart> providerParts, clientParts;  ///< Its events.
    bool cut = false;  ///< A body is not kept whole, so its fields are not linked.
};

/// Of one try of a capture. Takes up to hundreds of translations.
XrayLinks xrayOf(const llm::CaptureData& data, std::size_t number, const telemetry::RequestRecord& record);
/// Of a body that was pasted: `answer` of `from`, or a request. What comes of it is links.request.translated.
XrayLinks xrayOfBody(const llm::Dialect& from, const llm::Dialect& to, const std::string& body, bool answer);

/// The event of a pointer into a stream, "#3/choices/0" -> 3; -1: it is none.
int eventOf(const QString& pointer);
/// The counterparts of a field in each of the four panes, itself not among them.
QSet<QString> counterpartsOf(const XrayLinks& links, XrayPlace at, const QString& pointer, XrayPlace in);
/// "/messages/2/content" -> "messages[2].content"; "#2/delta/text" -> "#3 delta.text", as events are counted from one.
QString pathOfPointer(const QString& pointer);

}  // namespace gatehouse::ui
