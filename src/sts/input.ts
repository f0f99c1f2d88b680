// Validates requests for sessions: lengths and patterns of the AWS STS API reference, with all faults in one message as at AWS.
// These checks run for every way in, also where an SDK or an endpoint of this server has validated the same values before.
import { Problem } from '../problem.ts'
import type { SessionTag } from './ports.ts'
import { accountOfRole } from './role-arn.ts'

/** Parameters of every request to assume a role. */
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
  /** For OAuth 2.0 access tokens of providers that AWS supports by name. Always refused here. */
  readonly providerId?: string | undefined
}

/** The assertion states the session name. */
export interface SamlRequest extends Omit<SessionRequest, 'roleSessionName'> {
  readonly principalArn: string
  readonly samlAssertion: string
}

/** AssumeRoleWithLDAPIdentity; without a session name it is the user's name in the directory. */
export interface LdapRequest extends Omit<SessionRequest, 'roleSessionName'> {
  readonly roleSessionName?: string | undefined
  readonly ldapUsername: string
  readonly ldapPassword: string
  /** ARN of the directory's provider; needed where the account has several. */
  readonly providerArn?: string | undefined
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

// By the names in AWS's messages.
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['roleArn', { min: 20, max: 2048, pattern: /^[\t\n\r\u0020-\u007e\u0085\u00a0-\uffff]+$/ }],
  ['roleSessionName', { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ }],
  ['name', { min: 2, max: 32, pattern: /^[\w+=,.@-]*$/ }],
  ['policy', { min: 1, max: maxPolicyLength, pattern: policyText }],
  ['externalId', { min: 2, max: 1224, pattern: /^[\w+=,.@:/-]*$/ }],
  ['serialNumber', { min: 9, max: 256, pattern: /^[\w+=/:,.@-]*$/ }],
  ['tokenCode', { min: 6, max: 6, pattern: /^\d*$/ }],
  // Without a colon, because a source identity must not begin with `aws:`.
  ['sourceIdentity', { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ }],
  ['principalArn', { min: 20, max: 2048 }],
  ['providerArn', { min: 20, max: 2048 }],
  ['ldapUsername', { min: 1, max: 256 }],
  ['ldapPassword', { min: 1, max: 1024 }],
  ['samlAssertion', { min: 4, max: 100_000 }],
  ['webIdentityToken', { min: 4, max: 20_000 }],
])

const policyArn: Rule = { min: 20, max: 2048 }
const tagKey: Rule = { min: 1, max: 128, pattern: tagText }
const tagValue: Rule = { min: 0, max: 256, pattern: tagText }

type RoleRequest = AssumeRoleRequest &
  WebIdentityRequest &
  SamlRequest &
  LdapRequest & { readonly name: string }
/** Absent and undefined mean the same. */
type Fields = { readonly [Name in keyof RoleRequest]?: RoleRequest[Name] | undefined }

/**
 * @throws Problem('validation') with every fault · Problem('invalid_parameter') for reserved or duplicate tag keys ·
 *   Problem('invalid_identity_token') for a ProviderId
 */
export function checkRequest(request: Fields): void {
  const faults = [...fieldFaults(request), ...listFaults(request), ...durationFaults(request.durationSeconds)]
  if (faults.length > 0) {
    const errors = faults.length === 1 ? 'error' : 'errors'
    throw new Problem('validation', `${faults.length} validation ${errors} detected: ${faults.join('; ')}`)
  }
  if (request.roleArn !== undefined && accountOfRole(request.roleArn) === undefined)
    throw new Problem('validation', `${request.roleArn.slice(0, 256)} is invalid`)
  checkTags(request)
  if (request.providerId !== undefined) {
    throw new Problem(
      'invalid_identity_token',
      'ProviderId is for OAuth 2.0 access tokens of a few providers, which this server does not accept; omit it with an ID token',
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

/** The message never contains the value, because that may be a secret. */
const constraintFault = (name: string, constraint: string): string =>
  `Value at '${name}' failed to satisfy constraint: ${constraint}`

const tooMany = (name: string, max: number): string =>
  `Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${max}`

const shownPattern = (pattern: RegExp): string => pattern.source.replace(/^\^/, '').replace(/\$$/, '')

/**
 * Tag keys are unique without regard to case and must not begin with `aws:`; transitive keys must be among the tags.
 * @throws Problem('invalid_parameter')
 */
export function checkTags({
  tags = [],
  transitiveTagKeys = [],
}: Pick<Fields, 'tags' | 'transitiveTagKeys'>): void {
  const seen = new Set<string>()
  for (const { key } of tags) {
    const folded = key.toLowerCase()
    if (folded.startsWith('aws:'))
      throw new Problem('invalid_parameter', 'tag keys must not start with `aws:`')
    if (seen.has(folded)) {
      throw new Problem(
        'invalid_parameter',
        'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      )
    }
    seen.add(folded)
  }
  if (transitiveTagKeys.some((key) => !seen.has(key.toLowerCase()))) {
    throw new Problem(
      'invalid_parameter',
      'The specified transitive tag key must be included in the requested tags.',
    )
  }
}
