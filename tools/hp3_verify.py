#!/usr/bin/env python3
"""Verify proofs of Half Past Three (三点半) without trusting the platform that made them.

Usage: hp3_verify.py --key PUBLIC_KEY_HEX FILE [FILE …]

FILE is an inclusion proof, a consistency proof, a file of signed tree heads (NDJSON), or an
exported log (NDJSON, also .gz). PUBLIC_KEY_HEX is the key that you keep, 64 hex digits; never take
it from the file. Exit status: 0 everything holds, 1 something does not, 2 the call is unusable.

This file needs only Python >= 3.9 and the package "cryptography"; it imports nothing of the
project.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

EMPTY = hashlib.sha256(b"").digest()


class Refused(Exception):
    """What is wrong, in words."""


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf(text):
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def require(condition, zh, en):
    if not condition:
        raise Refused(f"{zh} {en}")


def hashes(texts):
    found = [bytes.fromhex(each) for each in texts]
    require(all(len(each) == 32 for each in found), "哈希长度不对。", "A hash has a wrong length.")
    return found


class Growing:
    """The root of a growing RFC 9162 tree."""

    def __init__(self):
        self.size = 0
        self.peaks = []

    def push(self, leaf_hash):
        self.size += 1
        merged, carry = leaf_hash, self.size
        while carry & 1 == 0:
            merged = node(self.peaks.pop(), merged)
            carry >>= 1
        self.peaks.append(merged)

    def root(self):
        if not self.peaks:
            return EMPTY
        found = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            found = node(peak, found)
        return found


def verify_head(head, key):
    """Check a head's signature and its own root; return its content."""
    document = head["document"]
    key_id = hashlib.sha256(key.public_bytes_raw()).hexdigest()[:16]
    require(head["key_id"] == key_id, "签名用的是另一把密钥。", "Signed with another key.")
    signature = base64.b64decode(head["signature"], validate=True)
    try:
        key.verify(signature, b"hp3-tree-head\n" + document.encode())
    except InvalidSignature:
        raise Refused("树头的签名不对。 The head's signature does not hold.") from None
    content = json.loads(document)
    require(content["format"] == "hp3-tree-head/1", "格式未知。", "Unknown format of a head.")
    tree = Growing()
    for log in sorted(content["logs"], key=lambda each: each["service"]):
        tree.push(leaf(f"{log['service']} {log['size']} {log['root']}"))
    require(
        tree.root().hex() == content["root"],
        "树头自身的根不对。",
        "The head's own root does not match its logs.",
    )
    return content


def logs_of(content):
    return {log["service"]: (log["size"], bytes.fromhex(log["root"])) for log in content["logs"]}


def includes(leaf_hash, index, size, path, tree):
    if index >= size:
        return False
    place, last, found = index, size - 1, leaf_hash
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and found == tree


