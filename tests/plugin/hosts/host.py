#!/usr/bin/env python3
"""A point-of-sale host in Python (ctypes); the same course as host.c.

usage: host.py PLUGIN.so CONFIG_JSON ENROLMENT_CODE DETAILS CORRECTED_DETAILS
"""
import ctypes as c
import json
import sys
import threading
import time


class String(c.Structure):
    _fields_ = [("data", c.c_char_p), ("size", c.c_size_t)]


WriteFn = c.CFUNCTYPE(None, c.c_void_p, c.POINTER(c.c_char), c.c_size_t)


class Writer(c.Structure):
    _fields_ = [("context", c.c_void_p), ("write", WriteFn)]


class Error(c.Structure):
    _fields_ = [("struct_size", c.c_uint32), ("code", c.c_int32), ("message", c.c_char * 512), ("field", c.c_char * 128)]


LogFn = c.CFUNCTYPE(None, c.c_void_p, c.c_int32, String)
IsUiFn = c.CFUNCTYPE(c.c_int32, c.c_void_p)
RequestFn = c.CFUNCTYPE(None, c.c_void_p)
ExtensionFn = c.CFUNCTYPE(c.c_void_p, c.c_void_p, c.c_char_p)
SimpleFn = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Error))
DestroyFn = c.CFUNCTYPE(c.c_int32, c.c_void_p)
CallFn = c.CFUNCTYPE(c.c_int32, c.c_void_p, String, Writer, c.POINTER(Error))
EventFn = c.CFUNCTYPE(c.c_int32, c.c_void_p, String, c.POINTER(Error))
CallbackFn = c.CFUNCTYPE(c.c_int32, c.c_void_p, Writer, c.POINTER(Error))

VERSION = [("struct_size", c.c_uint32), ("abi_major", c.c_uint32), ("abi_minor", c.c_uint32)]
CALLS = ["screens", "form", "create_ticket", "act", "find_tickets", "ticket", "unsent", "enrol", "status", "take_result"]


class Host(c.Structure):
    _fields_ = VERSION + [("data", c.c_void_p), ("log", LogFn), ("is_ui_thread", IsUiFn),
                          ("request_ui_callback", RequestFn), ("get_extension", ExtensionFn)]


class Plugin(c.Structure):
    _fields_ = VERSION + [("start", SimpleFn), ("stop", SimpleFn), ("destroy", DestroyFn)] + \
        [(name, CallFn) for name in CALLS] + \
        [("on_event", EventFn), ("on_ui_callback", CallbackFn), ("get_extension", ExtensionFn)]


CreateFn = c.CFUNCTYPE(c.c_int32, c.POINTER(Host), String, c.POINTER(c.POINTER(Plugin)), c.POINTER(c.c_void_p), c.POINTER(Error))


class Entry(c.Structure):
    _fields_ = VERSION + [("id", c.c_char_p), ("name", c.c_char_p), ("vendor", c.c_char_p), ("version", c.c_char_p),
                          ("create", CreateFn)]


class Till:
    def __init__(self, library, config):
        entry = Entry.in_dll(c.CDLL(library), "ccms_plugin_entry")
        if entry.abi_major != 1:
            raise SystemExit("not a plugin for this host")
        ui_thread = threading.get_ident()
        self.callback_wanted = threading.Event()
        self.host = Host(c.sizeof(Host), 1, 0, None, LogFn(self.log),
                         IsUiFn(lambda _: int(threading.get_ident() == ui_thread)),
                         RequestFn(lambda _: self.callback_wanted.set()), ExtensionFn(lambda _, __: None))
        self.table, self.instance, self.error = c.POINTER(Plugin)(), c.c_void_p(), Error(c.sizeof(Error))
        text = config.encode()
        self.check(entry.create(self.host, String(text, len(text)), self.table, self.instance, self.error))
        self.check(self.table.contents.start(self.instance, self.error))

    @staticmethod
    def log(_, level, message):
        if level >= 2:
            print("[ccms]", c.string_at(message.data, message.size).decode(), file=sys.stderr)

    def check(self, status):
        if status != 0:
            raise SystemExit(f"{self.error.message.decode()} at '{self.error.field.decode()}'")

    def call(self, name, request):
        replies = []
        writer = Writer(None, WriteFn(lambda _, data, size: replies.append(c.string_at(data, size))))
        text = json.dumps(request).encode()
        self.check(getattr(self.table.contents, name)(self.instance, String(text, len(text)), writer, self.error))
        return json.loads(replies[0])

    def wait_for(self, name, request, condition):
        """Stands for the host's event loop."""
        for _ in range(2000):
            if self.callback_wanted.is_set():
                self.callback_wanted.clear()
                self.table.contents.on_ui_callback(self.instance, Writer(None, WriteFn(lambda *_: None)), self.error)
            reply = self.call(name, request)
            if condition(reply):
                return reply
            time.sleep(0.01)
        raise SystemExit(f"{name}: {reply}")


def main(library, config, code, details, corrected):
    till = Till(library, config)
    clerk = {"id": "c1", "name": "Mia"}
    request = till.call("enrol", {"code": code})
    result = till.wait_for("take_result", request, lambda reply: reply["done"])
    if "error" in result:
        raise SystemExit(result["error"]["message"])

    form = till.call("form", {"clerk": clerk, "language": "en"})
    for field in form["schema"]["properties"]["ticket"]["properties"].values():
        print("field:", field.get("title"))
    ticket = till.call("create_ticket", {
        "form_id": form["form_id"], "clerk": clerk, "language": "en", "kind": "complaint",
        "ticket": {"category": "defective", "details": details},
        "complainant": {"kind": "contact", "name": "Anna Meier"}, "proof": {"kind": "none", "reason": "lost_receipt"}})
    print("created:", ticket["code"])

    rejected = till.wait_for("unsent", {}, lambda reply: any(e["state"] == "quarantined" for e in reply["events"]))
    print("rejected:", rejected["events"][0]["problem"]["message"])
    till.call("act", {"action": "correct", "event_id": ticket["event_id"], "clerk": clerk, "ticket": {"details": corrected}})
    till.wait_for("unsent", {}, lambda reply: not reply["events"])
    found = till.call("find_tickets", {"code": ticket["code"]})["tickets"][0]
    print(f"found: {found['code']}, {found['details']}")
    till.check(till.table.contents.destroy(till.instance))


main(*sys.argv[1:])
