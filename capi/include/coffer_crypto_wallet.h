/* SPDX-License-Identifier: MIT */
/* Crypto wallets: address sources, and wallets by id, user and address. */
#ifndef COFFER_CRYPTO_WALLET_H
#define COFFER_CRYPTO_WALLET_H

/* Threads: any function from any number of threads at once; those that add wallets take turns. */

#include "coffer_engine.h"
#include "coffer_network.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How near to the network a wallet's key is. Frozen. */
typedef uint8_t coffer_crypto_wallet_kind;
#define COFFER_CRYPTO_WALLET_HOT ((coffer_crypto_wallet_kind)1)
#define COFFER_CRYPTO_WALLET_WARM ((coffer_crypto_wallet_kind)2)
#define COFFER_CRYPTO_WALLET_COLD ((coffer_crypto_wallet_kind)3)
#define COFFER_CRYPTO_WALLET_WATCH_ONLY ((coffer_crypto_wallet_kind)4)

/** What a wallet may be used for. Frozen. */
typedef uint8_t coffer_crypto_wallet_status;
#define COFFER_CRYPTO_WALLET_PENDING ((coffer_crypto_wallet_status)1) /**< waits for a check */
#define COFFER_CRYPTO_WALLET_ACTIVE ((coffer_crypto_wallet_status)2)
#define COFFER_CRYPTO_WALLET_REFUSED ((coffer_crypto_wallet_status)3) /**< the check failed */
#define COFFER_CRYPTO_WALLET_FROZEN ((coffer_crypto_wallet_status)4)
#define COFFER_CRYPTO_WALLET_RETIRED ((coffer_crypto_wallet_status)5) /**< for good */
#define COFFER_CRYPTO_WALLET_FREE ((coffer_crypto_wallet_status)6)    /**< of a pool */
#define COFFER_CRYPTO_WALLET_ASSIGNED ((coffer_crypto_wallet_status)7)
#define COFFER_CRYPTO_WALLET_USED ((coffer_crypto_wallet_status)8)

/** Crypto wallets over an engine. Any number of threads may use one at the same moment; make one
 *  for each engine, and destroy it before the engine. */
typedef struct coffer_crypto_wallets coffer_crypto_wallets;

/** What somebody wants to do. Frozen. */
typedef uint8_t coffer_wallet_action;
#define COFFER_WALLET_ACTION_ADD_SOURCE ((coffer_wallet_action)1)
#define COFFER_WALLET_ACTION_SUBMIT ((coffer_wallet_action)2)
#define COFFER_WALLET_ACTION_QUERY ((coffer_wallet_action)3) /**< jobs and their results */
#define COFFER_WALLET_ACTION_APPROVE ((coffer_wallet_action)4)
#define COFFER_WALLET_ACTION_RUN ((coffer_wallet_action)5)
#define COFFER_WALLET_ACTION_CANCEL ((coffer_wallet_action)6)
#define COFFER_WALLET_ACTION_RETRY ((coffer_wallet_action)7)
#define COFFER_WALLET_ACTION_ROLL_BACK ((coffer_wallet_action)8)
#define COFFER_WALLET_ACTION_CHANGE_WALLET ((coffer_wallet_action)9)
#define COFFER_WALLET_ACTION_ASSIGN_ADDRESS ((coffer_wallet_action)10) /**< all that pools do */

/** The wallet that is about to be made. It lives during the call. A NUL follows each text, and the
 *  caller's text may have NULs within: compare with the length. */
typedef struct coffer_admission_request {
  uint32_t struct_size;
  uint8_t reserved[4];
  coffer_id job;
  const char* user;
  size_t user_length;
  const char* network;
  size_t network_length;
  const char* label;
  size_t label_length;
  const char* extra; /**< a JSON object, or empty */
  size_t extra_length;
} coffer_admission_request;

/** The check of users: decides how a new wallet begins.
 *
 *  Returns:    COFFER_OK with COFFER_CRYPTO_WALLET_ACTIVE, _PENDING or _REFUSED in `status_out`.
 *              Any other status and the message in `err` are the row's result; a retry of its job
 *              asks again.
 *  Threads:    the one that runs the job, while others that add wallets wait; it must not call the
 *              same coffer_crypto_wallets. Let a slow check answer "pending" and set the status
 *              later.
 */
typedef coffer_status (*coffer_admission_function)(void* data,
                                                   const coffer_admission_request* request,
                                                   coffer_crypto_wallet_status* status_out,
                                                   coffer_error* err);

/** Who wants to do what. It lives during the call. */
typedef struct coffer_permission_request {
  uint32_t struct_size;
  coffer_wallet_action action;
  uint8_t reserved[3];
  coffer_id job;     /**< 0: the action concerns no job, or one that is to be made */
  const char* actor; /**< as the caller said; UTF-8 with a NUL behind it, and maybe some within */
  size_t actor_length;
} coffer_permission_request;