def extends(first, second, path, first_root, second_root):
    if first == 0:
        return not path
    if first >= second:
        return first == second and not path and first_root == second_root
    rest = list(path)
    if first & (first - 1) == 0:
        rest.insert(0, first_root)
    if not rest:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = rest[0]
    for sibling in rest[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node(sibling, old), node(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def verify_inclusion(proof, key):
    head = verify_head(proof["head"], key)
    event = json.loads(proof["event"])
    service, partition, seq = proof["service"], proof["partition"], proof["seq"]
    require(
        (event["service"], event["partition"], event["seq"]) == (service, partition, seq)
        and head["partition"] == partition,
        "事件不是证明所说的那一个。",
        "The event is not the one that the proof names.",
    )
    size, root = logs_of(head).get(service, (0, EMPTY))
    require(
        includes(leaf(proof["event"]), seq - 1, size, hashes(proof["path"]), root),
        f"{service} / {partition} 第 {seq} 个事件不在签名的记录中。",
        f"Event {seq} of {service} / {partition} is not in the signed log.",
    )
    return f"{service} / {partition} #{seq} ({event['type']}) is in head {head['number']}"


def verify_consistency(proof, key):
    first, second = verify_head(proof["first"], key), verify_head(proof["second"], key)
    partition = proof["partition"]
    require(
        first["partition"] == second["partition"] == partition
        and first["number"] <= second["number"],
        "两个树头不属于同一学校，或顺序颠倒。",
        "The heads are of different schools, or in the wrong order.",
    )
    newer = logs_of(second)
    for service, (size, root) in logs_of(first).items():
        new_size, new_root = newer.get(service, (0, EMPTY))
        path = hashes(proof["paths"].get(service, []))
        require(
            extends(size, new_size, path, root, new_root),
            f"{service} / {partition} 在两个树头之间被改动。",
            f"{service} / {partition} was changed between the two heads.",
        )
    return f"{partition}: head {second['number']} only adds to head {first['number']}"


def verify_chain(heads, key):
    """Check signed heads of one school, the oldest first; return the newest content."""
    before, before_text = None, None
    for head in heads:
        content = verify_head(head, key)
        where = f"{content['partition']} #{content['number']}"
        expected = 1 if before is None else before["number"] + 1
        wanted = None if before is None else hashlib.sha256(before_text.encode()).hexdigest()
        require(
            content["number"] == expected and content["previous"] == wanted,
            f"树头 {where} 之前缺少或换掉了一个。",
            f"A head before {where} is missing or was replaced.",
        )
        if before is not None:
            require(
                content["partition"] == before["partition"],
                "文件里有不同学校的树头。",
                "The file mixes heads of different schools.",
            )
            for service, (size, _) in logs_of(before).items():
                require(
                    logs_of(content).get(service, (0, EMPTY))[0] >= size,
                    f"{where} 的 {service} 变短了。",
                    f"{service} became shorter in {where}.",
                )
        before, before_text = content, head["document"]
    require(before is not None, "没有树头。", "There is no head.")
    return before


def verify_heads(lines, key):
    last = verify_chain([json.loads(line) for line in lines if line.strip()], key)
    return f"{last['partition']}: {last['number']} heads in one chain"


def verify_export(lines, key):
    """Check an exported log: every event in order, every root against the signed heads."""
    trees, counts, heads, trailer = {}, 0, {}, None
    for number, line in enumerate(lines, start=1):
        require(trailer is None, f"第 {number} 行在结尾之后。", f"Line {number} follows the end.")
        text = line.rstrip("\n")
        try:
            content = json.loads(text)
        except ValueError:
            raise Refused(f"第 {number} 行不是 JSON。 Line {number} is not JSON.") from None
        if "event_id" in content:
            place = (content["service"], content["partition"])
            tree = trees.setdefault(place, Growing())
            require(
                content["seq"] == tree.size + 1,
                f"第 {number} 行：{place[0]} / {place[1]} 缺少第 {tree.size + 1} 个事件。",
                f"Line {number}: event {tree.size + 1} of {place[0]} / {place[1]} is missing.",
            )
            tree.push(leaf(text))
            counts += 1
        elif "document" in content:
            head = verify_head(content, key)
            require(head["partition"] not in heads, "树头重复。", "There is a second tree head.")
            heads[head["partition"]] = head
        elif "events" in content:
            trailer = content
    require(trailer is not None, "文件不完整：没有结尾行。", "The file has no end: it is cut off.")
    require(
        trailer == {"events": counts, "schools": len(heads)},
        "事件数或学校数与结尾行不符。",
        "The number of events or schools is not what the end says.",
    )
    for (service, partition), tree in trees.items():
        size, root = (
            logs_of(heads[partition]).get(service, (0, EMPTY))
            if partition in heads
            else (
                0,
                EMPTY,
            )
        )
        require(
            (size, root) == (tree.size, tree.root()),
            f"{service} / {partition} 与签名的树头不符：有事件被改动、删除或加入。",
            f"{service} / {partition} does not match its signed head: an event was changed, "
            "removed or added.",
        )
    covered = {(s, p) for p, head in heads.items() for s in logs_of(head)}
    require(covered == set(trees), "树头提到的记录不在文件中。", "A log of a head is not here.")
    return f"{counts} events of {len(heads)} schools, all under signed heads"


def verify_file(path, key):
    """Return what holds; raise Refused with what does not."""
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", newline="\n") as file:
        first = file.readline()
        file.seek(0)
        try:
            head = json.loads(first)
        except ValueError:
            head = json.loads(file.read())
            file.seek(0)
        kind = head.get("format", "")
        if kind == "hp3-log/1":
            return verify_export(file, key)
        if "document" in head:
            return verify_heads(file, key)
        proof = json.loads(file.read())
        if kind == "hp3-inclusion-proof/1":
            return verify_inclusion(proof, key)
        if kind == "hp3-consistency-proof/1":
            return verify_consistency(proof, key)
    raise Refused("这不是可以核验的文件。 This is not a file that can be verified.")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Verify proofs of Half Past Three (三点半).")
    parser.add_argument("--key", required=True, help="the public key that you keep, 64 hex digits")
    parser.add_argument("files", nargs="+", metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(options.key))
    except ValueError:
        parser.error("--key is 64 hex digits")
    failed = False
    for path in options.files:
        try:
            print(f"{path}: 有效 holds: {verify_file(path, key)}")
        except Refused as reason:
            failed = True
            print(f"{path}: 无效 REFUSED: {reason}")
        except (ValueError, LookupError, TypeError, AttributeError, OSError) as reason:
            failed = True
            print(f"{path}: 无效 REFUSED: 无法读取 unreadable ({type(reason).__name__}: {reason})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
