// Verifies what authenticators answer (WebAuthn Level 3 sections 7.1 and 7.2), by @simplewebauthn/server, which is loaded at the
// first use. Attestation is not requested. Challenges are in passkey-challenge.ts; what is stored is in iam/mfa/passkeys.ts.
import { isIP } from 'node:net'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

/** The site that passkeys belong to. */
export interface RelyingParty {
  /** Host name of the issuer: passkeys of sub-domains and parent domains do not fit. */
  readonly id: string
  /** Compared as a whole. */
  readonly origin: string
}

/** Undefined for an issuer whose host is an IP address, for which browsers create no passkeys. */
export function relyingPartyOf(issuer: string): RelyingParty | undefined {
  const { hostname, origin } = new URL(issuer)
  return isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : undefined
}

/** COSE algorithms that are accepted: ES256, EdDSA, RS256 (RFC 9053, RFC 8812). */
export const passkeyAlgorithms = [-7, -8, -257] as const

export interface NewCredential {
  readonly credentialId: string
  /** COSE key, base64url. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  /** May be copied to other devices of its owner (backup eligible). */
  readonly synced: boolean
}

export interface Assertion {
  readonly counter: number
  /** The person was verified by a PIN, fingerprint or face, not only present. */
  readonly userVerified: boolean
  /** The user handle that the authenticator stores; undefined when it sent none. */
  readonly userHandle: string | undefined
}

export type Verified<T> = { readonly ok: T } | { readonly refused: string }

/** Characters of a response; the largest of real authenticators is below 4,000. */
const longestResponse = 16_384

const base64url = z.string().regex(/^[\w-]*$/)
const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])
const common = { id: base64url.min(1).max(1364), rawId: base64url, type: z.literal('public-key') }
const registrationSchema = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string()).max(16).default([]),
  }),
})
const assertionSchema = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
})

function parse<T>(schema: z.ZodType<T>, text: string): T | undefined {
  if (text.length > longestResponse) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** The credential id that an assertion names; undefined when it is not an assertion. */
export const credentialIdOf = (response: string): string | undefined => parse(assertionSchema, response)?.id

/** Our pages cannot be framed, so a response from a frame of another site is not one of ours. */
const isFramed = (clientDataJSON: string): boolean =>
  Boolean(z.object({ crossOrigin: z.unknown() }).safeParse(jsonOf(clientDataJSON)).data?.crossOrigin)

function jsonOf(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString())
  } catch {
    return undefined
  }
}

type IsChallenge = (challenge: string) => Promise<boolean>

/**
 * The credential that an authenticator has created. The person must have been verified, since a passkey signs in by itself.
 * @param isChallenge whether the challenge was issued for this and is used for the first time
 */
export async function verifyNewPasskey(
  party: RelyingParty,
  text: string,
  isChallenge: IsChallenge,
): Promise<Verified<NewCredential>> {
  const parsed = parse(registrationSchema, text)
  if (parsed === undefined) return { refused: 'not a registration response' }
  if (isFramed(parsed.response.clientDataJSON)) return { refused: 'made in a frame of another site' }
  const transports = parsed.response.transports.filter((name) => transport.safeParse(name).success)
  const response = { ...parsed, clientExtensionResults: {} } as RegistrationResponseJSON
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: isChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...passkeyAlgorithms],
    })
    if (!verified) return { refused: 'the attestation is not valid' }
    const { credential, credentialDeviceType } = registrationInfo
    return {
      ok: {
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports,
        synced: credentialDeviceType === 'multiDevice',
      },
    }
  } catch (error) {
    return { refused: reasonOf(error) }
  }
}

/**
 * What an authenticator has signed. The counter is not compared: the caller does so with the stored one, in one step.
 * @param isChallenge as for `verifyNewPasskey`
 * @param verifiesUser the person must have been verified
 */
export async function verifyAssertion(
  party: RelyingParty,
  text: string,
  credential: Pick<NewCredential, 'credentialId' | 'publicKey'>,
  isChallenge: IsChallenge,
  verifiesUser: boolean,
): Promise<Verified<Assertion>> {
  const parsed = parse(assertionSchema, text)
  if (parsed === undefined) return { refused: 'not an assertion' }
  const { response } = parsed
  if (isFramed(response.clientDataJSON)) return { refused: 'made in a frame of another site' }
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...parsed, clientExtensionResults: {} } as AuthenticationResponseJSON,
      expectedChallenge: isChallenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: verifiesUser,
      credential: {
        id: credential.credentialId,
        publicKey: new Uint8Array(Buffer.from(credential.publicKey, 'base64url')),
        // Lower than any counter, so that the library does not compare it.
        counter: -1,
      },
    })
    if (!verified) return { refused: 'wrong signature' }
    const { newCounter, userVerified } = authenticationInfo
    const { userHandle } = response
    return {
      ok: {
        counter: newCounter,
        userVerified,
        userHandle: userHandle ? Buffer.from(userHandle, 'base64url').toString() : undefined,
      },
    }
  } catch (error) {
    return { refused: reasonOf(error) }
  }
}

/** The library's messages quote the response; the audit trail takes only a part. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/[^ -~]/g, '').slice(0, 120) : 'unreadable'
