// Waiter: an operation that waits, with a deadline, and interrupts. A deadline is a plain field that the worker's Sweeper
// looks at every tick, so that a request moves no timer. Event: a Waiter that another coroutine wakes.
// Thread: its worker's. Lifetime: outlives the coroutine that awaits it; at most one operation waits at a time. Whoever reads
// and writes at once keeps its own deadline in a Waiter of its own (http/h2_core, gateway/tunnel).
#pragma once

#include "net/io.h"

#include <cstdint>

namespace gatehouse::net {

class Waiter;

/// How an operation ended.
enum class IoEnd : std::uint8_t {
    Ok,
    Closed,         ///< The other side closed its half; over TLS, with close_notify.
    /// TLS only: the connection ended without close_notify, so that someone between may have cut it. A message whose length
    /// is known is whole all the same, and whoever waits for a request may take it for Closed, as browsers just leave; one
    /// that ends with its connection (a close-delimited response) is broken.
    Truncated,
    Reset,          ///< Any other transport error.
    Timeout,        ///< The deadline passed.
    OtherLeft,      ///< The watched side has gone.
    OtherReadable,  ///< The watched side has something to read.
    Stopped,        ///< The worker wants it to end.
};

/// Every waiter of a worker, looked at each tick.
class Sweeper {
  public:
    static constexpr base::Millis kTick{20};
    /// Interrupts what waits past its deadline, and looks after watched sides.
    void tick(base::MonoTime now);

  private:
    friend class Waiter;
    Waiter* first_ = nullptr;
};

/// A side of an exchange that others look at while they wait.
class Watched {
  public:
    /// It is closed, or its peer has left.
    virtual bool gone() const = 0;
    /// There is something to read, or the end, without reading it.
    virtual bool readableNow() const = 0;

  protected:
    ~Watched() = default;
};

class Waiter {
  public:
    explicit Waiter(Sweeper& sweeper);
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    /// For the operations that follow.
    void deadline(base::MonoTime at) { deadline_ = at; }
    IoEnd end() const { return ended_; }
    /// While an operation waits for longer than a few ticks, `other` is looked at: its leaving, or its having something to
    /// read, interrupts the wait.
    enum class Watch : std::uint8_t { Nothing, PeerLeaves, BytesArrive };
    void watch(const Watched* other, Watch what) {
        watched_ = other;
        watch_ = what;
    }
    /// Ends whatever waits now with `why`.
    void interrupt(IoEnd why);
    bool waiting() const { return waiting_; }

    static constexpr base::MonoTime kNever = base::MonoTime::max();

  protected:
    ~Waiter();
    void beginWait() {
        waiting_ = true;
        ticksWaiting_ = 0;
    }
    /// Something ended this wait, though its operation may have gone well.
    bool interrupted() const { return why_ != IoEnd::Ok; }
    /// Ends the wait; `otherwise` holds where nothing interrupted it and `error` is set. True: it went well.
    bool finishWait(bool error, IoEnd otherwise);

  private:
    friend class Sweeper;
    virtual void cancelWait() = 0;
    void onTick(base::MonoTime now);

    Sweeper& sweeper_;
    Waiter* previous_ = nullptr;
    Waiter* next_ = nullptr;
    base::MonoTime deadline_ = kNever;
    const Watched* watched_ = nullptr;
    IoEnd ended_ = IoEnd::Ok;
    IoEnd why_ = IoEnd::Ok;  ///< Why an operation was interrupted.
    Watch watch_ = Watch::Nothing;
    bool waiting_ = false;
    std::uint8_t ticksWaiting_ = 0;
};

/// Waits until another coroutine of the same thread notifies.
class Event final : public Waiter {
  public:
    Event(Sweeper& sweeper, Executor executor);
    /// False: end() says why not. A notify() that came before is remembered, once.
    Task<bool> wait();
    void notify();

  private:
    void cancelWait() override;
    Timer timer_;
    bool notified_ = false;
};

}  // namespace gatehouse::net
