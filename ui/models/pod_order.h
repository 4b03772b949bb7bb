// Which pods the live views draw, and in which order. Pure functions over the bridge's history, and an order that holds still. Thread: GUI.
#pragma once

#include <QElapsedTimer>
#include <QString>
#include <QStringList>

#include <functional>
#include <vector>

namespace gatehouse::ui {

struct PodHistory;

/// Identifies a pod in one pool; the same address in two pools is two things to draw.
QString podKey(const PodHistory& pod);

/// The pods of a pool (empty = of all pools): pools that are canaries last, then by name, numbers in them counted.
std::vector<const PodHistory*> podsByName(const std::vector<PodHistory>& history, const QString& pool);

/// How much a pod needs to be looked at now: long queues weigh more than full memory.
double severity(const PodHistory& pod);

/// The worst first, chosen anew at most every ten seconds and never while somebody looks, or where pods came or went.
class HeldOrder {
  public:
    using Worse = std::function<double(const PodHistory&)>;
    static constexpr qint64 kReorderMillis = 10'000;

    /// The pods of a pool stay together where `byPool`.
    std::vector<const PodHistory*> apply(std::vector<const PodHistory*> pods, bool looking, const Worse& worse, bool byPool = true);
    /// The next call chooses anew.
    void forget() { keys_.clear(); }
    const QStringList& keys() const { return keys_; }

  private:
    QStringList keys_;
    QElapsedTimer ordered_;
};

}  // namespace gatehouse::ui
