// SPDX-License-Identifier: MIT
// What a coffer_engine pointer stands for: an engine and the C callbacks that it lives on.
#pragma once

#include <memory>

#include <coffer/engine/engine.hpp>

#include "coffer_engine.h"
#include "handle.hpp"

namespace coffer::capi {

/// A clock of the caller's.
class CallbackClock final : public Clock {
 public:
  CallbackClock(coffer_clock_function read, void* data) noexcept : read_(read), data_(data) {}
  [[nodiscard]] Timestamp now() noexcept override { return Timestamp{read_(data_)}; }

 private:
  coffer_clock_function read_;
  void* data_;
};

/// The caller's receiver of events.
class CallbackSink final : public EventSink {
 public:
  CallbackSink(coffer_event_function receive, void* data) noexcept
      : receive_(receive), data_(data) {}
  void on_event(const Event& event) noexcept override;

 private:
  coffer_event_function receive_;
  void* data_;
};

struct HeldEngine {
  std::unique_ptr<CallbackClock> clock;
  std::unique_ptr<CallbackSink> sink;
  std::unique_ptr<Engine> engine;  ///< last: it is destroyed before what it uses
};

}  // namespace coffer::capi

struct coffer_engine : coffer::capi::Handle<coffer::capi::HeldEngine, 0x636f666665723031> {
  using Handle::Handle;
};

namespace coffer::capi {

/// The engine behind a handle. Fails as `handle_of`.
[[nodiscard]] Result<Engine*> engine_of(coffer_engine* handle);
[[nodiscard]] Result<const Engine*> engine_of(const coffer_engine* handle);

/// An engine that is being opened, and the options that refer to its callbacks.
struct Opening {
  HeldEngine held;
  EngineOptions options;
};

/// Reads the options (null: all zero). Fails with `invalid_argument`, `null_argument` and those of
/// `read_struct`.
[[nodiscard]] Result<Opening> begin_opening(const coffer_engine_options* options);

}  // namespace coffer::capi
