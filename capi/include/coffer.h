/* SPDX-License-Identifier: MIT */
/* coffer in C: this page says what holds for every function; the parts are included at its end. */
#ifndef COFFER_H
#define COFFER_H

/*
 * Order of arguments
 *     The object that is acted on, inputs, outputs (named *_out), then `coffer_error *err`, which
 *     may be NULL. A length in bytes, or a count, follows its pointer. A callback's data follows
 *     the callback.
 *
 * Status
 *     Functions that can fail return a `coffer_status`: COFFER_OK (0) or a positive constant
 *     COFFER_ERR_*. The documentation lists them under "Returns" in order of precedence. `err`
 *     receives the same code and a sentence for a person that names the field and the reason; on
 *     success it is made empty. There is no thread-local or global last error. Unless a function
 *     says otherwise, a failure changes nothing and leaves *_out as it was. Any function that takes
 *     an engine also returns COFFER_ERR_NULL_ARGUMENT, COFFER_ERR_INVALID_ARGUMENT (among others:
 *     the engine is not one), COFFER_ERR_CLOSED, COFFER_ERR_OUT_OF_MEMORY, COFFER_ERR_INTERNAL and
 *     the COFFER_ERR_STORAGE_* codes. No exception leaves the library, and nothing aborts.
 *
 * Pointers and ownership
 *     Pointers must not be NULL unless marked "nullable". `coffer_x **x_out` gives you an object;
 *     release it with `coffer_x_destroy`, once, when no other thread uses it any more; NULL is
 *     allowed there. We never free your memory and you never free ours: what is passed in is read
 *     only until the function returns, callbacks with their data until the engine is destroyed.
 *     A handle is a number and no address: a destroyed one, one of another kind and any other
 *     pointer are answered by COFFER_ERR_INVALID_ARGUMENT, and left alone by destroy, whatever was
 *     made since. `coffer_handle_count` says how many exist, for a program's own leak tests.
 *
 * Text
 *     In: UTF-8 with its length in bytes; no NUL needed; NULL with length 0 is the empty text.
 *     Fixed char arrays inside structs end with NUL. Out: NUL-terminated, either in a fixed array
 *     of a struct or in your buffer `(char *buffer, size_t size, size_t *needed_out)`. `needed_out`
 *     (nullable) always receives the size with the NUL. A buffer that is too small (NULL with size
 *     0 is allowed, to ask for the size) gives COFFER_ERR_BUFFER_TOO_SMALL, never a shortened text.
 *     Bytes go out the same way without a NUL, and arrays of results where the number is not known
 *     before.
 *
 * Secrets
 *     They live behind handles and leave only through functions named `_export_`; coffer_secret.h
 *     has the rules.
 *
 * Structs
 *     A struct that you fill and that may grow begins with `struct_size`: zero the struct, then set
 *     it to sizeof. All zero is the default of every field, and the careful choice. A newer program
 *     may pass a longer struct to an older library as long as the part which that one does not know
 *     is zero, else COFFER_ERR_UNSUPPORTED. The other structs are frozen for one
 *     `coffer_abi_version`. `reserved` fields are zero.
 *
 * Values
 *     A coffer_amount counts minor units (cents, satoshi, wei) in 256 bits. Ids are positive; 0
 *     means "none". Times are nanoseconds since 1970-01-01T00:00:00Z; 0 means "none". Flags are 0
 *     or 1.
 *
 * Idempotency
 *     What changes the books carries a key of your choice (1..128 bytes; in wallets a reference),
 *     unique for ever within its kind: after a lost reply, repeat the call with the same key. The
 *     same content gives the first result with `existed` set; other content gives
 *     COFFER_ERR_EXISTS_WITH_DIFFERENT_*, and nothing happens.
 *
 * Durability
 *     A call that changes the books returns after its commit is as durable as the engine was opened
 *     for. When the storage fails, nothing happened unless the message says that the outcome is
 *     unknown; then repeat it with the same keys.
 *
 * Threads
 *     An engine may be used from any number of threads at the same moment; writers that wait
 *     together share one commit. Different engines know nothing of each other. There is no global
 *     state, nothing to initialise and nothing to clean up. Callbacks run in the thread that the
 *     documentation of the callback names, and must not call the same engine or throw.
 */

#include "coffer_account.h"
#include "coffer_address.h"
#include "coffer_address_pool.h"
#include "coffer_amount.h"
#include "coffer_asset.h"
#include "coffer_crypto_wallet.h"
#include "coffer_engine.h"
#include "coffer_history.h"
#include "coffer_hold.h"
#include "coffer_key.h"
#include "coffer_keystore.h"
#include "coffer_message.h"
#include "coffer_mnemonic.h"
#include "coffer_musig.h"
#include "coffer_network.h"
#include "coffer_posting.h"
#include "coffer_reconciliation.h"
#include "coffer_secret.h"
#include "coffer_share.h"
#include "coffer_signer.h"
#include "coffer_status.h"
#include "coffer_wallet.h"
#include "coffer_wallet_job.h"

#endif /* COFFER_H */
