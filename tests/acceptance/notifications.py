# SPDX-FileCopyrightText: 2026 The Waybill authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's notification server: keeps what it is told, and presses a notification's button."""

from gi.repository import Gio, GLib

from driver import wait

NAME = 'org.freedesktop.Notifications'
INTERFACE = Gio.DBusNodeInfo.new_for_xml(f'''
<node><interface name="{NAME}">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/>
    <arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>''').interfaces[0]


class Notifications:
    """On the session bus from its making on; `shown` is a list of (title, body, actions)."""

    def __init__(self):
        self.shown = []
        self.last = 0  # ids are used once, also where the list was emptied
        self.standing = {}  # id: title
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.bus.register_object('/org/freedesktop/Notifications', INTERFACE, self.on_call)
        owned = []
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: owned.append(True), None)
        wait(lambda: owned, 'the name of the notification server')

    def on_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        answer = None
        if method == 'Notify':
            _app, replaced, _icon, title, body, actions, _hints, _timeout = arguments.unpack()
            self.shown.append((title, body, actions))
            if not replaced:
                self.last += 1
            self.standing[replaced or self.last] = title
            answer = GLib.Variant('(u)', (replaced or self.last,))
        elif method == 'CloseNotification':
            self.standing.pop(arguments.unpack()[0], None)
        elif method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['actions', 'body', 'persistence'],))
        elif method == 'GetServerInformation':
            answer = GLib.Variant('(ssss)', ('test', 'test', '1', '1.2'))
        invocation.return_value(answer)

    def open(self):
        """Titles of those that were not taken back."""
        return list(self.standing.values())

    def press(self, action='default'):
        """Presses a button of the last one: as the desktop does it, by a signal; and it goes."""
        index = max(self.standing)
        self.bus.emit_signal(None, '/org/freedesktop/Notifications', NAME, 'ActionInvoked',
                             GLib.Variant('(us)', (index, action)))
        self.standing.pop(index)
        self.bus.emit_signal(None, '/org/freedesktop/Notifications', NAME, 'NotificationClosed', GLib.Variant('(uu)', (index, 2)))
