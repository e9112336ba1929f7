/* SPDX-License-Identifier: MIT */
/* Status codes, the error struct, and the version of the library. */
#ifndef COFFER_STATUS_H
#define COFFER_STATUS_H

/* Threads: any. Functions here keep no state and change nothing but their outputs. */

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define COFFER_API __attribute__((visibility("default")))
#define COFFER_NODISCARD __attribute__((warn_unused_result))
#else
#define COFFER_API
#define COFFER_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Why an operation did not happen. Values are frozen and grouped by hundreds; their meanings stand
 *  in include/coffer/core/code.hpp and come out of `coffer_status_name`. Never a C enum type, so
 * that its size does not depend on a compiler. */
typedef int32_t coffer_status;

#define COFFER_OK ((coffer_status)0)

/* 1xx: the call itself. */
#define COFFER_ERR_INVALID_ARGUMENT ((coffer_status)100)
#define COFFER_ERR_OUT_OF_RANGE ((coffer_status)101)
#define COFFER_ERR_NULL_ARGUMENT ((coffer_status)102)
#define COFFER_ERR_BUFFER_TOO_SMALL ((coffer_status)103)
#define COFFER_ERR_INVALID_UTF8 ((coffer_status)104)
#define COFFER_ERR_NOT_FOUND ((coffer_status)105)
#define COFFER_ERR_CANCELLED ((coffer_status)106)
#define COFFER_ERR_OUT_OF_MEMORY ((coffer_status)107)
#define COFFER_ERR_INTERNAL ((coffer_status)108)
#define COFFER_ERR_UNSUPPORTED ((coffer_status)109)
#define COFFER_ERR_ALREADY_EXISTS ((coffer_status)110)
#define COFFER_ERR_NOT_PERMITTED ((coffer_status)111)
#define COFFER_ERR_CLOSED ((coffer_status)112)

/* 2xx: money. */
#define COFFER_ERR_AMOUNT_OVERFLOW ((coffer_status)200)
#define COFFER_ERR_AMOUNT_SYNTAX ((coffer_status)201)
#define COFFER_ERR_AMOUNT_TOO_MANY_PLACES ((coffer_status)202)
#define COFFER_ERR_DIVISION_BY_ZERO ((coffer_status)203)
#define COFFER_ERR_ASSET_MISMATCH ((coffer_status)204)
#define COFFER_ERR_ASSET_NOT_FOUND ((coffer_status)205)
#define COFFER_ERR_ASSET_SCALE_FIXED ((coffer_status)206)

/* 3xx: transactions as the caller drafted them. */
#define COFFER_ERR_UNBALANCED ((coffer_status)300)
#define COFFER_ERR_NO_ENTRIES ((coffer_status)301)
#define COFFER_ERR_TOO_MANY_ENTRIES ((coffer_status)302)
#define COFFER_ERR_AMOUNT_NOT_POSITIVE ((coffer_status)303)
#define COFFER_ERR_SAME_ACCOUNT ((coffer_status)304)
#define COFFER_ERR_KEY_REQUIRED ((coffer_status)305)
#define COFFER_ERR_KEY_TOO_LONG ((coffer_status)306)
#define COFFER_ERR_TEXT_TOO_LONG ((coffer_status)307)
#define COFFER_ERR_EFFECTIVE_IN_FUTURE ((coffer_status)308)
#define COFFER_ERR_GROUP_FAILED ((coffer_status)309)
#define COFFER_ERR_NOT_ATTEMPTED ((coffer_status)310)

/* 4xx: the ledger. */
#define COFFER_ERR_ACCOUNT_NOT_FOUND ((coffer_status)400)
#define COFFER_ERR_ACCOUNT_FROZEN ((coffer_status)401)
#define COFFER_ERR_ACCOUNT_CLOSED ((coffer_status)402)
#define COFFER_ERR_ACCOUNT_NOT_EMPTY ((coffer_status)403)
#define COFFER_ERR_EXCEEDS_BALANCE ((coffer_status)404)
#define COFFER_ERR_EXCEEDS_LIMIT ((coffer_status)405)
#define COFFER_ERR_CONDITION_NOT_MET ((coffer_status)406)
#define COFFER_ERR_HOLD_NOT_FOUND ((coffer_status)407)
#define COFFER_ERR_HOLD_NOT_OPEN ((coffer_status)408)
#define COFFER_ERR_EXCEEDS_HOLD ((coffer_status)409)
#define COFFER_ERR_TRANSACTION_NOT_FOUND ((coffer_status)410)
#define COFFER_ERR_ALREADY_REVERSED ((coffer_status)411)
#define COFFER_ERR_NOT_REVERSIBLE ((coffer_status)412)
#define COFFER_ERR_INVALID_BOUNDS ((coffer_status)413)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_ACCOUNT ((coffer_status)420)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_AMOUNT ((coffer_status)421)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_ENTRIES ((coffer_status)422)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_EFFECTIVE_AT ((coffer_status)423)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_REFERENCE ((coffer_status)424)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_KIND ((coffer_status)425)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_EXPIRY ((coffer_status)426)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_ASSET ((coffer_status)427)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_OWNER ((coffer_status)428)
#define COFFER_ERR_EXISTS_WITH_DIFFERENT_POLICY ((coffer_status)429)

