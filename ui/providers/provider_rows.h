// ProviderRows: everything that requests can be sent to, one row each: LLM providers, static hosts, Services and InferencePools, with what the
// engine counted for them. A key is only ever named, never shown. Thread: pure function, values.
#pragma once

#include "config/object.h"
#include "gateway/gateway.h"

#include <QDateTime>
#include <QString>

#include <vector>

namespace gatehouse::ui {

/// One key of a provider, as people see it.
struct ProviderKeyRow {
    QString name;    ///< "Secret default/openai, Authorization-b"
    QString state;   ///< In the console's language.
    QString reason;  ///< Empty while ready.
    bool ready = false;
    qint64 outMillis = 0;
    QDateTime expires;  ///< Of a token that ends; else invalid.
};

struct ProviderRow {
    config::ObjectKey key;
    QString provider;    ///< Of a Backend with several providers: its name; else empty.
    QString name;
    QString type;        ///< "LLM: openai", "Static", "Service", "InferencePool"
    QString host;        ///< "api.openai.com:443"; several joined.
    QString model;       ///< Forced by the backend; empty = the client's.
    QString keyRef;      ///< "Secret openai-key", "from the client", "none", "written in the file".
    int up = 0;
    int total = 0;
    int upInFiles = 0;        ///< What the files alone say; a running gateway knows better.
    int totalInFiles = 0;
    quint64 requests = 0, errors = 0, inputTokens = 0, outputTokens = 0;
    bool counted = false;     ///< A running rule sends to it.
    bool llm = false;         ///< A provider of an AI Backend.
    // What a running gateway knows of an LLM provider.
    bool sampled = false;
    QString testName;         ///< What the gateway calls it.
    bool out = false;         ///< It is left alone for a while, `reason` says why.
    QString reason;
    qint64 outMillis = 0;
    qint64 p50Micros = -1, p95Micros = -1;
    double failureShare = -1;
    int inFlight = -1;
    std::vector<ProviderKeyRow> keys;
    QDateTime tokenExpires;   ///< The first of its tokens to end.
    qint64 inputRate = -1, outputRate = -1;  ///< Micro-units per million tokens.
    QString currency, priceBook;
    QString problem;          ///< Sentence of the worst finding; empty = none.
    config::Severity severity = config::Severity::Info;
    std::vector<config::ObjectKey> usedBy;  ///< Routes, without repeats.
};

/// What the workspace says; nothing is counted yet.
std::vector<ProviderRow> providerRows(const config::ObjectSet& objects, const std::vector<config::Diagnostic>& diagnostics);
/// Fills in what a running gateway knows: counters, and which pods answer. Cheap: it may run twice a second.
void countProviders(std::vector<ProviderRow>& rows, const gateway::State& state);

}  // namespace gatehouse::ui
