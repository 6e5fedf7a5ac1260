/*
 * ccms_plugin.h - the whole interface between a point-of-sale host and the CCMS plugin.
 *
 * C11 that also compiles as C++20. A host needs this file and the shared library, nothing else.
 *
 * Loading    dlopen(path, RTLD_NOW | RTLD_LOCAL), then dlsym(handle, "ccms_plugin_entry"): a const data
 *            symbol of type ccms_plugin_entry_t. Read `struct_size` and the version before anything else;
 *            no code of the plugin runs until `create` is called.
 * Strings    UTF-8, pointer + length, never NUL-terminated unless it says so. {NULL, 0} is "no value".
 * Memory     Nobody frees the other's memory. Inputs live until the call returns. A JSON result is handed
 *            to the caller's write callback exactly once, during the call, on the calling thread; the bytes
 *            are valid only inside that callback. Errors fill a struct that the caller owns.
 * Threads    [ui]      the host's UI thread: the thread that called `create`, or the one for which the
 *                      host's is_ui_thread() answers 1
 *            [any]     any thread
 *            [worker]  the plugin's own thread
 * States     created -> started -> stopped -> (started again, or destroyed)
 * JSON       Requests and replies are described in docs/plugin-guide.md; their schemas are under
 *            plugin/schemas/.
 * Growth     Structs grow at their end. `struct_size` says how much the other side knows; a field beyond
 *            it is absent. Another major version is refused, and the message names both versions.
 * Process    The one documented process-wide effect is that SIGPIPE is ignored from `create` on (the network
 *            library does that). The worker blocks all signals. Nothing is written to stdout or stderr.
 */
#ifndef CCMS_CCMS_PLUGIN_H
#define CCMS_CCMS_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CCMS_ABI_MAJOR 1u
#define CCMS_ABI_MINOR 0u

#define CCMS_PLUGIN_ENTRY_SYMBOL "ccms_plugin_entry"

/* Bytes that the caller keeps; not NUL-terminated. */
typedef struct ccms_string {
  const char* data;
  size_t size;
} ccms_string_t;

typedef enum ccms_status {
  CCMS_OK = 0,
  CCMS_INVALID_ARGUMENT = 1, /* a pointer, size or JSON document is not acceptable; `field` names what */
  CCMS_INVALID_STATE = 2,    /* not allowed before start, after stop, or twice */
  CCMS_WRONG_THREAD = 3,     /* a [ui] function was called from another thread */
  CCMS_INCOMPATIBLE = 4,     /* another ABI major, or a journal written by a newer plugin */
  CCMS_REFUSED = 5,          /* understood, and the answer is no; `field` and `message` say why */
  CCMS_NOT_FOUND = 6,
  CCMS_DUPLICATE_SUSPECTED = 7, /* nothing was written; repeat with "accept_duplicate": true to go on */
  CCMS_NOT_ENROLLED = 8,        /* the till has no identity yet: call enrol */
  CCMS_BUSY = 9,                /* the data folder is in use by another instance */
  CCMS_STORAGE = 10,            /* disk full, read-only or damaged; nothing was acknowledged */
  CCMS_UNAVAILABLE = 11,        /* cannot be answered from local data and the network is away */
  CCMS_INTERNAL = 12
} ccms_status_t;

/* Owned by the caller. The plugin fills it whenever a call does not return CCMS_OK.
   `message` and `field` are NUL-terminated and cut at a character boundary when too long.
   `field` is a JSON pointer into the request ("/ticket/custom/serial_number"), or empty. */
typedef struct ccms_error {
  uint32_t struct_size; /* sizeof(ccms_error_t), set by the caller */
  int32_t code;         /* a ccms_status_t */
  char message[512];
  char field[128];
} ccms_error_t;

/* Takes a result. Called exactly once per successful call that has a result, before that call returns. It
   must not call the plugin: a [ui] function called from inside it gives CCMS_INVALID_STATE. */
typedef void (*ccms_write_fn)(void* context, const char* data, size_t size);

typedef struct ccms_writer {
  void* context;
  ccms_write_fn write;
} ccms_writer_t;

