/* A point-of-sale host in C: it needs the header and the shared library, nothing else of CCMS.
   usage: host PLUGIN.so CONFIG_JSON ENROLMENT_CODE DETAILS CORRECTED_DETAILS
   Enrols, shows the form's fields, creates a ticket, waits for the server's verdict, corrects a rejected one,
   and finds it again. The JSON is taken apart by plain text search: a real host has a JSON library. */
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plugin/include/ccms/ccms_plugin.h"

static pthread_t ui_thread;
static atomic_int callback_wanted;

static void log_line(void* data, int32_t level, ccms_string_t message) {
  (void)data;
  if (level >= CCMS_LOG_WARNING) fprintf(stderr, "[ccms] %.*s\n", (int)message.size, message.data);
}
static int32_t is_ui_thread(void* data) { return (void)data, pthread_equal(pthread_self(), ui_thread) != 0; }
static void request_ui_callback(void* data) { (void)data, callback_wanted = 1; }
static const void* get_extension(void* data, const char* id) { return (void)data, (void)id, NULL; }

static const ccms_plugin_t* plugin;
static ccms_instance_t* instance;
static char reply[1 << 20]; /* the last reply, NUL-terminated */

static void keep_reply(void* context, const char* data, size_t size) {
  (void)context;
  if (size >= sizeof reply) size = sizeof reply - 1;
  memcpy(reply, data, size);
  reply[size] = '\0';
}

typedef int32_t (*call_fn)(ccms_instance_t*, ccms_string_t, ccms_writer_t, ccms_error_t*);

static void call(const char* name, call_fn function, const char* request) {
  ccms_error_t error = {.struct_size = sizeof error};
  ccms_writer_t writer = {NULL, keep_reply};
  ccms_string_t text = {request, strlen(request)};
  reply[0] = '\0';
  if (function(instance, text, writer, &error) == CCMS_OK) return;
  fprintf(stderr, "%s: %s at '%s'\n", name, error.message, error.field);
  exit(1);
}

/* The text after "key":" in the last reply. */
static const char* text_of(const char* key, char* out, size_t size) {
  char pattern[64];
  snprintf(pattern, sizeof pattern, "\"%s\":\"", key);
  const char* at = strstr(reply, pattern);
  size_t length = 0;
  if (at != NULL) {
    at += strlen(pattern);
    while (at[length] != '"' && length + 1 < size) ++length;
    memcpy(out, at, length);
  }
  out[length] = '\0';
  return out;
}

/* Lets the host's event loop turn until the last reply of `function` holds `wanted`. */
static void wait_for(const char* name, call_fn function, const char* request, const char* wanted) {
  const struct timespec pause = {0, 10 * 1000 * 1000};
  for (int i = 0; i < 2000; ++i) {
    if (atomic_exchange(&callback_wanted, 0)) {
      ccms_writer_t writer = {NULL, keep_reply};
      plugin->on_ui_callback(instance, writer, NULL);
    }
    call(name, function, request);
    if (strstr(reply, wanted) != NULL) return;
    nanosleep(&pause, NULL);
  }
  fprintf(stderr, "%s: no %s in %s\n", name, wanted, reply);
  exit(1);
}

static void show_fields(void) {
  for (const char* at = reply; (at = strstr(at, "\"title\":\"")) != NULL; ++at) {
    printf("field: %.*s\n", (int)strcspn(at + 9, "\""), at + 9);
  }
}

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  ui_thread = pthread_self();
  void* library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return fprintf(stderr, "%s\n", dlerror()), 1;
  const ccms_plugin_entry_t* entry = dlsym(library, CCMS_PLUGIN_ENTRY_SYMBOL);
  if (entry == NULL || entry->abi_major != CCMS_ABI_MAJOR)
    return fprintf(stderr, "not a plugin for this host\n"), 1;
  const ccms_host_t host = {sizeof host, CCMS_ABI_MAJOR, CCMS_ABI_MINOR,      NULL,
                            log_line,    is_ui_thread,   request_ui_callback, get_extension};
  ccms_error_t error = {.struct_size = sizeof error};
  const ccms_string_t config = {argv[2], strlen(argv[2])};
  if (entry->create(&host, config, &plugin, &instance, &error) != CCMS_OK ||
      plugin->start(instance, &error) != CCMS_OK) {
    return fprintf(stderr, "%s at '%s'\n", error.message, error.field), 1;
  }
  char request[8192], id[64], event[64], code[32];
  snprintf(request, sizeof request, "{\"code\":\"%s\"}", argv[3]);
  call("enrol", plugin->enrol, request);
  snprintf(request, sizeof request, "{\"request_id\":\"%s\"}", text_of("request_id", id, sizeof id));
  wait_for("take_result", plugin->take_result, request, "\"enrolled\":true");

  call("form", plugin->form, "{\"clerk\":{\"id\":\"c1\",\"name\":\"Mia\"},\"language\":\"en\"}");
  show_fields();
  snprintf(request, sizeof request,
           "{\"form_id\":\"%s\",\"clerk\":{\"id\":\"c1\",\"name\":\"Mia\"},\"language\":\"en\",\"kind\":"
           "\"complaint\","
           "\"ticket\":{\"category\":\"defective\",\"details\":\"%s\"},"
           "\"complainant\":{\"kind\":\"contact\",\"name\":\"Anna Meier\"},"
           "\"proof\":{\"kind\":\"none\",\"reason\":\"lost_receipt\"}}",
           text_of("form_id", id, sizeof id), argv[4]);
  call("create_ticket", plugin->create_ticket, request);
  text_of("event_id", event, sizeof event);
  printf("created: %s\n", text_of("code", code, sizeof code));

  wait_for("unsent", plugin->unsent, "{}", "\"state\":\"quarantined\"");
  printf("rejected: %s\n", text_of("message", id, sizeof id));
  snprintf(request, sizeof request,
           "{\"action\":\"correct\",\"event_id\":\"%s\",\"clerk\":{\"id\":\"c1\",\"name\":\"Mia\"},"
           "\"ticket\":{\"details\":\"%s\"}}",
           event, argv[5]);
  call("act", plugin->act, request);
  wait_for("unsent", plugin->unsent, "{}", "\"events\":[]");
  snprintf(request, sizeof request, "{\"code\":\"%s\"}", code);
  call("find_tickets", plugin->find_tickets, request);
  printf("found: %s, %s\n", text_of("code", code, sizeof code), text_of("details", id, sizeof id));
  plugin->destroy(instance);
  return dlclose(library);
}