/** Says who may do what. Looking at wallets, sources and pools asks nobody.
 *
 *  Returns:    COFFER_OK: yes. COFFER_ERR_NOT_PERMITTED or another status is what the caller gets,
 *              with the message in `err`; a status that is none of coffer's refuses too.
 *  Threads:    any; it must not call the same coffer_crypto_wallets.
 */
typedef coffer_status (*coffer_permission_function)(void* data,
                                                    const coffer_permission_request* request,
                                                    coffer_error* err);

/** What crypto wallets ask the host. All zero: every wallet becomes active, everybody may do
 *  everything, and the networks are those of coffer.
 *
 *  Two lists of users decide before `admission` is asked: who is denied begins refused, also when
 * he is allowed too, and who is allowed begins active. Their users are texts that end in NUL. */
typedef struct coffer_crypto_wallets_options {
  uint32_t struct_size;
  uint8_t reserved[4];
  coffer_admission_function admission; /**< nullable */
  void* admission_data;
  coffer_permission_function permission; /**< nullable */
  void* permission_data;
  const coffer_network_table* networks; /**< nullable; copied, so rows added later are not seen */
  const char* const* allowed_users;     /**< nullable when there are none; copied */
  size_t allowed_count;
  const char* const* denied_users; /**< nullable when there are none; copied */
  size_t denied_count;
  coffer_crypto_wallet_status otherwise; /**< of the others when there is no admission; 0: active */
  uint8_t reserved_after[7];
} coffer_crypto_wallets_options;

/** What the address source of an account is made of. */
typedef struct coffer_address_source_draft {
  uint32_t struct_size;
  uint32_t account; /**< its number in the path; 0 for ed25519 networks */
  const char* name; /**< the idempotency key, 1..128 bytes */
  size_t name_length;
  const char* network;
  size_t network_length;
  const coffer_xpub* node; /**< the account's public key; never null */
  const char* key_name;    /**< of the seed, for signers; may be empty */
  size_t key_name_length;
  uint32_t first_index;
  uint32_t gap_limit; /**< 0: 20 */
  coffer_address_form form;
  coffer_crypto_wallet_kind kind; /**< 0: hot */
  uint8_t is_restored;            /**< the seed was in use before this book */
  uint8_t reserved[5];
  const char* actor; /**< who asks, for the record and the permissions; at most 128 bytes */
  size_t actor_length;
} coffer_address_source_draft;

/** A source as it stands in the book. */
typedef struct coffer_address_source {
  coffer_id id;
  coffer_timestamp recorded_at;
  uint32_t account;
  uint32_t first_index;
  uint32_t next_index; /**< of the next address */
  uint32_t gap_limit;
  coffer_address_form form;
  coffer_crypto_wallet_kind kind;
  uint8_t is_restored; /**< and nobody has looked for used addresses */
  char name[129];
  char network[41];
  char path[80]; /**< from the master key, with a star for the index */
  char key_name[129];
  uint8_t has_balance_max;
  uint8_t reserved[1];
  coffer_amount balance_max; /**< see `coffer_address_source_set_balance_max` */
} coffer_address_source;

/** One address, whose it is and where its key is. */
typedef struct coffer_crypto_wallet {
  coffer_id id;
  coffer_id source;
  coffer_id job;
  coffer_timestamp recorded_at;
  uint32_t address_index;
  coffer_crypto_wallet_kind kind;
  coffer_crypto_wallet_status status;
  uint8_t has_public_key;
  uint8_t public_key[33];
  char user[129];
  char network[41];
  char address[97];
  char path[80]; /**< from the master key */
  char key_name[129];
  char key[129]; /**< the caller's, unique within (user, network) */
  char label[257];
  uint8_t reserved[2];
} coffer_crypto_wallet;

/** Makes the wallets of an engine.
 *
 *  Returns:    COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_INVALID_ARGUMENT (a handle, struct_size,
 *              `otherwise` is none of active, pending, refused), COFFER_ERR_OUT_OF_RANGE (more than
 *              1,000,000 users), COFFER_ERR_KEY_TOO_LONG (a user of more than 128 bytes),
 *              COFFER_ERR_UNSUPPORTED (a field of a newer version).
 *  In:         options: nullable: all zero. What the functions' data points at outlives the object.
 */
COFFER_API COFFER_NODISCARD coffer_status
coffer_crypto_wallets_open(coffer_engine* engine, const coffer_crypto_wallets_options* options,
                           coffer_crypto_wallets** wallets_out, coffer_error* err);

/** Releases the object. NULL is allowed. */
COFFER_API void coffer_crypto_wallets_destroy(coffer_crypto_wallets* wallets);