typedef enum ccms_log_level {
  CCMS_LOG_DEBUG = 0,
  CCMS_LOG_INFO = 1,
  CCMS_LOG_WARNING = 2,
  CCMS_LOG_ERROR = 3,
  CCMS_LOG_HOST_MISBEHAVING = 4 /* the host broke a rule of this header */
} ccms_log_level_t;

/* What the host gives. `log` may be called at any time between create and destroy; the other functions only
   between start and stop, both included. `get_extension` is called on the UI thread, the others on any
   thread, and none may wait for the UI thread. The struct must outlive the instance. */
typedef struct ccms_host {
  uint32_t struct_size;
  uint32_t abi_major;
  uint32_t abi_minor;
  void* data; /* handed back as the first argument of every host function */
  void (*log)(void* data, int32_t level, ccms_string_t message);
  /* 1 when the calling thread is the UI thread. */
  int32_t (*is_ui_thread)(void* data);
  /* Asks the host to call on_ui_callback on its UI thread soon. Several requests may become one call. */
  void (*request_ui_callback)(void* data);
  /* A pointer to the extension struct of that id (NUL-terminated), or NULL. See "Host extensions". */
  const void* (*get_extension)(void* data, const char* id);
} ccms_host_t;

/* ---- Host extensions, all optional --------------------------------------------------------------------
   Each function is called on the UI thread, during a call of the host into the plugin, and must answer at
   once from local data (manager approval may wait for the manager). It must not call the plugin. A reply is
   written with `reply`; returning CCMS_UNAVAILABLE means "not now". What each is used for, and what happens
   without it, stands in docs/plugin-guide.md. */

/* The transaction on the till's screen, as JSON "transaction", which may hold its "customer";
   CCMS_NOT_FOUND when there is none. */
#define CCMS_HOST_CURRENT_TRANSACTION "ccms.host.current-transaction/1"
typedef struct ccms_host_current_transaction {
  uint32_t struct_size;
  int32_t (*get)(void* data, ccms_writer_t reply);
} ccms_host_current_transaction_t;

/* Look-ups by what was scanned or typed. `query` is JSON {"text": "..."} or {"receipt": "..."},
   {"mobile": "..."}, {"card": "..."}; the replies are {"transactions": [...]} and {"customers": [...]}. */
#define CCMS_HOST_LOOKUP "ccms.host.lookup/1"
typedef struct ccms_host_lookup {
  uint32_t struct_size;
  int32_t (*transactions)(void* data, ccms_string_t query, ccms_writer_t reply);
  int32_t (*customers)(void* data, ccms_string_t query, ccms_writer_t reply);
} ccms_host_lookup_t;

/* Prints a slip: JSON "slip" as create_ticket returns it. */
#define CCMS_HOST_PRINT "ccms.host.print/1"
typedef struct ccms_host_print {
  uint32_t struct_size;
  int32_t (*slip)(void* data, ccms_string_t slip_json);
} ccms_host_print_t;

/* Starts or ends directing the scanner's input to on_event {"type":"scan","text":"..."}. */
#define CCMS_HOST_SCANNER "ccms.host.scanner/1"
typedef struct ccms_host_scanner {
  uint32_t struct_size;
  int32_t (*listen)(void* data, int32_t on);
} ccms_host_scanner_t;

/* Asks a manager to approve; the PIN stays in the host. Request {"reason", "kind"?, "amount"?}, the last two
   where a ticket is settled: what the customer is given, and {"amount", "currency"} in minor units. Reply
   {"approved": bool, "manager": {"id", "name"}}. */
#define CCMS_HOST_MANAGER_APPROVAL "ccms.host.manager-approval/1"
typedef struct ccms_host_manager_approval {
  uint32_t struct_size;
  int32_t (*ask)(void* data, ccms_string_t request, ccms_writer_t reply);
} ccms_host_manager_approval_t;

/* 1 while the till is in training mode: tickets are marked and never routed, notified or counted. */
#define CCMS_HOST_TRAINING_MODE "ccms.host.training-mode/1"
typedef struct ccms_host_training_mode {
  uint32_t struct_size;
  int32_t (*active)(void* data);
} ccms_host_training_mode_t;

/* ---- The plugin ---------------------------------------------------------------------------------------- */

typedef struct ccms_instance ccms_instance_t; /* opaque */

