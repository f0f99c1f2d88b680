// Session policies restrict one session. The inline and managed policies of one call form one set; a chained session keeps the sets of
// all earlier calls, and each of them must allow a request.
import { LRUCache } from 'lru-cache'
import { compile } from '../../policy/engine/compile.ts'
import { policySize } from '../../policy/language/document.ts'
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import type { PolicyLink } from '../../secure/session/session-claims.ts'
import { maxPolicyLength, type SessionRequest } from '../input.ts'
import type { LongPolicies, ManagedPolicies, SessionTag } from '../ports.ts'

/** The session policies of one call: the inline text, then the ARNs of managed policies. Empty when the call has none. */
export type SessionPolicies = readonly string[]

/**
 * Reads and checks the session policies of a call. Managed policies stay ARNs in the result, because they are read again whenever the
 * session is used; their present text counts for the size.
 * @throws Problem('malformed_policy') · Problem('invalid_input') for an ARN of another account or of no policy ·
 *   Problem('packed_policy_too_large') above 2,048 characters together
 */
export async function readSessionPolicies(
  { policy, policyArns = [] }: Pick<SessionRequest, 'policy' | 'policyArns'>,
  accountId: string,
  managed: ManagedPolicies,
): Promise<SessionPolicies> {
  const texts: string[] = []
  if (policy !== undefined) texts.push(policy)
  for (const arn of policyArns) texts.push(await managedText(arn, accountId, managed))
  if (policyArns.length > 0) checkTogether(texts)
  return policy === undefined ? policyArns : [policy, ...policyArns]
}

/**
 * Checks the inline policy, before authorization because it needs no stored record. Compiled policies are cached by content, so a
 * policy that a workload sends with every request is compiled once.
 * @throws Problem('malformed_policy')
 */
export function checkInlinePolicy(policy: string | undefined): void {
  if (policy !== undefined) compile(policy, 'session', 'session policy')
}

async function managedText(arn: string, accountId: string, managed: ManagedPolicies): Promise<string> {
  const [, , service, , owner] = arn.split(':')
  if (service !== 'iam' || (owner !== accountId && owner !== 'aws')) {
    throw new Problem(
      'invalid_input',
      `PolicyArns must be in the account of the role: \`${arn.slice(0, 256)}\``,
    )
  }
  const text = await managed.textOf(arn, accountId)
  if (text === undefined) throw new Problem('invalid_input', `no policy has the ARN \`${arn.slice(0, 256)}\``)
  return text
}

/** AWS STS API: "The plaintext that you use for both inline and managed session policies can't exceed 2,048 characters." */
function checkTogether(texts: SessionPolicies): void {
  const size = texts.reduce((sum, text) => sum + policySize(text), 0)
  if (size > maxPolicyLength) {
    throw new Problem(
      'packed_policy_too_large',
      `Packed policy consumes ${Math.ceil((100 * size) / maxPolicyLength)}% of allotted space, please use smaller policy.`,
    )
  }
}

/** Bytes that policies, ARNs and tags may have together; PackedPolicySize is the percentage used. */
const packedLimit = 4096

/**
 * PackedPolicySize: the percentage of 4,096 bytes that policies, ARNs and tags have; undefined when there are none.
 * @throws Problem('packed_policy_too_large') above 100
 */
export function packedPolicySize(
  request: Pick<SessionRequest, 'policy' | 'policyArns'>,
  tags: readonly SessionTag[],
): number | undefined {
  const texts = [
    request.policy ?? '',
    ...(request.policyArns ?? []),
    ...tags.flatMap(({ key, value }) => [key, value]),
  ]
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (bytes === 0) return undefined
  const percent = Math.ceil((100 * bytes) / packedLimit)
  if (percent <= 100) return percent
  throw new Problem(
    'packed_policy_too_large',
    `Packed size of session policy and tags consumes ${percent}% of allotted space.`,
  )
}

/** Bytes of policy text that a token embeds. Above it policies are replaced by their hashes, the longest first. */
const carriedBytes = 1400

/** The session policies as they are in the token, and the texts that must be stored because the token has only their hashes. */
export interface EmbeddedPolicies {
  readonly links: readonly PolicyLink[]
  readonly long: readonly { readonly hash: string; readonly text: string }[]
}

/** Replaces the longest session policies of a chain by hashes until the rest fits into a token. */
export function embedPolicies(chain: readonly SessionPolicies[]): EmbeddedPolicies {
  const links: PolicyLink[] = [...chain]
  const sizes = chain.map(bytesOfLink)
  const long: { hash: string; text: string }[] = []
  let total = sizes.reduce((sum, size) => sum + size, 0)
  while (total > carriedBytes) {
    const longest = sizes.indexOf(Math.max(...sizes))
    const text = JSON.stringify(chain[longest])
    const hash = sha256base64url(text)
    links[longest] = { h: hash }
    long.push({ hash, text })
    total -= sizes[longest] ?? 0
    sizes[longest] = 0
  }
  return { links, long }
}

/** By policy text: a workload sends the same policy with every request, and counting it takes 7 µs. */
const embeddedBytes = new LRUCache<string, number>({ max: 1000 })

/** Bytes that a text takes as a JSON string inside a JSON string, where quotes and backslashes are escaped twice. */
function bytesOf(text: string): number {
  const known = embeddedBytes.get(text)
  if (known !== undefined) return known
  const bytes = Buffer.byteLength(JSON.stringify(JSON.stringify(text))) - 2
  embeddedBytes.set(text, bytes)
  return bytes
}

/** Bytes that the policies of one call, which are not none, take in a token: as a list in JSON text. */
const bytesOfLink = (link: SessionPolicies): number => link.reduce((sum, text) => sum + bytesOf(text) + 1, 3)

/** Stores the policies that are not embedded. Call it before the token is issued. `until` in epoch seconds. */
export async function storeLongPolicies(
  { long }: EmbeddedPolicies,
  accountId: string,
  until: number,
  kept: LongPolicies,
): Promise<void> {
  for (const { hash, text } of long) await kept.keep(hash, text, accountId, until)
}
