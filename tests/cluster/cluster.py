"""Starts the test API server for a test, steers it, and runs kubectl against it. Everything ends with the test."""
import json
import os
import pathlib
import ssl
import subprocess
import sys
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent


class Cluster:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.child = subprocess.Popen([sys.executable, "-B", HERE / "api_server.py", "--dir", self.folder / "cluster"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.info = json.loads(self.child.stdout.readline())
        self.kubeconfig = self.info["kubeconfig"]
        self.url = f"https://localhost:{self.info['port']}"
        self.tls = ssl.create_default_context(cafile=self.folder / "cluster" / "ca.crt")

    def stop(self):
        self.child.stdin.close()
        self.child.stdout.close()
        self.child.wait(20)

    def op(self, op, **more):
        request = urllib.request.Request(f"{self.url}/_control?key={self.info['control']}", json.dumps({"op": op, **more}).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, context=self.tls, timeout=20) as answer:
            return json.load(answer)["result"]

    def put(self, *objects):
        for each in objects:
            self.op("put", object=each)

    def get(self, path, token="admin-token"):
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request, context=self.tls, timeout=20) as answer:
            return json.load(answer)

    def kubectl(self, *args, input=None):
        """(exit code, standard output, standard error)"""
        done = subprocess.run(["kubectl", *args], input=input, capture_output=True, text=True, timeout=60,
                              env={**os.environ, "KUBECONFIG": self.kubeconfig, "HOME": str(self.folder)})
        return done.returncode, done.stdout, done.stderr


def has_kubectl():
    try:
        return subprocess.run(["kubectl", "version", "--client"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def gateway(name="gw", port=80, ns="default", **more):
    return {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": name, "namespace": ns, **more},
            "spec": {"gatewayClassName": "kgateway", "listeners": [{"name": "http", "port": port, "protocol": "HTTP"}]}}


def route(name="chat", service="vllm", weight=1, ns="default", **more):
    return {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": name, "namespace": ns, **more},
            "spec": {"parentRefs": [{"name": "gw"}], "rules": [{"backendRefs": [{"name": service, "port": 80, "weight": weight}]}]}}


def service(name="vllm", ns="default"):
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": ns},
            "spec": {"clusterIP": "10.0.0.9", "clusterIPs": ["10.0.0.9"], "ipFamilies": ["IPv4"], "selector": {"app": name}, "ports": [{"name": "http", "port": 80, "targetPort": 8000}]}}
