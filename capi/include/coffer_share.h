/* SPDX-License-Identifier: MIT */
/* Shares of a secret (SLIP-39): guardians of whom a few together bring it back. */
#ifndef COFFER_SHARE_H
#define COFFER_SHARE_H

/* Threads: any. Functions here keep no state; handles that they are given are only read. */

#include "coffer_secret.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A group of guardians: any `threshold` of its `count` shares speak for it. */
typedef struct coffer_share_group {
  uint32_t threshold; /**< 1 to `count` */
  uint32_t count;     /**< 1 to 16; with a threshold of 1 only 1 */
} coffer_share_group;

/** How a secret is split. All zero: one group is enough, 20,000 rounds, extendable. */
typedef struct coffer_share_options {
  uint32_t struct_size;
  uint32_t group_threshold;    /**< how many groups are needed; 0: 1 */
  uint32_t iteration_exponent; /**< the passphrase costs 10,000 * 2^this rounds, 1 to 15; 0: 1 */
  uint8_t is_not_extendable; /**< another split of the same secret gets another passphrase's key */
  uint8_t reserved[3];
} coffer_share_options;

/** What one share says about its set. Indexes are counted from 0. */
typedef struct coffer_share_info {
  uint32_t identifier; /**< 15 bits that all shares of a set have in common */
  uint32_t iteration_exponent;
  uint32_t group_index;
  uint32_t group_threshold;
  uint32_t group_count;
  uint32_t member_index;
  uint32_t member_threshold;
  uint32_t secret_size; /**< in bytes */
  uint8_t is_extendable;
  uint8_t reserved[3];
} coffer_share_info;

/** A share as a guardian gives it. */
typedef struct coffer_share {
  const char* sentence; /**< yours to wipe */
  size_t sentence_length;
} coffer_share;

/** The shares of one secret. A secret. */
typedef struct coffer_share_set coffer_share_set;

/** A buffer of this size holds every sentence. */
#define COFFER_SHARE_TEXT_SIZE 640
/** The most groups, members of a group, and shares of one call. */
#define COFFER_SHARE_GROUPS_MAX 16
#define COFFER_SHARE_MEMBERS_MAX 16
#define COFFER_SHARES_MAX 256

/** Splits a secret of 16 to 64 bytes, an even number, among groups.
 *
 *  Every passphrase opens the shares and gives another secret; a mistyped one is therefore not
 *  noticed.
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (the secret's size, the number of groups, a threshold, a
 *              count, the exponent), COFFER_ERR_TEXT_TOO_LONG, COFFER_ERR_INVALID_ARGUMENT (the
 *              passphrase has characters outside printable ASCII), COFFER_ERR_UNSUPPORTED (no
 *              entropy).
 *  In:         options: nullable: all zero
 *  Out:        set_out: yours; release it with coffer_share_set_destroy
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_share_split(
    const coffer_secret* secret, const coffer_share_group* groups, size_t groups_count,
    const char* passphrase, size_t passphrase_length, const coffer_share_options* options,
    coffer_share_set** set_out, coffer_error* err);

/** Wipes and releases. NULL is allowed. */
COFFER_API void coffer_share_set_destroy(coffer_share_set* set);

/** Writes one share as a sentence: for one guardian, and no other eye. Group and member are counted
 *  from 0. Returns COFFER_ERR_OUT_OF_RANGE, COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_share_set_export_sentence(const coffer_share_set* set, uint32_t group, uint32_t member,
                                 char* buffer, size_t size, size_t* needed_out, coffer_error* err);

/** Brings the secret back from exactly the threshold number of groups, each with exactly its
 *  threshold of shares; a surplus share is refused, as the standard says.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (more than COFFER_SHARES_MAX shares),
 *              COFFER_ERR_NULL_ARGUMENT and COFFER_ERR_TEXT_TOO_LONG (the message names the share),
 *              COFFER_ERR_SHARE_INVALID (one does not parse, or they do not fit together or are too
 *              few; the message names the share, counted from 1, or the group, never a word),
 *              COFFER_ERR_INVALID_ARGUMENT (the passphrase).
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_share_combine(const coffer_share* shares,
                                                               size_t count, const char* passphrase,
                                                               size_t passphrase_length,
                                                               coffer_secret** secret_out,
                                                               coffer_error* err);

/** What one share says about its set. Returns COFFER_ERR_SHARE_INVALID. */
COFFER_API COFFER_NODISCARD coffer_status coffer_share_inspect(const char* sentence,
                                                               size_t sentence_length,
                                                               coffer_share_info* info_out,
                                                               coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_SHARE_H */
