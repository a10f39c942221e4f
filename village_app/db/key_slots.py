"""A key slot: how one person's password, or the recovery code, opens the data key.

The password becomes a key by Argon2id; that key opens the slot's own private key (AES-256-GCM);
the private key opens the data key, which is sealed to the slot's public key (X25519, HKDF,
AES-256-GCM). The step through a key pair is what lets a new data key be given to everybody
without anybody's password (when a colleague has left). What must not be edited (vault, slot,
name, role, costs) is associated data of the seals.

The libraries of argon2 and cryptography are imported where they are used: the sign-in page reads
the names in the key file long before anybody has typed a password.
"""

from __future__ import annotations

import secrets
import struct
import time
import unicodedata
from collections.abc import Callable
from hashlib import sha256
from typing import Literal, NamedTuple, NoReturn

from village_app.errors import EnvironmentProblem

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
SLOT_VERSION = 1

SlotKind = Literal["user", "recovery"]


class SlotClosed(Exception):
    """The secret does not open the slot, or the slot was edited: the seal does not tell which."""


class SlotEdited(Exception):
    """The secret is right but the seal of the data key is broken: somebody edited the file."""


class Cost(NamedTuple):
    """What one guess costs: passes over the memory, memory in KiB."""

    passes: int = 3
    memory_kib: int = 64 * 1024


USUAL_COST = Cost()
LEAST_COST = Cost(passes=2, memory_kib=19 * 1024)
_MEMORY_STEPS = (64 * 1024, 46 * 1024, 32 * 1024, 19 * 1024)
_MOST_PASSES = 40


class Owner(NamedTuple):
    """Whose slot it is. The recovery slot has no name and no role."""

    slot_id: str
    kind: SlotKind
    name: str = ""
    role: str = ""
    must_change: bool = False


class Slot(NamedTuple):
    """One way to the data key. `sealed` holds it once per generation of the data key."""

    owner: Owner
    cost: Cost
    salt: bytes
    public: bytes
    private_box: bytes
    sealed: dict[int, bytes]


def normalised(text: str) -> str:
    """Bring a password or name into one form: full-width and composed forms are the same (E07).

    Nothing is trimmed: outer blanks belong to a password (E08).
    """
    return unicodedata.normalize("NFKC", text)


def stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    """Turn a secret into a key by Argon2id; raises `EnvironmentProblem` without memory (E15)."""
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            secret.encode("utf-8", "surrogatepass"),
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=1,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except (HashingError, MemoryError) as error:
        raise EnvironmentProblem(
            "no_memory",
            "这台电脑现在内存不够，打不开钥匙。请关掉一些程序，再登录一次。",
            needed=cost.memory_kib * 1024,
        ) from error


def calibrate(
    target_seconds: float = 0.5,
    *,
    clock: Callable[[], float] = time.perf_counter,
    try_out: Callable[[str, bytes, Cost], bytes] = stretch,
) -> Cost:
    """Choose the cost at set-up: at least three passes over 64 MiB, and as many as fit the time.

    Less memory is taken only where the machine cannot give it; then at least 19 MiB and two
    passes (the floor of the OWASP password storage cheat sheet).
    """
    for memory in _MEMORY_STEPS:
        least = USUAL_COST.passes if memory >= USUAL_COST.memory_kib else LEAST_COST.passes
        started = clock()
        try:
            try_out("calibration", bytes(SALT_BYTES), Cost(least, memory))
        except EnvironmentProblem:
            continue
        seconds = max(clock() - started, 1e-6)
        passes = min(_MOST_PASSES, max(least, int(least * target_seconds / seconds)))
        return Cost(passes, memory)
    raise EnvironmentProblem(
        "no_memory", "这台电脑的内存太少，不能安全地保存密码。请关掉一些程序，再试一次。"
    )


class DataKey(NamedTuple):
    """One generation of the data key."""

    generation: int
    key: bytes

    def __repr__(self) -> str:
        return f"DataKey(generation={self.generation})"


