// SPDX-License-Identifier: MIT
// Siblings of one key: the HMAC state of the parent's chain code is made once, each child is two
// compressions and one step on the curve.
#include <coffer/keys/bulk.hpp>

#include <algorithm>
#include <array>
#include <string>

#include "crypto/secp256k1.hpp"
#include "crypto/secp256k1_children.hpp"
#include "keys/child_step.hpp"
#include "keys/chunked_work.hpp"

namespace coffer::keys {

namespace {

using crypto::secp256k1::PublicChildren;

// Below this the table of points costs more than it saves, unless it is there already.
constexpr std::size_t table_pays_from = 2048;

Error skipped(std::uint32_t step) {
  return {Code::derivation_skipped,
          "child " + Path{step}.to_text().substr(2) + " has no valid key; go on behind it"};
}

Status check_range(std::uint32_t first, std::size_t count) {
  if (count > hardened_bit - (first & ~hardened_bit)) {
    return Error{Code::out_of_range, "the last child number would not be below 2147483648"};
  }
  return {};
}

// The points of one chunk, where the observer wants them.
class Points {
 public:
  Points(const BulkOptions& options, Curve curve) noexcept
      : observer_(options.observer),
        is_wanted_(observer_ != nullptr && curve == Curve::secp256k1 && observer_->wants_points()) {
  }

  void keep(std::size_t number, const PublicPoint& point) noexcept {
    if (is_wanted_) {
      points_[number] = point;
    }
  }
  [[nodiscard]] bool is_wanted() const noexcept { return is_wanted_; }
  [[nodiscard]] Status announce(std::size_t offset, std::span<const PublicKey> keys) const {
    if (is_wanted_) {
      COFFER_TRY(observer_->on_points(offset, std::span(points_).first(keys.size())));
    }
    return observer_ != nullptr ? observer_->on_children(offset, keys) : Status();
  }

 private:
  BulkObserver* observer_;
  bool is_wanted_;
  std::array<PublicPoint, chunk_size> points_;
};

Status add_points(const crypto::HmacSha512& chain, const PublicChildren& children,
                  const PublicKey& parent, std::uint32_t first, std::span<PublicKey> out,
                  Points& points) {
  crypto::Wiped<64> tweak;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t step = first + static_cast<std::uint32_t>(i);
    public_tweak(chain, parent, step, tweak.span());
    const auto child = children.child(tweak.part<0, 32>());
    if (i == 0 && child != children.child_plainly(tweak.part<0, 32>())) {
      return Error{Code::internal, "bulk derivation disagrees with plain derivation"};
    }
    if (!child) {
      return skipped(step);
    }
    out[i] = crypto::secp256k1::compressed_of(*child);
    points.keep(i, *child);
  }
  return {};
}

Status multiply(Curve curve, const crypto::HmacSha512& chain, const PublicKey& parent,
                std::uint32_t first, std::span<PublicKey> out, Points& points) {
  crypto::Wiped<64> tweaks;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t step = first + static_cast<std::uint32_t>(i);
    if (public_child(curve, chain, parent, step, out[i], tweaks.span()) != Code::ok) {
      return skipped(step);
    }
    if (points.is_wanted()) {
      points.keep(i, crypto::secp256k1::uncompress(out[i]).value_or(PublicPoint{}));
    }
  }
  return {};
}

// The public key of a node, and on secp256k1 its point where that is wanted.
bool public_of(Curve curve, PrivateNode& node, PublicKey& key, Points& points, std::size_t number) {
  if (points.is_wanted()) {
    const auto point = crypto::secp256k1::public_point(node.part<0, 32>());
    if (point) {
      key = crypto::secp256k1::compressed_of(*point);
      points.keep(number, *point);
    }
    return point.has_value();
  }
  const auto found = public_key_of(curve, node.part<0, 32>());
  key = found.value_or(key);
  return found.has_value();
}

