// Validates requests for sessions: lengths and patterns of the AWS STS API reference, with all faults in one message as AWS words it.
// SDKs and the edges of this server may check as well; these checks always run.
import { Problem } from '../problem.ts'
import type { SessionTag } from './ports.ts'

/** What all ways into a role have in common. */
export interface SessionRequest {
  readonly roleArn: string
  readonly roleSessionName: string
  /** Inline session policy, JSON text. */
  readonly policy?: string | undefined
  readonly policyArns?: readonly string[] | undefined
  /** Seconds. */
  readonly durationSeconds?: number | undefined
}

export interface AssumeRoleRequest extends SessionRequest {
  readonly externalId?: string | undefined
  readonly serialNumber?: string | undefined
  readonly tokenCode?: string | undefined
  readonly sourceIdentity?: string | undefined
  readonly tags?: readonly SessionTag[] | undefined
  readonly transitiveTagKeys?: readonly string[] | undefined
}

export interface WebIdentityRequest extends SessionRequest {
  readonly webIdentityToken: string
  /** Only for OAuth 2.0 providers AWS knows by name; refused for all others. */
  readonly providerId?: string | undefined
}

/** The session's name is the assertion's. */
export interface SamlRequest extends Omit<SessionRequest, 'roleSessionName'> {
  readonly principalArn: string
  readonly samlAssertion: string
}

interface Rule {
  readonly min: number
  readonly max: number
  readonly pattern?: RegExp
}

/** 900…43200 seconds; the role's own limit is checked later. */
const durationBounds = { min: 900, max: 43_200 } as const
/** AWS STS API: Policy. Characters, inline and managed together. */
export const maxPolicyLength = 2048
const maxPolicyArns = 10
const maxTags = 50

const policyText = /^[\t\n\r\u0020-\u00ff]+$/
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

// Keyed by the name AWS's messages use.
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['roleArn', { min: 20, max: 2048, pattern: /^[\t\n\r\u0020-\u007e\u0085\u00a0-\uffff]+$/ }],
  ['roleSessionName', { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ }],
  ['policy', { min: 1, max: maxPolicyLength, pattern: policyText }],
  ['externalId', { min: 2, max: 1224, pattern: /^[\w+=,.@:/-]*$/ }],
  ['serialNumber', { min: 9, max: 256, pattern: /^[\w+=/:,.@-]*$/ }],
  ['tokenCode', { min: 6, max: 6, pattern: /^\d*$/ }],
  // No colon: what begins with `aws:` is no source identity.
  ['sourceIdentity', { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ }],
  ['principalArn', { min: 20, max: 2048 }],
  ['samlAssertion', { min: 4, max: 100_000 }],
  ['webIdentityToken', { min: 4, max: 20_000 }],
])

const policyArn: Rule = { min: 20, max: 2048 }
const tagKey: Rule = { min: 1, max: 128, pattern: tagText }
const tagValue: Rule = { min: 0, max: 256, pattern: tagText }

type Fields = Partial<AssumeRoleRequest & WebIdentityRequest & SamlRequest>

/**
 * @throws Problem('validation') naming every fault · Problem('invalid_input') for names AWS keeps to itself ·
 *   Problem('invalid_identity_token') for a ProviderId
 */
export function checkRequest(request: Fields): void {
  const faults = [...fieldFaults(request), ...listFaults(request), ...durationFaults(request.durationSeconds)]
  if (faults.length > 0) {
    const errors = faults.length === 1 ? 'error' : 'errors'
    throw new Problem('validation', `${faults.length} validation ${errors} detected: ${faults.join('; ')}`)
  }
  checkTags(request)
  if (request.providerId !== undefined) {
    throw new Problem(
      'invalid_identity_token',
      'ProviderId is for OAuth 2.0 access tokens of a few providers, which this server does not take; omit it with an ID token',
    )
  }
}

function* fieldFaults(request: Fields): Iterable<string> {
  for (const [name, rule] of rules) {
    const value = request[name as keyof Fields]
    if (typeof value === 'string') yield* faultsOf(name, value, rule)
  }
}

function* listFaults({ policyArns = [], tags = [], transitiveTagKeys = [] }: Fields): Iterable<string> {
  if (policyArns.length > maxPolicyArns) yield tooMany('policyArns', maxPolicyArns)
  if (tags.length > maxTags) yield tooMany('tags', maxTags)
  if (transitiveTagKeys.length > maxTags) yield tooMany('transitiveTagKeys', maxTags)
  for (const [i, arn] of policyArns.slice(0, maxPolicyArns).entries()) {
    yield* faultsOf(`policyArns.${i + 1}.member.arn`, arn, policyArn)
  }
  for (const [i, { key, value }] of tags.slice(0, maxTags).entries()) {
    yield* faultsOf(`tags.${i + 1}.member.key`, key, tagKey)
    yield* faultsOf(`tags.${i + 1}.member.value`, value, tagValue)
  }
  for (const [i, key] of transitiveTagKeys.slice(0, maxTags).entries()) {
    yield* faultsOf(`transitiveTagKeys.${i + 1}.member`, key, tagKey)
  }
}

function* durationFaults(seconds: number | undefined): Iterable<string> {
  if (seconds === undefined) return
  const { min, max } = durationBounds
  const fault = (constraint: string) => constraintFault('durationSeconds', constraint)
  if (!Number.isSafeInteger(seconds)) yield fault('Member must be a whole number')
  else if (seconds < min) yield fault(`Member must have value greater than or equal to ${min}`)
  else if (seconds > max) yield fault(`Member must have value less than or equal to ${max}`)
}

function* faultsOf(name: string, value: string, { min, max, pattern }: Rule): Iterable<string> {
  // Lengths are counted in characters, not UTF-16 units.
  const length = value.length <= max ? value.length : [...value.slice(0, 2 * max + 2)].length
  if (length < min) yield constraintFault(name, `Member must have length greater than or equal to ${min}`)
  if (length > max) yield constraintFault(name, `Member must have length less than or equal to ${max}`)
  else if (pattern && !pattern.test(value)) {
    yield constraintFault(name, `Member must satisfy regular expression pattern: ${shownPattern(pattern)}`)
  }
}

/** What was given is never said: it may be a secret, or somebody else's text. */
const constraintFault = (name: string, constraint: string): string =>
  `Value at '${name}' failed to satisfy constraint: ${constraint}`

const tooMany = (name: string, max: number): string =>
  `Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${max}`

const shownPattern = (pattern: RegExp): string => pattern.source.replace(/^\^/, '').replace(/\$$/, '')

/** Keys are unique whatever their case, and `aws:` is reserved; transitive keys must be among the tags. */
export function checkTags({
  tags = [],
  transitiveTagKeys = [],
}: Pick<Fields, 'tags' | 'transitiveTagKeys'>): void {
  const seen = new Set<string>()
  for (const { key } of tags) {
    const folded = key.toLowerCase()
    if (folded.startsWith('aws:')) throw new Problem('invalid_input', 'tag keys must not start with `aws:`')
    if (seen.has(folded)) {
      throw new Problem(
        'invalid_input',
        'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      )
    }
    seen.add(folded)
  }
  if (transitiveTagKeys.some((key) => !seen.has(key.toLowerCase()))) {
    throw new Problem(
      'invalid_input',
      'The specified transitive tag key must be included in the requested tags.',
    )
  }
}
