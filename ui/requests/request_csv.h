// RequestCsv: writes rows of the tail into a CSV file a slice at a time, so that the window stays alive while a hundred thousand of them are
// saved. Rows that the bridge lets go of meanwhile are counted, not invented. Thread: GUI. Lifetime: a view's; the bridge outlives it.
#pragma once

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

class QSaveFile;

namespace gatehouse::telemetry {
struct RequestRecord;
}

namespace gatehouse::ui {

class EngineBridge;

class RequestCsv : public QObject {
    Q_OBJECT
  public:
    explicit RequestCsv(EngineBridge& engine, QObject* parent = nullptr);
    ~RequestCsv() override;

    /// `positions`: places in the bridge's endless sequence, in the order of the lines. One file at a time.
    void start(const QString& path, std::vector<quint64> positions);
    bool isRunning() const { return file_ != nullptr; }
    /// Leaves no file behind.
    void cancel();

    static QString header();
    /// Numbers and times the same for every locale.
    static QString line(const telemetry::RequestRecord& record);

  signals:
    /// `error` is empty when all is well; `gone` rows were dropped from the store before they were written.
    void finished(const QString& path, const QString& error, int written, int gone);

  private:
    void writeSlice();
    void finish(const QString& error);

    EngineBridge& engine_;
    std::unique_ptr<QSaveFile> file_;
    std::vector<quint64> positions_;
    std::size_t next_ = 0;
    int written_ = 0, gone_ = 0;
};

}  // namespace gatehouse::ui
