#!/usr/bin/env python3
"""Writes tokens.txt anew: keys and signatures made by the openssl program, none of them by Gatehouse. The keys are thrown away."""
import base64, json, os, subprocess, sys, tempfile

FOLDER = tempfile.mkdtemp()
NOW = 1_800_000_000


def openssl(*args, data=b""):
    return subprocess.run(["openssl", *args], input=data, check=True, capture_output=True, cwd=FOLDER).stdout


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(text):
    digits = text.replace(":", "").replace("\n", "").replace(" ", "")
    return bytes.fromhex(digits.lstrip("0").rjust(len(digits.lstrip("0")) + len(digits.lstrip("0")) % 2, "0"))


def make(name, kind):
    args = {"RSA": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "RSA1024": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024"],
            "P-256": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"], "P-384": ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
            "Ed25519": ["-algorithm", "ED25519"]}[kind]
    openssl("genpkey", *args, "-out", name)
    der = openssl("pkey", "-in", name, "-pubout", "-outform", "DER")
    key = {"kid": name, "use": "sig"}
    if kind.startswith("RSA"):
        modulus = openssl("rsa", "-in", name, "-noout", "-modulus").decode().strip().split("=")[1]
        key |= {"kty": "RSA", "n": b64(bytes.fromhex(modulus)), "e": "AQAB"}
    elif kind == "Ed25519":
        key |= {"kty": "OKP", "crv": kind, "x": b64(der[-32:])}
    else:
        size = 32 if kind == "P-256" else 48
        key |= {"kty": "EC", "crv": kind, "x": b64(der[-2 * size:-size]), "y": b64(der[-size:])}
    return key


def raw(der, size):
    def integer(at):
        length = der[at + 1]
        return der[at + 2:at + 2 + length].lstrip(b"\0").rjust(size, b"\0"), at + 2 + length
    at = 3 if der[1] & 0x80 else 2
    r, at = integer(at)
    s, _ = integer(at)
    return r + s


def sign(name, algorithm, claims, header=None):
    head = {"alg": algorithm, "typ": "JWT", "kid": name} | (header or {})
    head = {k: v for k, v in head.items() if v is not None}
    text = (b64(json.dumps(head).encode()) + "." + b64(json.dumps(claims).encode())).encode()
    digest = "-sha" + algorithm[2:] if algorithm != "EdDSA" else ""
    path = os.path.join(FOLDER, "text")
    open(path, "wb").write(text)
    if algorithm == "none":
        signature = b""
    elif algorithm.startswith("HS"):
        signature = openssl("dgst", digest, "-hmac", name, "-binary", data=text)
    elif algorithm == "EdDSA":
        signature = openssl("pkeyutl", "-sign", "-inkey", name, "-rawin", "-in", "text")
    elif algorithm.startswith("PS"):
        signature = openssl("dgst", "-sha" + algorithm[2:], "-sign", name, "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest", data=text)
    else:
        signature = openssl("dgst", digest, "-sign", name, data=text)
        if algorithm.startswith("ES"):
            signature = raw(signature, 32 if algorithm == "ES256" else 48)
    return text.decode() + "." + b64(signature)


def flip(token, part):
    parts = token.split(".")
    first = parts[part][0]
    parts[part] = ("A" if first != "A" else "B") + parts[part][1:]
    return ".".join(parts)


keys = [make("rsa", "RSA"), make("p256", "P-256"), make("p384", "P-384"), make("ed", "Ed25519")]
weak = make("weak", "RSA1024")
other = make("other", "RSA")
make("rsa2", "RSA")
pem = openssl("pkey", "-in", "rsa", "-pubout").decode()
good = {"iss": "https://issuer.test/", "sub": "alice", "aud": ["gateway", "other"], "exp": NOW + 600, "nbf": NOW - 600, "org": {"team": "blue"}, "level": 3}

out = ["# Tokens and keys made by openssl (make_tokens.py). at: seconds since 1970. expect: good, bad (with a part of the reason) or keys.", ""]


def case(name, token, expect, **more):
    out.append(f"name: {name}")
    for key, value in ({"set": "all", "issuer": "https://issuer.test/", "audience": "gateway", "at": NOW} | more).items():
        if value != "":
            out.append(f"{key}: {value}")
    out.append(f"token: {token}")
    out.append(f"expect: {expect}")
    out.append("")


