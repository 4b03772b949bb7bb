// LaneFacts: what stands under a lane of the Playground: times and speed as the client saw them, tokens, cost, pod, arm and guards as
// the gateway's record of the request tells them. Pure function. Thread: any.
#pragma once

#include "lab/prompt_client.h"
#include "telemetry/request_record.h"

#include <QString>

#include <vector>

namespace gatehouse::ui {

struct LaneFact {
    QString label, value, help;
};
/// `record` is null until the gateway has one. Values that are not known are "–", so that lanes stay in line.
std::vector<LaneFact> laneFacts(const lab::PromptAnswer& answer, const telemetry::RequestRecord* record);
/// "Waiting", "Streaming", "Done", "Failed", "Cancelled", with the status where it is not 200.
QString laneStateText(const lab::PromptAnswer& answer);

}  // namespace gatehouse::ui
