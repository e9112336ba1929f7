// SPDX-License-Identifier: MIT
// Memory for secrets: whole pages per secret, because mlock and munlock work on whole pages and two
// secrets on one page would unlock each other.
#include <coffer/core/secret.hpp>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#include <unistd.h>
#define COFFER_HAS_PAGES 1
#else
#define COFFER_HAS_PAGES 0
#endif

namespace coffer {
namespace {

#if COFFER_HAS_PAGES

std::size_t rounded_to_pages(std::size_t size) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  if (size > SIZE_MAX - page) {
    throw std::bad_alloc();
  }
  return (size + page - 1) / page * page;
}

std::uint8_t* allocate(std::size_t size, bool* is_locked) {
  const std::size_t rounded = rounded_to_pages(size);
  void* const pages =
      ::mmap(nullptr, rounded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) {
    throw std::bad_alloc();
  }
  *is_locked = ::mlock(pages, rounded) == 0;
#ifdef MADV_DONTDUMP
  ::madvise(pages, rounded, MADV_DONTDUMP);
#endif
  return static_cast<std::uint8_t*>(pages);
}

void deallocate(std::uint8_t* data, std::size_t size) noexcept {
  // Unmapping also unlocks.
  ::munmap(data, rounded_to_pages(size));
}

#else

std::uint8_t* allocate(std::size_t size, bool* is_locked) {
  *is_locked = false;
  return new std::uint8_t[size]{};
}

void deallocate(std::uint8_t* data, std::size_t) noexcept { delete[] data; }

#endif

}  // namespace

void wipe(std::span<std::uint8_t> bytes) noexcept {
  if (bytes.empty()) {
    return;
  }
  std::memset(bytes.data(), 0, bytes.size());
  // Says that somebody may read the zeros, so that the store above is not dead.
  __asm__ __volatile__("" : : "r"(bytes.data()) : "memory");
}

bool equal_constant_time(std::span<const std::uint8_t> a,
                         std::span<const std::uint8_t> b) noexcept {
  if (a.size() != b.size()) {
    return false;
  }
  std::uint8_t difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
    // Hides the value so far, so that the loop can't be turned into one that leaves early.
    __asm__ __volatile__("" : "+r"(difference));
  }
  return difference == 0;
}

Secret::Secret(std::size_t size) : size_(size) {
  if (size != 0) {
    data_ = allocate(size, &is_locked_);
  }
}

Secret Secret::copy_of(std::span<const std::uint8_t> bytes) {
  Secret secret(bytes.size());
  std::copy(bytes.begin(), bytes.end(), secret.data_);
  return secret;
}

Secret Secret::copy_of(std::string_view text) {
  return copy_of(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      is_locked_(std::exchange(other.is_locked_, false)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    release();
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    is_locked_ = std::exchange(other.is_locked_, false);
  }
  return *this;
}

Secret::~Secret() { release(); }

void Secret::release() noexcept {
  if (data_ != nullptr) {
    wipe(bytes());
    deallocate(data_, size_);
  }
}

}  // namespace coffer
