#include "requests/request_csv.h"

#include "bridge/engine_bridge.h"
#include "charts/chart.h"
#include "models/format.h"
#include "models/request_table_model.h"

#include <QElapsedTimer>
#include <QSaveFile>
#include <QStringList>
#include <QTimer>

namespace gatehouse::ui {
namespace {

constexpr qint64 kSliceMillis = 8;
constexpr int kRowsPerLook = 64;  ///< Rows between two looks at the clock.

QString csvLine(const QStringList& fields) {
    QStringList quoted;
    for (const auto& field : fields) quoted << csvField(field);
    return quoted.join(QLatin1Char(',')) + QLatin1Char('\n');
}

QString millis(qint64 micros) { return micros < 0 ? QString() : QString::number(double(micros) / 1000.0, 'f', 3); }

}  // namespace

RequestCsv::RequestCsv(EngineBridge& engine, QObject* parent) : QObject(parent), engine_(engine) {}
RequestCsv::~RequestCsv() = default;

QString RequestCsv::header() {
    return csvLine({tr("Finished", "column"), tr("Request id", "column"), tr("Method", "column: HTTP method"), tr("Path", "column: URL path"),
                    tr("Route", "column: name of the HTTPRoute"), tr("Status", "column: HTTP status"), tr("Model", "column: LLM model"),
                    tr("Backend", "column: backend or canary arm"), tr("Pod", "column"), tr("TTFT ms", "column: time to first token in milliseconds"),
                    tr("Total ms", "column: whole time in milliseconds"), tr("In tok", "column: input tokens, short"),
                    tr("Out tok", "column: output tokens, short"), tr("Reason", "column: why a request failed")});
}

QString RequestCsv::line(const telemetry::RequestRecord& record) {
    const auto text = [&](int column) { return RequestTableModel::text(record, column); };
    const auto tokens = [&](std::uint64_t count) { return record.usage.known ? QString::number(count) : QString(); };
    const auto finished = toDateTime(record.startedAt).addMSecs(record.totalMicros / 1000);
    return csvLine({finished.toOffsetFromUtc(finished.offsetFromUtc()).toString(Qt::ISODateWithMs), toQt(record.requestId), toQt(record.method), toQt(record.path),
                    text(RequestTableModel::Route), text(RequestTableModel::Status), toQt(record.model), text(RequestTableModel::Backend),
                    text(RequestTableModel::Pod), millis(record.firstByteMicros), millis(record.totalMicros), tokens(record.usage.inputTokens),
                    tokens(record.usage.outputTokens), toQt(record.errorSentence)});
}

void RequestCsv::start(const QString& path, std::vector<quint64> positions) {
    if (isRunning()) return;
    positions_ = std::move(positions);
    next_ = 0;
    written_ = gone_ = 0;
    file_ = std::make_unique<QSaveFile>(path);
    if (!file_->open(QIODevice::WriteOnly) || file_->write(header().toUtf8()) < 0) {
        finish(file_->errorString());
        return;
    }
    QTimer::singleShot(0, this, &RequestCsv::writeSlice);
}

void RequestCsv::cancel() {
    if (file_) file_->cancelWriting();
    file_.reset();
}

void RequestCsv::writeSlice() {
    if (!file_) return;
    QElapsedTimer clock;
    clock.start();
    QByteArray bytes;
    const auto first = engine_.firstRequestSequence();
    const auto& requests = engine_.requests();
    while (next_ < positions_.size() && clock.elapsed() < kSliceMillis) {
        for (int i = 0; i < kRowsPerLook && next_ < positions_.size(); ++i) {
            const auto position = positions_[next_++];
            if (position < first || position - first >= requests.size()) {
                ++gone_;
                continue;
            }
            bytes += line(requests[position - first]).toUtf8();
            ++written_;
        }
    }
    if (file_->write(bytes) != bytes.size()) {
        finish(file_->errorString());
        return;
    }
    if (next_ < positions_.size()) {
        QTimer::singleShot(0, this, &RequestCsv::writeSlice);
        return;
    }
    finish(file_->commit() ? QString() : file_->errorString());
}

void RequestCsv::finish(const QString& error) {
    const QString path = file_->fileName();
    file_.reset();
    positions_.clear();
    emit finished(path, error, written_, gone_);
}

}  // namespace gatehouse::ui
