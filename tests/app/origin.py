"""A small origin server for the black-box tests: big, slow, broken and echoing answers. One thread per connection."""
import http.server
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, *args):
        pass

    def answer(self, body, status=200, headers=()):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def read_body(self):
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            total = 0
            while size := int(self.rfile.readline().split(b";")[0], 16):
                total += len(self.rfile.read(size + 2)) - 2
            self.rfile.readline()
            return total
        left = total = int(self.headers.get("Content-Length", 0))
        while left:
            left -= len(self.rfile.read(min(left, 1 << 16)) or b"x" * left)
        return total

    def do_GET(self):
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        if self.path.startswith("/big"):
            block = b"x" * (1 << 16)
            count = self.server.big // len(block)
            self.send_response(200)
            self.send_header("Content-Length", str(count * len(block)))
            self.end_headers()
            for _ in range(count):
                self.wfile.write(block)
        elif self.path.startswith("/hang"):
            self.server.release.wait(60)
            self.close_connection = True
        elif self.path.startswith("/cut"):
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"half")
            self.close_connection = True
        elif self.path.startswith("/garbage"):
            self.wfile.write(b"this is no HTTP\r\n\r\n")
            self.close_connection = True
        else:
            self.answer(self.path.encode())

    def do_POST(self):
        size = self.read_body()
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        self.answer(str(size).encode())

    do_PUT = do_POST


class Origin(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, big=64 << 20):
        super().__init__(("127.0.0.1", 0), Handler)
        self.big = big
        self.seen = []
        self.release = threading.Event()
        self.port = self.server_address[1]
        self.thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def handle_error(self, request, client_address):
        pass  # A gateway that closes early is what some tests want.

    def close(self):
        self.release.set()
        self.shutdown()
        self.server_close()
