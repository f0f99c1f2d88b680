// Time-based one-time passwords (RFC 6238) as in authenticator apps: SHA-1, six digits, 30 s. The caller must remember the
// last accepted step (`MfaDevice.lastStep`, docs/attacks.md 20).
import { generateSecret, generateSync, generateURI } from 'otplib'
import { Problem } from '../problem.ts'
import { equals } from './digest.ts'
import { Secret } from './secret.ts'

/** Seconds for which a code is displayed. */
export const totpPeriod = 30

/** Creates a seed: 20 random bytes as 32 base32 characters, the length of a SHA-1 key (RFC 4226 §4, R6). */
export const newSeed = (): Secret => new Secret(generateSecret({ length: 20 }))

/**
 * The content of the QR code: `otpauth://totp/<issuer>:<account>?secret=…&issuer=…`. A Secret, because it contains the
 * seed.
 */
export function otpauthUri(p: {
  readonly seed: Secret
  readonly issuer: string
  readonly account: string
}): string {
  return generateURI({
    issuer: withoutColon(p.issuer),
    label: withoutColon(p.account),
    secret: p.seed.reveal(),
  })
}

/** A colon separates issuer and account in the label, so that neither may hold one (Key URI Format, "Label"). */
const withoutColon = (text: string): string => text.replace(/\s*:[\s:]*/g, ' ').trim()

/** The code of one 30 s step (Unix time ÷ 30). */
export function codeOf(seed: Secret, step: number): string {
  try {
    return generateSync({ secret: seed.reveal(), epoch: step * totpPeriod })
  } catch (cause) {
    throw new Problem('invalid_input', 'the seed must be base32 of at least 16 bytes', { cause })
  }
}

/**
 * The step of the second of two codes of consecutive steps, among those within `window` steps of `now` (seconds), or undefined. Every
 * step is computed regardless of matches.
 */
export function matchConsecutive(
  seed: Secret,
  [first, second]: readonly [string, string],
  now: number,
  window: number,
): number | undefined {
  if (!/^\d{6}$/.test(first) || !/^\d{6}$/.test(second)) return undefined
  const current = Math.floor(now / totpPeriod)
  const from = Math.max(0, current - window)
  let matched: number | undefined
  let code = codeOf(seed, from)
  for (let step = from + 1; step <= current + window; step++) {
    const next = codeOf(seed, step)
    const isFirst = equals(code, first)
    if (equals(next, second) && isFirst) matched = step
    code = next
  }
  return matched
}

/**
 * The step to which the code belongs, among those within `window` steps of `now` (seconds), or undefined. Two steps may
 * share a code; the earlier is returned, so that the later one remains usable. Every step is computed regardless of
 * matches, so that timing does not reveal which matched.
 */
export function matchStep(seed: Secret, code: string, now: number, window = 1): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const current = Math.floor(now / totpPeriod)
  let matched: number | undefined
  for (let step = current + window; step >= Math.max(0, current - window); step--) {
    if (equals(codeOf(seed, step), code)) matched = step
  }
  return matched
}
