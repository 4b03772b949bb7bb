#include "net/waiter.h"

#include <utility>

namespace gatehouse::net {

void Sweeper::tick(base::MonoTime now) {
    // interrupt() only queues completions, so the list does not change under this loop.
    for (Waiter* waiter = first_; waiter != nullptr; waiter = waiter->next_)
        if (waiter->waiting_) waiter->onTick(now);
}

Waiter::Waiter(Sweeper& sweeper) : sweeper_(sweeper), next_(sweeper.first_) {
    if (next_ != nullptr) next_->previous_ = this;
    sweeper_.first_ = this;
}

Waiter::~Waiter() {
    if (previous_ != nullptr) previous_->next_ = next_;
    else sweeper_.first_ = next_;
    if (next_ != nullptr) next_->previous_ = previous_;
}

bool Waiter::finishWait(bool error, IoEnd otherwise) {
    waiting_ = false;
    const IoEnd why = std::exchange(why_, IoEnd::Ok);
    if (!error) ended_ = IoEnd::Ok;
    else if (why != IoEnd::Ok) ended_ = why;
    else ended_ = otherwise;
    return ended_ == IoEnd::Ok;
}

void Waiter::onTick(base::MonoTime now) {
    if (now >= deadline_) {
        interrupt(IoEnd::Timeout);
        return;
    }
    if (watch_ == Watch::Nothing || watched_ == nullptr) return;
    // Short waits cost no system call: only every fourth tick of a long one looks at the other side.
    if (++ticksWaiting_ % 4 != 0) return;
    if (watch_ == Watch::PeerLeaves && watched_->gone()) interrupt(IoEnd::OtherLeft);
    if (watch_ == Watch::BytesArrive && watched_->readableNow()) interrupt(IoEnd::OtherReadable);
}

void Waiter::interrupt(IoEnd why) {
    if (!waiting_ || why_ != IoEnd::Ok) return;
    why_ = why;
    cancelWait();
}

Event::Event(Sweeper& sweeper, Executor executor) : Waiter(sweeper), timer_(executor, base::MonoTime::max()) {}

Task<bool> Event::wait() {
    if (!notified_) {
        beginWait();
        ErrorCode ignored;
        co_await timer_.async_wait(asio::redirect_error(kAwait, ignored));
    }
    const bool notified = std::exchange(notified_, false);
    co_return finishWait(!notified, IoEnd::Reset);
}

void Event::notify() {
    notified_ = true;
    if (waiting()) timer_.cancel();
}

void Event::cancelWait() { timer_.cancel(); }

}  // namespace gatehouse::net
