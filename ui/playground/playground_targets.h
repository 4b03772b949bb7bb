// PlaygroundTargets: where a lane may send its prompt: each match of each rule that leads to models, as the path, host and header
// fields that meet it. Pure functions. Thread: any.
#pragma once

#include "config/object.h"
#include "gateway/gateway.h"
#include "lab/prompt_client.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace gatehouse::ui {

struct PlaygroundTarget {
    QString name;      ///< "chat · canary-by-header"; tells targets apart.
    QString detail;    ///< "POST /v1/chat/completions, x-canary: always"
    quint16 port = 0;  ///< Of the listener, logical; 0: any.
    lab::PromptTarget target;  ///< Without its address.
    bool tls = false;  ///< The listener ends TLS.
    /// Of a split: its backends in the rule's order, "chat-stable · 90 %"; else empty.
    QStringList arms;
    QString model;     ///< What the backend asks for, where it says so; else empty.
};

std::vector<PlaygroundTarget> playgroundTargets(const config::ObjectSet& objects);
/// The path that a chat takes below a match: "/v1" -> "/v1/chat/completions"; an exact one as it is.
std::string chatPathOf(const std::string& path, bool exact);
/// Where the target's listener is bound; empty: nowhere.
std::string addressOf(const PlaygroundTarget& target, const gateway::State& state);
/// A request sent there comes from this machine's loopback: "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:8080".
bool isLoopback(const std::string& address);

}  // namespace gatehouse::ui