for name, text in {"all": {"keys": keys}, "one": keys[1], "unnamed": {"keys": [{k: v for k, v in keys[0].items() if k != "kid"}]},
                   "pinned": {"keys": [keys[0] | {"alg": "RS512"}]}, "mixed": {"keys": [{"kty": "oct", "k": "AAAA", "kid": "x"}, weak, keys[3], keys[0] | {"use": "enc"}]}}.items():
    out += [f"keyset: {name}", f"jwks: {json.dumps(text)}", ""]
out += ["keyset: pem", "jwks: " + pem.replace("\n", "\\n"), ""]
for name, text in {"weakonly": {"keys": [weak]}, "nokeys": {"keys": []}, "nolist": {"a": 1}, "nojson": "keys"}.items():
    out += [f"badset: {name}", f"jwks: {json.dumps(text) if not isinstance(text, str) else text}", ""]

for algorithm, key in [("RS256", "rsa"), ("RS384", "rsa"), ("RS512", "rsa"), ("PS256", "rsa"), ("ES256", "p256"), ("ES384", "p384"), ("EdDSA", "ed")]:
    token = sign(key, algorithm, good)
    case(f"{algorithm} is good", token, "good")
    case(f"{algorithm} with another payload", flip(token, 1), "bad")
    case(f"{algorithm} with another signature", flip(token, 2), "bad")
rs = sign("rsa", "RS256", good)
case("by a key without a name", rs, "good", set="unnamed")
case("by a key as PEM", rs, "good", set="pem")
case("by one key that is no set", sign("p256", "ES256", good), "good", set="one")
case("a token without a kid is tried with every key", sign("p256", "ES256", good, {"kid": None}), "good")
case("a key pinned to another algorithm", rs, "bad signature", set="pinned")
case("a key for encryption checks nothing", rs, "bad kid", set="mixed")
case("a weak key checks nothing", sign("weak", "RS256", good), "bad kid", set="mixed")
case("a key that is not in the set", sign("other", "RS256", good), "bad kid")
case("another key under a known kid", sign("rsa2", "RS256", good, {"kid": "rsa"}), "bad signature")
case("the algorithm of another type of key", sign("rsa", "RS256", good, {"kid": "p256"}), "bad signature")
case("none is refused", sign("rsa", "none", good), "bad algorithm")
case("HMAC is refused, also by the public key", sign("rsa", "HS256", good), "bad algorithm")
case("an unknown algorithm", sign("rsa", "RS256", good, {"alg": "XX999"}), "bad algorithm")
case("an extension that must be understood", sign("rsa", "RS256", good, {"crit": ["b64"], "b64": False}), "bad crit")
case("another issuer", sign("rsa", "RS256", good | {"iss": "https://evil.test/"}), "bad issuer")
case("any issuer where none is named", sign("rsa", "RS256", good | {"iss": "https://evil.test/"}), "good", issuer="")
case("another audience", sign("rsa", "RS256", good | {"aud": "else"}), "bad audience")
case("no audience", sign("rsa", "RS256", {k: v for k, v in good.items() if k != "aud"}), "bad audience")
case("one audience as a text", sign("rsa", "RS256", good | {"aud": "gateway"}), "good")
case("any audience where none is named", sign("rsa", "RS256", good | {"aud": 7}), "good", audience="")
case("expired", rs, "bad expired", at=NOW + 661)
case("expired within the leeway", rs, "good", at=NOW + 659)
case("not valid yet", rs, "bad not valid before", at=NOW - 661)
case("not valid yet within the leeway", rs, "good", at=NOW - 659)
case("no expiry", sign("rsa", "RS256", {k: v for k, v in good.items() if k != "exp"}), "good")
case("no expiry where one is asked for", sign("rsa", "RS256", {k: v for k, v in good.items() if k != "exp"}), "bad exp", needsExpiry="true")
case("an expiry that is no number", sign("rsa", "RS256", good | {"exp": "never"}), "bad exp")
case("without any time", sign("rsa", "RS256", {k: v for k, v in good.items() if k not in ("exp", "nbf")}), "good")
case("two parts", rs.rsplit(".", 1)[0], "bad three parts")
case("four parts", rs + ".AAAA", "bad three parts")
case("padding", rs + "=", "bad base64url")
case("claims that are no object", sign("rsa", "RS256", [1]), "bad JSON")
open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tokens.txt"), "w").write("\n".join(out))