/* Every function returns a ccms_status_t, and on anything but CCMS_OK fills *error (may be NULL). */
typedef struct ccms_plugin {
  uint32_t struct_size;
  uint32_t abi_major;
  uint32_t abi_minor;

  /* [ui, created or stopped] Starts the worker. Local calls work before the network does. */
  int32_t (*start)(ccms_instance_t* self, ccms_error_t* error);
  /* [ui, started] Aborts what is on the network, joins the worker. Afterwards no host function but `log`
     is called, until start or destroy. Returns within two seconds. */
  int32_t (*stop)(ccms_instance_t* self, ccms_error_t* error);
  /* [ui, any state] Stops if needed, closes the journal and frees the instance, which is gone whatever is
     returned; from inside a callback it does nothing but return CCMS_INVALID_STATE. */
  int32_t (*destroy)(ccms_instance_t* self);

  /* All of the following: [ui, started]; local data only, no network call on this thread. */

  /* The navigation entries, {"screens": [...]}. */
  int32_t (*screens)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error);
  /* A new form: form_id, JSON Schema, UI schema, what is known already. */
  int32_t (*form)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error);
  /* Makes the ticket durable on this till and returns its code and slip. The same form_id names the same
     ticket again. CCMS_OK means: survives a power cut. */
  int32_t (*create_ticket)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply,
                           ccms_error_t* error);
  /* Amend, withdraw, comment, correct a rejected event, settle, receive or hand over goods. */
  int32_t (*act)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error);
  /* What is local at once, and a request_id for what the server knows. */
  int32_t (*find_tickets)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply,
                          ccms_error_t* error);
  int32_t (*ticket)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error);
  /* Events not yet delivered, and those in quarantine with the server's reason. */
  int32_t (*unsent)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error);
  /* Exchanges a one-use enrolment code for this till's identity; answers with a request_id. */
  int32_t (*enrol)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error);
  /* [any, created, started or stopped] Queue depth, oldest unsent, last sync, settings version, clock offset.
   */
  int32_t (*status)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply, ccms_error_t* error);
  /* The rest of an answer: {"request_id": "..."} -> {"done": bool, "result": {...} | "error": {...}}. A
     finished result can be taken once. */
  int32_t (*take_result)(ccms_instance_t* self, ccms_string_t request, ccms_writer_t reply,
                         ccms_error_t* error);
  /* Tells of a transaction, suspend, resume, network, clock_changed, clerk_changed, scan, form_closed. */
  int32_t (*on_event)(ccms_instance_t* self, ccms_string_t event, ccms_error_t* error);
  /* [ui, started] The host's answer to request_ui_callback. Writes {"events": [...]}: what has changed. */
  int32_t (*on_ui_callback)(ccms_instance_t* self, ccms_writer_t reply, ccms_error_t* error);
  /* [any] A pointer to a plugin extension of that id (NUL-terminated), or NULL. None in this version. */
  const void* (*get_extension)(ccms_instance_t* self, const char* id);
} ccms_plugin_t;

/* The exported symbol. Its first fields never move, whatever the version. */
typedef struct ccms_plugin_entry {
  uint32_t struct_size;
  uint32_t abi_major;
  uint32_t abi_minor;
  const char* id;      /* NUL-terminated, "ccms" */
  const char* name;    /* NUL-terminated, for people */
  const char* vendor;  /* NUL-terminated */
  const char* version; /* NUL-terminated, semantic version */
  /* [ui] Checks the host and the configuration, locks the data folder and opens the journal. On CCMS_OK
     *plugin points to a table that lives as long as the library is loaded, and *instance is to be given
     back with destroy. Host functions but `log` are not called before start.
     `config` is JSON: {"data_folder", "server_url", "ca_file"?, "store", "till", "language"?, "sync"?}. */
  int32_t (*create)(const ccms_host_t* host, ccms_string_t config, const ccms_plugin_t** plugin,
                    ccms_instance_t** instance, ccms_error_t* error);
} ccms_plugin_entry_t;

#if defined(CCMS_PLUGIN_BUILD)
extern __attribute__((visibility("default"))) const ccms_plugin_entry_t ccms_plugin_entry;
#endif

#ifdef __cplusplus
}
#endif

#endif /* CCMS_CCMS_PLUGIN_H */