/** Adds an address source, or finds the same one. Each function that changes something, and each
 *  that is told an actor, also returns COFFER_ERR_NOT_PERMITTED or what else the permissions say.
 *
 *  Returns:    COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_KEY_REQUIRED, COFFER_ERR_KEY_TOO_LONG,
 *              COFFER_ERR_NETWORK_NOT_FOUND, COFFER_ERR_UNSUPPORTED, COFFER_ERR_INVALID_KEY (the
 *              node is not at the account's place), COFFER_ERR_OUT_OF_RANGE,
 *              COFFER_ERR_EXISTS_WITH_DIFFERENT_POLICY, COFFER_ERR_ALREADY_EXISTS (another source
 *              has the node).
 *  Out:        source_out, existed_out: nullable
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_source_add(
    coffer_crypto_wallets* wallets, const coffer_address_source_draft* draft,
    coffer_address_source* source_out, uint8_t* existed_out, coffer_error* err);

/** Finds a source by its name. Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_source_find(
    const coffer_crypto_wallets* wallets, const char* name, size_t name_length,
    coffer_address_source* source_out, coffer_error* err);

/** Finds a source by its id. Returns COFFER_ERR_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_source_find_by_id(const coffer_crypto_wallets* wallets, coffer_id id,
                                 coffer_address_source* source_out, coffer_error* err);

/** All sources in the order of their ids. Returns COFFER_ERR_BUFFER_TOO_SMALL (`count_out` is then
 *  how many there are). */
COFFER_API COFFER_NODISCARD coffer_status
coffer_address_source_list(const coffer_crypto_wallets* wallets, coffer_address_source* sources_out,
                           size_t capacity, size_t* count_out, coffer_error* err);

/** Sets how much the wallets of a source may hold together, in the smallest unit of the network's
 *  coin; NULL takes the limit away. A hot wallet holds little, so that little can be stolen. The
 *  book keeps the limit for whoever moves coins, and does not hold to it by itself. Returns
 *  COFFER_ERR_NOT_FOUND, COFFER_ERR_OUT_OF_RANGE (negative). */
COFFER_API COFFER_NODISCARD coffer_status coffer_address_source_set_balance_max(
    coffer_crypto_wallets* wallets, coffer_id source, const coffer_amount* limit, const char* actor,
    size_t actor_length, coffer_error* err);

/** Gives a wallet by its id. Returns COFFER_ERR_WALLET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_crypto_wallet_find(const coffer_crypto_wallets* wallets, coffer_id id,
                          coffer_crypto_wallet* wallet_out, coffer_error* err);

/** Gives the wallet of a user in a network. Returns COFFER_ERR_WALLET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_crypto_wallet_find_by_user(
    const coffer_crypto_wallets* wallets, const char* user, size_t user_length, const char* network,
    size_t network_length, coffer_crypto_wallet* wallet_out, coffer_error* err);

/** Gives the wallet with an address. Returns COFFER_ERR_WALLET_NOT_FOUND. */
COFFER_API COFFER_NODISCARD coffer_status coffer_crypto_wallet_find_by_address(
    const coffer_crypto_wallets* wallets, const char* network, size_t network_length,
    const char* address, size_t address_length, coffer_crypto_wallet* wallet_out,
    coffer_error* err);

/** Lists a user's wallets by network and id; with an empty user all wallets in the order of their
 *  ids, those of pools included.
 *
 *  Returns:    COFFER_ERR_OUT_OF_RANGE (capacity is 0), COFFER_ERR_WALLET_NOT_FOUND (`after` is not
 *              one of this user).
 *  In:         after:       the last wallet of the previous page; 0: from the start
 *  Out:        wallets_out: an array of `capacity`; at most 1000 are written
 */
COFFER_API COFFER_NODISCARD coffer_status coffer_crypto_wallet_list(
    const coffer_crypto_wallets* wallets, const char* user, size_t user_length, coffer_id after,
    coffer_crypto_wallet* wallets_out, size_t capacity, size_t* count_out, coffer_error* err);

/** The JSON object that the wallet was made with, as the caller gave it; often empty, at most 4096
 *  bytes. Returns COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_BUFFER_TOO_SMALL. */
COFFER_API COFFER_NODISCARD coffer_status
coffer_crypto_wallet_extra(const coffer_crypto_wallets* wallets, coffer_id id, char* buffer,
                           size_t size, size_t* needed_out, coffer_error* err);

/** Changes a wallet's status. Returns COFFER_ERR_WALLET_NOT_FOUND, COFFER_ERR_INVALID_ARGUMENT,
 *  COFFER_ERR_CONDITION_NOT_MET (no such step). */
COFFER_API COFFER_NODISCARD coffer_status coffer_crypto_wallet_set_status(
    coffer_crypto_wallets* wallets, coffer_id id, coffer_crypto_wallet_status status,
    const char* actor, size_t actor_length, const char* reason, size_t reason_length,
    coffer_error* err);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_CRYPTO_WALLET_H */