// One child and what follows it.
Status follow(const ExtendedPrivateKey& parent, const crypto::HmacSha512& chain,
              std::uint32_t first, const Path& tail, PrivateNode& node) {
  const Curve curve = parent.curve();
  Code code = private_child(curve, chain, parent.private_key(), parent.to_public().public_key(),
                            first, node);
  std::uint32_t step = first;
  for (std::size_t i = 0; code == Code::ok && i < tail.depth(); ++i) {
    step = tail.steps()[i];
    // A hardened step does not read the public key, so it is not computed for one.
    PublicKey above{};
    if (!is_hardened(step) && curve != Curve::ed25519) {
      above = public_key_of(curve, node.part<0, 32>()).value_or(above);
    }
    const crypto::HmacSha512 next(node.part<32, 32>());
    code = private_child(curve, next, node.part<0, 32>(), above, step, node);
  }
  if (code == Code::derivation_path) {
    return Error{
        code, "child " + Path{step}.to_text().substr(2) + ": ed25519 has hardened children only"};
  }
  return code == Code::ok ? Status() : skipped(first);
}

}  // namespace

Status derive_public_children(const ExtendedPublicKey& parent, std::uint32_t first,
                              std::span<PublicKey> out, const BulkOptions& options) {
  if (is_hardened(first) || parent.curve() == Curve::ed25519) {
    return Error{Code::hardened_from_public,
                 "hardened children, and all on ed25519, need the private key"};
  }
  COFFER_TRY(check_range(first, out.size()));
  if (parent.origin().depth == Path::depth_max) {
    return Error{Code::derivation_path, "path: the key has depth 255 already"};
  }
  const crypto::HmacSha512 chain(parent.chain_code());
  std::optional<PublicChildren> children;
  if (parent.curve() == Curve::secp256k1 &&
      (out.size() >= table_pays_from || PublicChildren::has_table())) {
    children = PublicChildren::of(parent.public_key());
  }
  return run_in_chunks(out.size(), options, [&](std::size_t begin, std::size_t end) -> Status {
    const auto part = out.subspan(begin, end - begin);
    const std::uint32_t step = first + static_cast<std::uint32_t>(begin);
    Points points(options, parent.curve());
    COFFER_TRY(children ? add_points(chain, *children, parent.public_key(), step, part, points)
                        : multiply(parent.curve(), chain, parent.public_key(), step, part, points));
    return points.announce(begin, part);
  });
}

Status derive_children(const ExtendedPrivateKey& parent, std::uint32_t first, const Path& tail,
                       std::span<PublicKey> public_out, std::span<PrivateKeyBytes> private_out,
                       const BulkOptions& options) {
  if (!private_out.empty() && private_out.size() != public_out.size()) {
    return Error{Code::invalid_argument,
                 "private_out: it has " + std::to_string(private_out.size()) +
                     " places, public_out " + std::to_string(public_out.size())};
  }
  COFFER_TRY(check_range(first, public_out.size()));
  if (parent.to_public().origin().depth + std::size_t{1} + tail.depth() > Path::depth_max) {
    return Error{Code::derivation_path, "path: it leads deeper than 255"};
  }
  const crypto::HmacSha512 chain(parent.to_public().chain_code());
  return run_in_chunks(
      public_out.size(), options, [&](std::size_t begin, std::size_t end) -> Status {
        PrivateNode node;
        Points points(options, parent.curve());
        for (std::size_t i = begin; i < end; ++i) {
          const std::uint32_t step = first + static_cast<std::uint32_t>(i);
          COFFER_TRY(follow(parent, chain, step, tail, node));
          if (!public_of(parent.curve(), node, public_out[i], points, i - begin)) {
            return skipped(step);
          }
          if (!private_out.empty()) {
            std::copy_n(node.data(), private_out[i].size(), private_out[i].begin());
          }
        }
        return points.announce(begin, public_out.subspan(begin, end - begin));
      });
}

}  // namespace coffer::keys
