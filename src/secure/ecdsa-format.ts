// The two encodings of an ECDSA signature: JOSE's r‖s (RFC 7518 §3.4) and OpenSSL's DER (RFC 3279 §2.2.3). Converting here
// is faster than asking node:crypto for `ieee-p1363`: what tells its options object from a key throws and catches two errors, and
// a signature then takes 82 µs instead of 38.

/** Converts DER, the format of node:crypto, to r‖s of `width` bytes each. */
export function rawFromDer(der: Buffer, width: number): Buffer {
  const raw = Buffer.alloc(2 * width)
  // SEQUENCE length: one byte below 128, else 0x81 and one byte (P-521).
  let at = der[1] === 0x81 ? 3 : 2
  for (const end of [width, 2 * width]) {
    let length = der[at + 1] ?? 0
    let start = at + 2
    at = start + length
    while (length > width) {
      start++
      length--
    }
    der.copy(raw, end - length, start, at)
  }
  return raw
}

/** Converts r‖s to DER; undefined unless it is exactly two integers of `width` bytes. */
export function derFromRaw(raw: Buffer, width: number): Buffer | undefined {
  if (raw.length !== 2 * width) return undefined
  const r = derInteger(raw.subarray(0, width))
  const s = derInteger(raw.subarray(width))
  const length = r.length + s.length
  const head = length < 128 ? [0x30, length] : [0x30, 0x81, length]
  return Buffer.concat([Buffer.from(head), r, s])
}

/** Minimal two's complement: no leading zeros except one that keeps the integer positive. */
function derInteger(bytes: Buffer): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const digits = bytes.subarray(start)
  const padded = (digits[0] ?? 0) >= 0x80
  return Buffer.concat([Buffer.from(padded ? [2, digits.length + 1, 0] : [2, digits.length]), digits])
}
