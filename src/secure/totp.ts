// Time-based one-time passwords (RFC 6238) as authenticator apps make them: SHA-1, six digits, 30 s.
// Which step was spent is the caller's to remember (`MfaDevice.lastStep`, attacks.md 20).
import { generateSecret, generateSync, generateURI } from 'otplib'
import { Problem } from '../problem.ts'
import { equals } from './digest.ts'
import { Secret } from './secret.ts'

/** Seconds a code is shown for. */
export const totpPeriod = 30

/** 20 random bytes as 32 characters of base32: the length of a SHA-1 key (RFC 4226 §4, R6). */
export const newSeed = (): Secret => new Secret(generateSecret({ length: 20 }))

/** What the QR code holds: `otpauth://totp/<issuer>:<account>?secret=…&issuer=…`. Secret as the seed itself. */
export function otpauthUri(p: {
  readonly seed: Secret
  readonly issuer: string
  readonly account: string
}): string {
  return generateURI({ issuer: p.issuer, label: p.account, secret: p.seed.reveal() })
}

/** The code of one 30 s step (Unix time ÷ 30). */
export function codeOf(seed: Secret, step: number): string {
  try {
    return generateSync({ secret: seed.reveal(), epoch: step * totpPeriod })
  } catch (cause) {
    throw new Problem('invalid_input', 'the seed must be base32 of at least 16 bytes', { cause })
  }
}

/**
 * The step whose code this is, among those `window` steps around `now` (seconds), or undefined. Two steps may share
 * a code; the earliest is named, so that spending it leaves the later one good. Every step is computed whatever
 * matches, so that time does not tell which did.
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
