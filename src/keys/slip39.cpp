// SPDX-License-Identifier: MIT
// SLIP-39: the secret is encrypted under the passphrase, split among groups and then among members.
#include <coffer/keys/slip39.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "crypto/kdf.hpp"
#include "crypto/wiped.hpp"
#include "keys/shamir.hpp"
#include "keys/slip39_share.hpp"

namespace coffer::keys {

namespace {

constexpr std::size_t group_max = 16;
constexpr std::uint32_t base_iterations = 2500;

// The Feistel network of four rounds; `rounds` gives their order. `info` names the salt and cost.
Secret encipher(std::span<const std::uint8_t> secret, std::string_view passphrase,
                const ShareInfo& info, const std::array<std::uint8_t, 4>& rounds) {
  const std::size_t half = secret.size() / 2;
  Secret left = Secret::copy_of(secret.first(half));
  Secret right = Secret::copy_of(secret.subspan(half));
  Secret password(1 + passphrase.size());
  std::copy(passphrase.begin(), passphrase.end(), password.bytes().begin() + 1);
  constexpr std::string_view customisation = "shamir";
  const std::size_t prefix = info.is_extendable ? 0 : customisation.size() + 2;
  Secret salt(prefix + half);
  if (prefix != 0) {
    std::copy(customisation.begin(), customisation.end(), salt.bytes().begin());
    salt.bytes()[prefix - 2] = static_cast<std::uint8_t>(info.identifier >> 8);
    salt.bytes()[prefix - 1] = static_cast<std::uint8_t>(info.identifier);
  }
  Secret mask(half);
  for (const std::uint8_t round : rounds) {
    password.bytes()[0] = round;
    std::copy(right.bytes().begin(), right.bytes().end(),
              salt.bytes().begin() + static_cast<std::ptrdiff_t>(prefix));
    crypto::pbkdf2_hmac_sha256(password.bytes(), salt.bytes(),
                               base_iterations << info.iteration_exponent, mask.bytes());
    for (std::size_t i = 0; i < half; ++i) {
      left.bytes()[i] ^= mask.bytes()[i];
    }
    std::swap(left, right);
  }
  Secret result(secret.size());
  std::copy(right.bytes().begin(), right.bytes().end(), result.bytes().begin());
  std::copy(left.bytes().begin(), left.bytes().end(),
            result.bytes().begin() + static_cast<std::ptrdiff_t>(half));
  return result;
}

Status check_passphrase(std::string_view passphrase) {
  if (!std::all_of(passphrase.begin(), passphrase.end(),
                   [](char c) { return c >= 32 && c <= 126; })) {
    return Error{Code::invalid_argument,
                 "passphrase: SLIP-39 knows printable ASCII characters only"};
  }
  return {};
}

Error out_of_range(std::string_view what) { return {Code::out_of_range, std::string(what)}; }

Status check_split(std::size_t size, std::span<const ShareGroup> groups,
                   const ShareOptions& options) {
  if (size < share_secret_min || size > share_secret_max || size % 2 != 0) {
    return out_of_range("secret: 16 to 64 bytes, an even number, are possible");
  }
  if (groups.empty() || groups.size() > group_max) {
    return out_of_range("groups: 1 to 16 are possible");
  }
  if (options.group_threshold < 1 || options.group_threshold > groups.size()) {
    return out_of_range("group_threshold: from 1 to the number of groups");
  }
  if (options.iteration_exponent > 15) {
    return out_of_range("iteration_exponent: 0 to 15 are possible");
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const ShareGroup& group = groups[i];
    if (group.count < 1 || group.count > group_max || group.threshold < 1 ||
        group.threshold > group.count || (group.threshold == 1 && group.count > 1)) {
      return out_of_range("group " + std::to_string(i + 1) +
                          ": threshold 1 to count, count 1 to 16, and 1 of 1 when one is enough");
    }
  }
  return {};
}

Error unfit(std::size_t share, std::string_view what) {
  return {Code::share_invalid,
          "share " + std::to_string(share) + " has another " + std::string(what)};
}

// The message names what differs, in the order of the words.
Status check_same_set(const ShareInfo& a, const ShareInfo& b, std::size_t number) {
  if (a.identifier != b.identifier || a.is_extendable != b.is_extendable) {
    return unfit(number, "identifier: it is of another set");
  }
  if (a.iteration_exponent != b.iteration_exponent) {
    return unfit(number, "iteration exponent");
  }
  if (a.group_threshold != b.group_threshold || a.group_count != b.group_count) {
    return unfit(number, "group threshold or count");
  }
  if (a.secret_size != b.secret_size) {
    return unfit(number, "length");
  }
  return {};
}

struct Group {
  unsigned threshold = 0;
  std::vector<Point> members;
};

// Puts a share into its group; the same share given twice counts once.
Status add_member(Group& group, Share share, std::size_t number) {
  if (group.threshold != 0 && group.threshold != share.info.member_threshold) {
    return unfit(number, "member threshold than its group");
  }
  group.threshold = share.info.member_threshold;
  for (const Point& member : group.members) {
    if (member.x == share.info.member_index) {
      if (equal_constant_time(member.y.bytes(), share.value.bytes())) {
        return {};
      }
      return Error{Code::share_invalid, "share " + std::to_string(number) +
                                            " has the number of another one in its group"};
    }
  }
  group.members.push_back(
      {static_cast<std::uint8_t>(share.info.member_index), std::move(share.value)});
  return {};
}

Result<Secret> combine_groups(const std::map<unsigned, Group>& groups, const ShareInfo& info,
                              std::string_view passphrase) {
  if (groups.size() != info.group_threshold) {
    return Error{Code::share_invalid, "shares of " + std::to_string(info.group_threshold) +
                                          " groups are needed, there are shares of " +
                                          std::to_string(groups.size())};
  }
  std::vector<Point> points;
  for (const auto& [index, group] : groups) {
    const std::string name = "group " + std::to_string(index + 1);
    if (group.members.size() != group.threshold) {
      return Error{Code::share_invalid, name + " needs " + std::to_string(group.threshold) +
                                            " shares, there are " +
                                            std::to_string(group.members.size())};
    }
    auto value = shamir_combine(group.members);
    if (!value) {
      return Error{Code::share_invalid, name + ": its shares do not belong together"};
    }
    points.push_back({static_cast<std::uint8_t>(index), std::move(*value)});
  }
  const auto secret = shamir_combine(points);
  if (!secret) {
    return Error{Code::share_invalid, "the groups do not belong together"};
  }
  return encipher(secret->bytes(), passphrase, info, {3, 2, 1, 0});
}

}  // namespace

Result<std::vector<std::vector<Secret>>> split_secret(std::span<const std::uint8_t> secret,
                                                      std::span<const ShareGroup> groups,
                                                      std::string_view passphrase,
                                                      const ShareOptions& options,
                                                      RandomSource& random) {
  COFFER_TRY(check_split(secret.size(), groups, options));
  COFFER_TRY(check_passphrase(passphrase));
  std::array<std::uint8_t, 2> identifier{};
  COFFER_TRY(random.fill(identifier));
  ShareInfo info;
  info.identifier = static_cast<std::uint16_t>((identifier[0] & 0x7fU) << 8 | identifier[1]);
  info.is_extendable = options.is_extendable;
  info.iteration_exponent = options.iteration_exponent;
  info.group_threshold = options.group_threshold;
  info.group_count = static_cast<unsigned>(groups.size());
  const Secret encrypted = encipher(secret, passphrase, info, {0, 1, 2, 3});
  COFFER_TRY_ASSIGN(
      const std::vector<Point> points,
      shamir_split(encrypted.bytes(), info.group_threshold, info.group_count, random));
  std::vector<std::vector<Secret>> result(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    COFFER_TRY_ASSIGN(
        std::vector<Point> members,
        shamir_split(points[i].y.bytes(), groups[i].threshold, groups[i].count, random));
    info.group_index = static_cast<unsigned>(i);
    info.member_threshold = groups[i].threshold;
    for (Point& member : members) {
      info.member_index = member.x;
      result[i].push_back(write_share({info, std::move(member.y)}));
    }
  }
  return result;
}

Result<Secret> combine_shares(std::span<const std::string_view> shares,
                              std::string_view passphrase) {
  if (shares.empty()) {
    return Error{Code::share_invalid, "there is no share"};
  }
  std::map<unsigned, Group> groups;
  ShareInfo first;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    COFFER_TRY_ASSIGN(Share share, read_share(shares[i], "share " + std::to_string(i + 1)));
    if (i == 0) {
      first = share.info;
    }
    COFFER_TRY(check_same_set(first, share.info, i + 1));
    Group& group = groups[share.info.group_index];
    COFFER_TRY(add_member(group, std::move(share), i + 1));
  }
  COFFER_TRY(check_passphrase(passphrase));
  return combine_groups(groups, first, passphrase);
}

Result<ShareInfo> inspect_share(std::string_view share) {
  COFFER_TRY_ASSIGN(const Share read, read_share(share, "share"));
  return read.info;
}

}  // namespace coffer::keys