def new_slot_id() -> str:
    """Invent the id of a slot."""
    return secrets.token_hex(8)


def new_slot(
    vault_id: str, owner: Owner, secret: str, *, keys: tuple[DataKey, ...], cost: Cost
) -> Slot:
    """Make a slot that opens the given generations of the data key with a secret."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    slot = Slot(owner, cost, secrets.token_bytes(SALT_BYTES), public, b"", {})
    box = lock(
        stretch(secret, slot.salt, cost), private.private_bytes_raw(), _slot_data(vault_id, slot)
    )
    return seal_keys(vault_id, slot._replace(private_box=box), keys)


def seal_keys(vault_id: str, slot: Slot, keys: tuple[DataKey, ...]) -> Slot:
    """Seal generations of the data key to a slot; needs no password. Others are dropped."""
    sealed = {
        key.generation: _seal(slot.public, key.key, _seal_data(vault_id, slot, key.generation))
        for key in keys
    }
    return slot._replace(sealed=sealed)


def open_slot(vault_id: str, slot: Slot, secret: str) -> dict[int, bytes]:
    """Open a slot; returns the data keys by generation.

    Raises `SlotClosed` (wrong secret, or costs, salt or vault edited) or `SlotEdited` (name, role
    or another slot's data key put in).
    """
    from cryptography.exceptions import InvalidTag

    key = stretch(secret, slot.salt, slot.cost)
    try:
        private = unlock(key, slot.private_box, _slot_data(vault_id, slot))
    except InvalidTag as error:
        raise SlotClosed from error
    try:
        return {
            generation: _unseal(private, box, _seal_data(vault_id, slot, generation))
            for generation, box in slot.sealed.items()
        }
    except (InvalidTag, ValueError) as error:
        raise SlotEdited from error


def refuse_slowly(secret: str, cost: Cost) -> NoReturn:
    """Refuse a secret that has no slot, taking as long as for one that has (E01)."""
    stretch(secret, bytes(SALT_BYTES), cost)
    raise SlotClosed


def lock(key: bytes, plain: bytes, data: bytes) -> bytes:
    """Encrypt with AES-256-GCM: a random nonce, then the text with its tag."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, data)


def unlock(key: bytes, box: bytes, data: bytes) -> bytes:
    """Decrypt what `lock` made; raises `InvalidTag`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(box) < NONCE_BYTES:
        raise InvalidTag
    return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], data)


def derive(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """Derive a key for one purpose (HKDF-SHA256, RFC 5869)."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), KEY_BYTES, salt, f"gongzhitong/1/{purpose}".encode()).derive(key)


def _seal(public: bytes, plain: bytes, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return ephemeral + lock(derive(shared, "seal", ephemeral + public), plain, data)


def _unseal(private: bytes, box: bytes, data: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    key = X25519PrivateKey.from_private_bytes(private)
    ephemeral, inner = box[:KEY_BYTES], box[KEY_BYTES:]
    shared = key.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    public = key.public_key().public_bytes_raw()
    return unlock(derive(shared, "seal", ephemeral + public), inner, data)


def _slot_data(vault_id: str, slot: Slot) -> bytes:
    """Bind a slot's private key to its vault, id, kind and costs."""
    costs = struct.pack(">II", slot.cost.passes, slot.cost.memory_kib)
    return _joined(vault_id, slot.owner.slot_id, slot.owner.kind) + costs + slot.salt + slot.public


def _seal_data(vault_id: str, slot: Slot, generation: int) -> bytes:
    """Bind a sealed data key to the slot's name and role as well: editing them breaks it."""
    owner = slot.owner
    duty = _joined(owner.name, owner.role, "must change" if owner.must_change else "")
    return _slot_data(vault_id, slot) + duty + struct.pack(">I", generation)


def _joined(*parts: str) -> bytes:
    digest = sha256(bytes([SLOT_VERSION]))
    for part in parts:
        raw = part.encode()
        digest.update(struct.pack(">I", len(raw)) + raw)
    return digest.digest()
