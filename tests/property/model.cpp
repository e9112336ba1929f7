// SPDX-License-Identifier: MIT
// The naive model's sums, batches and accounts, written from the documentation.
#include "model.hpp"

#include <algorithm>

namespace coffer::property {

bool Model::fits(const Units& units) {
  const Units limit = Units(1) << 255;
  return units >= -limit && units < limit;
}

bool Model::has_account(std::int64_t id) const {
  return id >= 1 && id <= static_cast<std::int64_t>(accounts.size());
}

const ModelAccount& Model::account(std::int64_t id) const {
  return accounts.at(static_cast<std::size_t>(id - 1));
}

const ModelHold& Model::hold(std::int64_t id) const {
  return holds.at(static_cast<std::size_t>(id - 1));
}

std::int64_t Model::last_transaction() const {
  return static_cast<std::int64_t>(transactions.size());
}

Units Model::change_of(const ModelEntry& entry) const {
  return entry.is_debit == account(entry.account).is_debit_normal ? entry.amount
                                                                  : Units(-entry.amount);
}

Units Model::balance(std::int64_t id) const {
  Units sum = 0;
  for (const ModelTransaction& transaction : transactions) {
    for (const ModelEntry& entry : transaction.entries) {
      if (entry.account == id) {
        sum += change_of(entry);
      }
    }
  }
  return sum;
}

Units Model::balance_as_of(std::int64_t id, std::int64_t time, TimeAxis axis) const {
  Units sum = 0;
  for (const ModelTransaction& transaction : transactions) {
    const bool has_own = axis == TimeAxis::effective && transaction.effective_at != 0;
    if ((has_own ? transaction.effective_at : transaction.recorded_at) > time) {
      continue;
    }
    for (const ModelEntry& entry : transaction.entries) {
      if (entry.account == id) {
        sum += change_of(entry);
      }
    }
  }
  return sum;
}

bool Model::is_over(const ModelHold& hold) const {
  return hold.expires_at != 0 && hold.expires_at <= now;
}

bool Model::is_open(std::int64_t id) const { return hold(id).remaining > 0 && !is_over(hold(id)); }

Units Model::reserved(std::int64_t id, Bucket bucket) const {
  Units sum = 0;
  for (const ModelHold& hold : holds) {
    if (hold.account == id && hold.bucket == bucket && !is_over(hold)) {
      sum += hold.remaining;
    }
  }
  return sum;
}

Units Model::reserved(std::int64_t id) const {
  return reserved(id, Bucket::held) + reserved(id, Bucket::pending) + reserved(id, Bucket::frozen);
}

Units Model::available(std::int64_t id) const { return balance(id) - reserved(id); }

Verdict Model::apply(const Command& command) {
  return std::visit([this](const auto& what) { return apply_one(what); }, command);
}

std::vector<Verdict> Model::run(const std::vector<Item>& items, BatchMode mode) {
  std::vector<Verdict> verdicts(items.size());
  bool is_stopped = false;
  for (std::size_t first = 0; first < items.size();) {
    std::size_t end = first + 1;
    while (end < items.size() && (mode == BatchMode::atomic || items[end - 1].is_linked)) {
      ++end;
    }
    const Model before = *this;
    std::size_t at = first;
    while (at < end && !is_stopped) {
      verdicts[at] = apply(items[at].what);
      if (verdicts[at].code != Code::ok) {
        break;
      }
      ++at;
    }
    if (is_stopped) {
      std::fill(verdicts.begin() + static_cast<std::ptrdiff_t>(first), verdicts.end(),
                Verdict{Code::not_attempted});
      break;
    }
    if (at < end) {
      *this = before;
      for (std::size_t other = first; other < end; ++other) {
        if (other != at) {
          verdicts[other] = {Code::group_failed};
        }
      }
      is_stopped = mode == BatchMode::stop_at_failure;
    }
    first = end;
  }
  return verdicts;
}

Verdict Model::apply_one(const OpenCommand& command) {
  const ModelAccount& wanted = command.wanted;
  const ModelPolicy& policy = wanted.first;
  if ((policy.minimum && *policy.minimum > 0) || (policy.maximum && *policy.maximum < 0) ||
      policy.is_closed) {
    return {Code::invalid_bounds};
  }
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (accounts[i].key != wanted.key) {
      continue;
    }
    if (accounts[i].asset != wanted.asset) {
      return {Code::exists_with_different_asset};
    }
    if (accounts[i].owner != wanted.owner) {
      return {Code::exists_with_different_owner};
    }
    if (accounts[i].is_debit_normal != wanted.is_debit_normal || accounts[i].first != policy) {
      return {Code::exists_with_different_policy};
    }
    return {Code::ok, true, static_cast<std::int64_t>(i) + 1};
  }
  if (wanted.asset < 1 || wanted.asset > assets) {
    return {Code::asset_not_found};
  }
  accounts.push_back(wanted);
  accounts.back().policy = wanted.first;
  return {Code::ok, false, static_cast<std::int64_t>(accounts.size())};
}

Verdict Model::apply_one(const ChangeCommand& command) {
  const std::int64_t id = command.account;
  const ModelPolicy& policy = command.policy;
  if (!has_account(id)) {
    return {Code::account_not_found};
  }
  if (account(id).policy.is_closed) {
    return {Code::account_closed};
  }
  if (policy.is_closed && (balance(id) != 0 || reserved(id) != 0)) {
    return {Code::account_not_empty};
  }
  if ((policy.minimum && policy.maximum && *policy.maximum < *policy.minimum) ||
      (policy.minimum && available(id) < *policy.minimum) ||
      (policy.maximum && balance(id) > *policy.maximum)) {
    return {Code::invalid_bounds};
  }
  accounts[static_cast<std::size_t>(id - 1)].policy = policy;
  return {Code::ok, false, id};
}

}  // namespace coffer::property
