// SHA-256 (FIPS 180-4, sections 4.1.2 to 6.2): the same work for all texts of a length.

// Constants of the rounds, the words of a block, the running hash.
const ROUNDS: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
  0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
  0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
  0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
  0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
])
const WORDS: usize = 8192,
  HASH: usize = WORDS + 256,
  BLOCK: usize = HASH + 32

// Σ1 and Ch, Σ0 and Maj.
function ct_chosen(x: u32, y: u32, z: u32): u32 {
  return (rotr<u32>(x, 6) ^ rotr<u32>(x, 11) ^ rotr<u32>(x, 25)) + (z ^ (x & (y ^ z)))
}
function ct_most(x: u32, y: u32, z: u32): u32 {
  return (rotr<u32>(x, 2) ^ rotr<u32>(x, 13) ^ rotr<u32>(x, 22)) + ((x & y) | (z & (x | y)))
}

export function ct_hashStart(): void {
  store<u32>(HASH, 0x6a09e667)
  store<u32>(HASH, 0xbb67ae85, 4)
  store<u32>(HASH, 0x3c6ef372, 8)
  store<u32>(HASH, 0xa54ff53a, 12)
  store<u32>(HASH, 0x510e527f, 16)
  store<u32>(HASH, 0x9b05688c, 20)
  store<u32>(HASH, 0x1f83d9ab, 24)
  store<u32>(HASH, 0x5be0cd19, 28)
}

function ct_hashBlock(at: usize): void {
  for (let i: usize = 0; i < 64; i += 4) store<u32>(WORDS + i, bswap<u32>(load<u32>(at + i)))
  for (let i: usize = 0; i < 192; i += 4) {
    const x = load<u32>(WORDS + i, 4),
      y = load<u32>(WORDS + i, 56)
    const lower0 = rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >> 3),
      lower1 = rotr<u32>(y, 17) ^ rotr<u32>(y, 19) ^ (y >> 10)
    store<u32>(WORDS + i, load<u32>(WORDS + i) + lower0 + load<u32>(WORDS + i, 36) + lower1, 64)
  }
  let a = load<u32>(HASH),
    b = load<u32>(HASH, 4),
    c = load<u32>(HASH, 8),
    d = load<u32>(HASH, 12),
    e = load<u32>(HASH, 16),
    f = load<u32>(HASH, 20),
    g = load<u32>(HASH, 24),
    h = load<u32>(HASH, 28)
  // Eight rounds a turn, so that no word is moved.
  for (let i: usize = 0; i < 256; i += 32) {
    h += ct_chosen(e, f, g) + load<u32>(ROUNDS + i, 0) + load<u32>(WORDS + i, 0)
    d += h
    h += ct_most(a, b, c)
    g += ct_chosen(d, e, f) + load<u32>(ROUNDS + i, 4) + load<u32>(WORDS + i, 4)
    c += g
    g += ct_most(h, a, b)
    f += ct_chosen(c, d, e) + load<u32>(ROUNDS + i, 8) + load<u32>(WORDS + i, 8)
    b += f
    f += ct_most(g, h, a)
    e += ct_chosen(b, c, d) + load<u32>(ROUNDS + i, 12) + load<u32>(WORDS + i, 12)
    a += e
    e += ct_most(f, g, h)
    d += ct_chosen(a, b, c) + load<u32>(ROUNDS + i, 16) + load<u32>(WORDS + i, 16)
    h += d
    d += ct_most(e, f, g)
    c += ct_chosen(h, a, b) + load<u32>(ROUNDS + i, 20) + load<u32>(WORDS + i, 20)
    g += c
    c += ct_most(d, e, f)
    b += ct_chosen(g, h, a) + load<u32>(ROUNDS + i, 24) + load<u32>(WORDS + i, 24)
    f += b
    b += ct_most(c, d, e)
    a += ct_chosen(f, g, h) + load<u32>(ROUNDS + i, 28) + load<u32>(WORDS + i, 28)
    e += a
    a += ct_most(b, c, d)
  }
  store<u32>(HASH, load<u32>(HASH) + a)
  store<u32>(HASH, load<u32>(HASH, 4) + b, 4)
  store<u32>(HASH, load<u32>(HASH, 8) + c, 8)
  store<u32>(HASH, load<u32>(HASH, 12) + d, 12)
  store<u32>(HASH, load<u32>(HASH, 16) + e, 16)
  store<u32>(HASH, load<u32>(HASH, 20) + f, 20)
  store<u32>(HASH, load<u32>(HASH, 24) + g, 24)
  store<u32>(HASH, load<u32>(HASH, 28) + h, 28)
}

// The hash as its 32 bytes.
function ct_endHash(out: usize): void {
  for (let i: usize = 0; i < 32; i += 4) store<u32>(out + i, bswap<u32>(load<u32>(HASH + i)))
}

// Takes n blocks of 64 bytes into the running hash.
export function ct_hashBlocks(at: usize, n: usize): void {
  for (let i: usize = 0; i < n; i++) ct_hashBlock(at + i * 64)
}

// The last `length` bytes of a message of `total`, whole blocks of which are hashed; the hash, 32 bytes, at `out`. The padding is written behind
// the message: up to 72 bytes.
export function ct_hashEnd(out: usize, message: usize, length: usize, total: usize): void {
  const end = message + length
  const padded = (length + 72) & ~63
  memory.fill(end, 0, padded - length)
  store<u8>(end, 0x80)
  store<u64>(message + padded - 8, bswap<u64>((<u64>total) << 3))
  ct_hashBlocks(message, padded >> 6)
  ct_endHash(out)
  memory.fill(WORDS, 0, 352)
}

// n blocks of 32 bytes at `out`: SHA-256 of the 32 bytes at `seed` and the block's number, from `first`, as 8 bytes, the highest first.
export function ct_stream(out: usize, seed: usize, first: usize, n: usize): void {
  memory.fill(BLOCK, 0, 64)
  memory.copy(BLOCK, seed, 32)
  store<u8>(BLOCK, 0x80, 40)
  store<u64>(BLOCK, bswap<u64>(320), 56)
  for (let i: usize = 0; i < n; i++) {
    store<u64>(BLOCK, bswap<u64>(<u64>(first + i)), 32)
    ct_hashStart()
    ct_hashBlock(BLOCK)
    ct_endHash(out + i * 32)
  }
}
