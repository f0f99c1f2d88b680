// The user of an access token, from the provider's API: its user endpoint and its list of e-mail addresses.
import { parseUniqueJson } from '../../secure/unique-json.ts'
import type { OAuth2Provider } from '../../store/records.ts'
import { communicationError } from '../outbound/checked-address.ts'
import type { GuardedFetch } from '../outbound/guarded-fetch.ts'
import { invalidResponse } from './provider-errors.ts'

type Claims = Readonly<Record<string, unknown>>

export interface ApiPerson {
  readonly subject: string
  readonly claims: Claims
}

const maxSubject = 255

/** @throws Problem('idp_communication_error' | 'invalid_identity_token') */
export async function personOf(
  provider: OAuth2Provider,
  accessToken: string,
  fetch: GuardedFetch,
): Promise<ApiPerson> {
  const { userinfo, emails } = provider.endpoints
  const person = await asked(userinfo, accessToken, fetch)
  if (!isObject(person)) throw communicationError('userinfo must be a JSON object without duplicate keys')
  const subject = subjectAt(person, provider.subject)
  if (emails === undefined) return { subject, claims: person }
  // The profile's address is user input; only the list of addresses says which are verified (attacks.md 17).
  const { email: _profile, email_verified: _flag, ...rest } = person
  const address = verifiedAddress(await asked(emails, accessToken, fetch))
  return {
    subject,
    claims: address === undefined ? rest : { ...rest, email: address, email_verified: true },
  }
}

async function asked(url: string, accessToken: string, fetch: GuardedFetch): Promise<unknown> {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })
  if (answer.status !== 200) throw communicationError(`${new URL(url).pathname}: HTTP ${answer.status}`)
  return parseUniqueJson(answer.body.toString())
}

/** A number beyond the safe integer range is rejected: it was rounded and may be another user's id. */
function subjectAt(person: Claims, path: string): string {
  const value = Object.hasOwn(person, path) ? person[path] : within(person, path.split('.'))
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  if (typeof value === 'string' && value !== '' && value.length <= maxSubject) return value
  throw invalidResponse(`userinfo's \`${path}\` is no subject`)
}

function within(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined),
    value,
  )
}

/** GitHub REST, "List email addresses for the authenticated user". */
function verifiedAddress(list: unknown): string | undefined {
  if (!Array.isArray(list)) throw communicationError('the list of addresses must be a JSON array')
  const primary = list.find((one) => isObject(one) && one['primary'] === true && one['verified'] === true)
  const email = isObject(primary) ? primary['email'] : undefined
  return typeof email === 'string' ? email : undefined
}

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
