"""pods/portforward of the test API server, by WebSocket (v4.channel.k8s.io): one TCP connection each, the first message of each channel is
the port. Where a port of a pod leads is said by its annotation test/ports: {"8000": PORT OF LOOPBACK}."""
import base64
import hashlib
import json
import select
import socket
import struct

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def frame(opcode, payload, last=True):
    head = bytes([(0x80 if last else 0) | opcode])
    size = len(payload)
    return head + (bytes([size]) if size < 126 else bytes([126]) + struct.pack(">H", size) if size < 65536 else bytes([127]) + struct.pack(">Q", size)) + payload


class Broken(Exception):
    pass


def read_frame(data):
    """(opcode, payload, what is left); nothing where more bytes are needed."""
    if len(data) < 2:
        return None
    if not data[1] & 0x80:
        raise Broken  # Clients mask (RFC 6455 section 5.1).
    size, at = data[1] & 0x7f, 2
    if size > 125:
        at = 4 if size == 126 else 10
        if len(data) < at:
            return None
        size = struct.unpack(">H" if size == 126 else ">Q", data[2:at])[0]
    if len(data) < at + 4 + size:
        return None
    mask, payload = data[at:at + 4], data[at + 4:at + 4 + size]
    whole = (mask * (size // 4 + 1))[:size]
    return data[0] & 0x0f, (int.from_bytes(payload, "big") ^ int.from_bytes(whole, "big")).to_bytes(size, "big"), data[at + 4 + size:]


def accept(handler, port):
    key = handler.headers.get("Sec-WebSocket-Key", "")
    handler.send_response(101)
    handler.send_header("Upgrade", "websocket")
    handler.send_header("Connection", "Upgrade")
    handler.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode())
    handler.send_header("Sec-WebSocket-Protocol", "v4.channel.k8s.io")
    handler.end_headers()
    handler.wfile.flush()
    handler.close_connection = True
    for channel in (0, 1):
        handler.connection.sendall(frame(2, bytes([channel]) + struct.pack("<H", port)))
    handler.connection.sendall(frame(9, b"still there?"))


def pump(connection, upstream):
    """One thread for both ways: a TLS connection is not read and written by two."""
    held = b""
    while True:
        ready = [connection] if connection.pending() else select.select([connection, upstream], [], [])[0]
        if connection in ready:
            data = connection.recv(65536)
            if not data:
                return
            held += data
            while (found := read_frame(held)) is not None:
                opcode, payload, held = found
                if opcode == 8 or opcode == 10 and payload != b"still there?":
                    return
                if opcode == 2 and payload[:1] == b"\x00":
                    upstream.sendall(payload[1:])
        if upstream in ready:
            data = upstream.recv(30000)
            if not data:
                connection.sendall(frame(8, b""))
                return
            # In two parts, which a client has to put together.
            connection.sendall(frame(2, b"\x00" + data[:10], last=len(data) <= 10) + (frame(0, data[10:]) if len(data) > 10 else b""))


def forward(handler, pod, port):
    """Speaks until one side ends."""
    accept(handler, port)
    where = json.loads(pod["metadata"].get("annotations", {}).get("test/ports", "{}")).get(str(port))
    try:
        upstream = socket.create_connection(("127.0.0.1", where or 1), timeout=20)
    except OSError:
        handler.connection.sendall(frame(2, b"\x01error forwarding port %d to pod: connection refused" % port) + frame(8, b""))
        return
    with upstream:
        try:
            pump(handler.connection, upstream)
        except (OSError, Broken):
            pass
