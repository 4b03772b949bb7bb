"""What stands around the test API server: certificates, a kubeconfig, a proxy."""
import json
import socket
import subprocess
import threading


def openssl(folder, *args):
    subprocess.run(["openssl", *args], cwd=folder, check=True, capture_output=True)


def make_certificates(folder):
    (folder / "server.cnf").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1,DNS:api.gatehouse.test\nextendedKeyUsage=serverAuth\n")
    (folder / "client.cnf").write_text("extendedKeyUsage=clientAuth\n")
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-keyout", "ca.key", "-out", "ca.crt",
            "-subj", "/CN=gatehouse-test-ca")
    for name, subject, extra in (("server", "/CN=localhost", "server.cnf"), ("client", "/O=system:masters/CN=admin", "client.cnf")):
        openssl(folder, "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", subject)
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-out", f"{name}.crt", "-extfile", extra)


def write_kubeconfig(folder, port):
    """JSON is YAML. Contexts: admin (a certificate), reader and nobody (tokens)."""
    server = {"server": f"https://localhost:{port}", "certificate-authority": "ca.crt"}
    users = {"admin": {"client-certificate": "client.crt", "client-key": "client.key"}, "reader": {"token": "reader-token"}, "nobody": {"token": "nobody-token"}}
    path = folder / "kubeconfig"
    path.write_text(json.dumps({
        "apiVersion": "v1", "kind": "Config", "current-context": "admin", "clusters": [{"name": "test", "cluster": server}],
        "users": [{"name": name, "user": user} for name, user in users.items()],
        "contexts": [{"name": name, "context": {"cluster": "test", "user": name}} for name in users]}, indent=1))
    path.chmod(0o600)
    return path


def connect_proxy():
    """An HTTP proxy for CONNECT to loopback; counts what it was asked for."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked = []

    def pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        finally:
            for each in (source, sink):
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def serve(client):
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(4096)
            if not more:
                return
            head += more
        method, where, _ = head.split(b"\r\n")[0].decode().split(" ")
        asked.append(head.decode())
        host, _, port = where.rpartition(":")
        if method != "CONNECT" or host not in ("localhost", "127.0.0.1"):
            client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return
        upstream = socket.create_connection((host, int(port)))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        threading.Thread(target=pump, args=(upstream, client), daemon=True).start()
        pump(client, upstream)

    def accept():
        while True:
            client, _ = listener.accept()
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1], asked
