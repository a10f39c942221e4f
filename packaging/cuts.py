"""What the one-folder build leaves out, decided by a file's place inside the build.

Measured on Debian 12: 273 MB with everything, about 175 MB after these cuts.
"""

from __future__ import annotations

import re

# Qt plugins for screens, pictures and themes that no village desk has; the GTK theme drags in GTK.
PLUGINS = re.compile(
    r"Qt6?/plugins/(?:"
    r"platformthemes/libqgtk3|platforms/libq(?:eglfs|linuxfb|vnc|vkkhrdisplay|minimalegl)|"
    r"egldeviceintegrations/|generic/|networkinformation/|sqldrivers/|qmltooling/|qmllint/|designer/|"
    r"imageformats/(?:lib)?q(?:tga|tiff|icns|wbmp|pdf)|platforminputcontexts/(?:lib)?qtvirtualkeyboard"
    r")"
)
# Parts of Qt that only those plugins ask for.
QT_PARTS = re.compile(r"(?:^|/)(?:lib)?Qt6(?:Qml|Quick|VirtualKeyboard|Pdf|Sql|EglF[Ss])")
# Taken from the system: they must fit its graphics driver, its screen and its printers.
SYSTEM = re.compile(
    r"(?:^|/)lib(?:X11|X11-xcb|xcb|GL|GLX|GLdispatch|EGL|cups|wayland-\w+|gtk-3|gdk-3|gdk_pixbuf-2\.0|"
    r"atk-1\.0|atk-bridge-2\.0|pango\w*-1\.0|cairo|cairo-gobject|epoxy|glib-2\.0|gobject-2\.0|gio-2\.0|"
    r"gmodule-2\.0|gthread-2\.0|dbus-1|fontconfig|freetype)\.so"
)
TRANSLATIONS = re.compile(r"/translations/(?!qt\w*_zh_CN)")
MODULES = ("tkinter", "unittest", "pydoc_data", "setuptools", "numpy", "PIL._avif", "PIL._webp")


def is_left_out(place: str) -> bool:
    """Tell whether the file at this place inside the build is left out."""
    slashed = place.replace("\\", "/")
    return any(rule.search(slashed) for rule in (PLUGINS, QT_PARTS, SYSTEM, TRANSLATIONS))