/* 5xx: reconciliation. */
#define COFFER_ERR_INVALID_RANGE ((coffer_status)500)
#define COFFER_ERR_SOURCE_UNAVAILABLE ((coffer_status)501)
#define COFFER_ERR_RECONCILIATION_NOT_FOUND ((coffer_status)502)

/* 6xx: storage. */
#define COFFER_ERR_STORAGE_IO ((coffer_status)600)
#define COFFER_ERR_STORAGE_FULL ((coffer_status)601)
#define COFFER_ERR_STORAGE_CORRUPT ((coffer_status)602)
#define COFFER_ERR_STORAGE_BUSY ((coffer_status)603)
#define COFFER_ERR_STORAGE_FENCED ((coffer_status)604)
#define COFFER_ERR_STORAGE_READ_ONLY ((coffer_status)605)
#define COFFER_ERR_STORAGE_NEWER_VERSION ((coffer_status)606)
#define COFFER_ERR_STORAGE_FOREIGN ((coffer_status)607)
#define COFFER_ERR_STORAGE_CONFLICT ((coffer_status)608)
#define COFFER_ERR_STORAGE_BACKEND ((coffer_status)609)
#define COFFER_ERR_STORAGE_CANNOT_OPEN ((coffer_status)610)
#define COFFER_ERR_INTEGRITY_FAILURE ((coffer_status)611)

/* 7xx: wallets. */
#define COFFER_ERR_WALLET_NOT_FOUND ((coffer_status)700)
#define COFFER_ERR_WALLET_FROZEN ((coffer_status)701)
#define COFFER_ERR_INSUFFICIENT_BALANCE ((coffer_status)702)

/* 8xx: keys. */
#define COFFER_ERR_MNEMONIC_UNKNOWN_WORD ((coffer_status)800)
#define COFFER_ERR_MNEMONIC_CHECKSUM ((coffer_status)801)
#define COFFER_ERR_MNEMONIC_LENGTH ((coffer_status)802)
#define COFFER_ERR_DERIVATION_PATH ((coffer_status)803)
#define COFFER_ERR_EXTENDED_KEY ((coffer_status)804)
#define COFFER_ERR_HARDENED_FROM_PUBLIC ((coffer_status)805)
#define COFFER_ERR_INVALID_KEY ((coffer_status)806)
#define COFFER_ERR_WRONG_PASSWORD ((coffer_status)807)
#define COFFER_ERR_KEYSTORE_DAMAGED ((coffer_status)808)
#define COFFER_ERR_SIGNATURE_INVALID ((coffer_status)809)
#define COFFER_ERR_SIGNING_REFUSED ((coffer_status)810)
#define COFFER_ERR_SHARE_INVALID ((coffer_status)811)
#define COFFER_ERR_DERIVATION_SKIPPED ((coffer_status)812)

/* 9xx: chains. */
#define COFFER_ERR_ADDRESS_SYNTAX ((coffer_status)900)
#define COFFER_ERR_ADDRESS_CHECKSUM ((coffer_status)901)
#define COFFER_ERR_ADDRESS_NETWORK ((coffer_status)902)
#define COFFER_ERR_NETWORK_NOT_FOUND ((coffer_status)903)

/** A reason and a sentence for a person. Yours, of fixed size: reporting an error never allocates,
 *  and there is nothing to free. The text is UTF-8 and ends with NUL. */
typedef struct coffer_error {
  coffer_status code;
  char message[252];
} coffer_error;

/** Called during long work, in the calling thread where nothing else is said; return 0 to go on,
 *  anything else to cancel. */
typedef int32_t (*coffer_progress_function)(void* data, int64_t done, int64_t total);

/** The code's name, e.g. "exceeds_balance"; "unknown" for a value that is not listed. Lifetime: of
 *  the program. */
COFFER_API const char* coffer_status_name(coffer_status status);

/** 1 when the very same call may succeed later, because time passes or a balance moves; else 0. */
COFFER_API uint8_t coffer_status_is_transient(coffer_status status);

/** The version of the linked library, "major.minor.patch". Lifetime: of the program. */
COFFER_API const char* coffer_version(void);

/** The number that moves when a program built against an older header would break. */
COFFER_API int32_t coffer_abi_version(void);

/** The size in bytes that the library has for a struct of these headers, e.g. "coffer_amount"; 0
 * for a name that it does not know or NULL. For bindings, which declare the structs again. */
COFFER_API size_t coffer_abi_sizeof(const char* struct_name);

/** How many handles of all kinds exist in this process: created and not destroyed. For the tests of
 * a program, since a leak checker takes what a handle stands for as in use. Threads: any. */
COFFER_API size_t coffer_handle_count(void);

#ifdef __cplusplus
}
#endif

#endif /* COFFER_STATUS_H */
