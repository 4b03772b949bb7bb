#!/usr/bin/env python3
"""How long the console takes from exec to its first painted window, and what it costs when idle: start.py [GATEHOUSE] [ROUNDS].

Needs a running X server (DISPLAY; Xvfb does). The console opens an empty folder. A window counts as painted when it is viewable and
a pixel of it is another than the server's black. Idle CPU is that of all threads over ten seconds, five seconds after the start."""
import ctypes, os, subprocess, sys, tempfile, time

BINARY = sys.argv[1] if len(sys.argv) > 1 else "build/release/app/gatehouse"
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 7

x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XDefaultRootWindow.restype = ctypes.c_ulong
x.XGetImage.restype = ctypes.c_void_p
x.XGetPixel.restype = ctypes.c_ulong
for function, types in {
    "XDefaultRootWindow": [ctypes.c_void_p],
    "XGetImage": [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint, ctypes.c_ulong, ctypes.c_int],
    "XGetPixel": [ctypes.c_void_p, ctypes.c_int, ctypes.c_int],
    "XDestroyImage": [ctypes.c_void_p],
}.items():
    getattr(x, function).argtypes = types


def painted(display, root):
    """Something other than black on a line across the middle of the screen."""
    image = x.XGetImage(display, root, 0, 300, 1000, 1, 0xFFFFFFFF, 2)
    if not image:
        return False
    found = any(x.XGetPixel(image, column, 0) & 0xFFFFFF for column in range(0, 1000, 25))
    x.XDestroyImage(image)
    return found


def cpu_ticks(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def main():
    display = x.XOpenDisplay(None)
    if not display:
        sys.exit("no X server: set DISPLAY, for example by xvfb-run")
    root = x.XDefaultRootWindow(display)
    times, idle = [], None
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, HOME=home, XDG_CONFIG_HOME=home, XDG_RUNTIME_DIR=home)
        for number in range(ROUNDS):
            while painted(display, root):
                time.sleep(0.05)
            begin = time.monotonic()
            console = subprocess.Popen([BINARY, folder], env=environment, stderr=subprocess.DEVNULL)
            while not painted(display, root) and time.monotonic() - begin < 20:
                time.sleep(0.002)
            times.append((time.monotonic() - begin) * 1000)
            if number == ROUNDS - 1:
                time.sleep(5)
                before = cpu_ticks(console.pid)
                time.sleep(10)
                idle = (cpu_ticks(console.pid) - before) / os.sysconf("SC_CLK_TCK") / 10 * 100
            console.terminate()
            console.wait(10)
    times.sort()
    print(f"first paint: median {times[len(times) // 2]:.0f} ms, least {times[0]:.0f} ms, most {times[-1]:.0f} ms of {ROUNDS}")
    print(f"idle with an empty folder: {idle:.2f} % of a core")


main()
