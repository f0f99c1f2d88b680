// POST /v1/filter: the policies of a user, role or session as a query over a service's own table, so that a list shows
// exactly the rows that a check of each would allow. The service says who asks, for which action, under which
// circumstances and how its rows are resources (policy/filter/shape.ts); it runs the condition itself, and no row comes here.
import type { Context as WebContext } from 'koa'
import type { Caller } from '../iam/caller.ts'
import { type ContextEntry, contextFor, principalOf } from '../iam/caller-context.ts'
import type { PrincipalPolicies } from '../iam/principal-policies.ts'
import { compile, type PolicySet, policySet } from '../policy/compile.ts'
import type { Layers } from '../policy/decide.ts'
import { type Filter, filter, readShape } from '../policy/filter.ts'
import type { Context, ContextValue, Principal } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { type SessionCaller, sessionCaller } from '../sts/session-caller.ts'
import type { SessionSigningKeys } from '../sts/session-signing-key.ts'
import { type Fields, isFields, jsonObject, onlyKnown, textField } from './input.ts'
import type { Authorize, IdByName, LongPolicyOf } from './ports.ts'
import type { Authenticate } from './signed.ts'

export interface FilterPorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
  readonly policiesOf: (ref: {
    readonly kind: 'user' | 'role'
    readonly id: string
  }) => Promise<PrincipalPolicies | undefined>
  readonly sessions: Pick<SessionSigningKeys, 'read'>
  readonly longPolicyOf: LongPolicyOf
  /** Without it principals are not found by ARN. */
  readonly idByName?: IdByName | undefined
  /** Epoch seconds. */
  readonly clock: () => number
}

const largestBody = 65_536
const mostContext = 100
const dialects = ['sqlite', 'postgresql', 'mongodb'] as const
type Dialect = (typeof dialects)[number]

export const filterRows =
  (ports: FilterPorts) =>
  async (ctx: WebContext): Promise<void> => {
    const signed = await ports.authenticate(ctx, largestBody)
    const { accountId } = signed.caller
    // The right first: whoever lacks it learns nothing about any principal or policy.
    await ports.authorize(signed, 'decision:Filter', `arn:aws:decision::${accountId}:filter`)
    const input = parseInput(signed.body)
    const who = await subjectOf(input.principal, accountId, ports)
    const made = filter({
      layers: who.layers,
      principal: who.principal,
      action: input.action,
      context: contextOf(who, input.context, ports.clock()),
      resourceAccount: accountId,
      shape: readShape(input.shape),
    })
    ctx.set('cache-control', 'no-store')
    ctx.type = 'application/json'
    ctx.body = JSON.stringify({ rows: made.rows, ...answerIn(input.dialect, made) })
  }

function answerIn(dialect: Dialect, made: Filter): object {
  if (dialect === 'mongodb') return { dialect, filter: made.mongodb() }
  return { dialect, ...(dialect === 'sqlite' ? made.sqlite() : made.postgresql()) }
}

interface Input {
  readonly principal: string
  readonly action: string
  readonly context: Fields
  readonly shape: unknown
  readonly dialect: Dialect
}

/** @throws Problem('invalid_input') */
function parseInput(body: Buffer): Input {
  const fields = jsonObject(body)
  onlyKnown(fields, ['principal', 'action', 'context', 'shape', 'dialect'])
  const context = fields['context'] ?? {}
  if (!isFields(context) || Object.keys(context).length > mostContext)
    throw new Problem(
      'invalid_input',
      `\`context\` must be an object of at most ${mostContext} condition keys`,
    )
  const named = textField(fields, 'dialect', /^\w{1,20}$/, `one of ${dialects.join(', ')}`)
  const dialect = dialects.find((one) => one === named)
  if (dialect === undefined)
    throw new Problem('invalid_input', `\`dialect\` must be one of ${dialects.join(', ')}`)
  return {
    principal: textField(
      fields,
      'principal',
      /^[\w:/+=,.@-]{1,4096}$/,
      'the unique id or ARN of a user or role, or a session token',
    ),
    action: textField(fields, 'action', /^[\w.-]{1,128}:[\w.-]{1,128}$/, '`service:Action`'),
    context,
    shape: fields['shape'],
    dialect,
  }
}

/** Who the rows are for: what the engine calls them, what limits them, and what they are as callers. */
interface Subject {
  readonly principal: Principal
  readonly layers: Layers
  readonly caller: Caller
  readonly facts: PrincipalPolicies
}

const unknownPrincipal = (cause?: unknown): Problem =>
  new Problem('not_found', 'there is no such user, role or live session', { cause })

/** Of this account alone: others do not exist here (attacks.md 16). @throws Problem('not_found') */
async function subjectOf(name: string, accountId: string, ports: FilterPorts): Promise<Subject> {
  if (name.startsWith('arn:')) {
    const found = await standing(refOfId(await idOf(name, accountId, ports)), accountId, ports)
    // The path is part of the ARN, and not of the name.
    if (found.facts.arn !== name) throw unknownPrincipal()
    return found
  }
  if (/^A(IDA|ROA)\w+$/.test(name)) return standing(refOfId(name), accountId, ports)
  return inSession(name, accountId, ports)
}

const refOfId = (id: string): { readonly kind: 'user' | 'role'; readonly id: string } => ({
  kind: id.startsWith('AIDA') ? 'user' : 'role',
  id,
})

async function idOf(arn: string, accountId: string, { idByName }: FilterPorts): Promise<string> {
  const [, account, kind, name] = /^arn:aws:iam::(\d{12}):(user|role)\/(?:[^:]*\/)?([^:/]+)$/.exec(arn) ?? []
  if (account === undefined || kind === undefined || name === undefined)
    throw new Problem(
      'invalid_input',
      '`principal` must be the ARN of a user or role, a unique id or a session token',
    )
  if (idByName === undefined)
    throw new Problem('unsupported_action', 'principals are found by unique id or session token here')
  const id =
    account === accountId ? await idByName(accountId, kind === 'user' ? 'user' : 'role', name) : undefined
  if (id === undefined) throw unknownPrincipal()
  return id
}

async function factsOf(
  ref: { readonly kind: 'user' | 'role'; readonly id: string },
  accountId: string,
  { policiesOf }: FilterPorts,
): Promise<PrincipalPolicies> {
  const facts = await policiesOf(ref)
  if (facts === undefined || facts.accountId !== accountId || facts.disabled) throw unknownPrincipal()
  return facts
}

/** A user, or a role as a session of it without a session policy would be. */
async function standing(
  ref: { readonly kind: 'user' | 'role'; readonly id: string },
  accountId: string,
  ports: FilterPorts,
): Promise<Subject> {
  const facts = await factsOf(ref, accountId, ports)
  const caller = facts.kind === 'user' ? asUser(facts) : asRole(facts, ports.clock())
  return { principal: principalOf(caller), layers: layersOf(facts, []), caller, facts }
}

const asUser = ({ accountId, arn, id, name }: PrincipalPolicies): Caller => ({
  kind: 'user',
  accountId,
  arn,
  userId: id,
  userName: name,
  accessKeyId: undefined,
  mfaAge: undefined,
  temporary: false,
  issuedAt: undefined,
})

const asRole = ({ accountId, arn, id, name }: PrincipalPolicies, now: number): SessionCaller => ({
  kind: 'session',
  accountId,
  arn: `arn:aws:sts::${accountId}:assumed-role/${name}/filter`,
  roleId: id,
  roleArn: arn,
  sessionName: 'filter',
  sessionId: '',
  accessKeyId: undefined,
  issuedAt: now,
  expiresAt: now,
  sessionPolicies: [],
  tags: [],
  transitiveTagKeys: [],
  sourceIdentity: undefined,
  federatedProvider: undefined,
})

const tokenFaults: readonly string[] = ['unauthenticated', 'expired_token']

async function inSession(token: string, accountId: string, ports: FilterPorts): Promise<Subject> {
  const claims = await ports.sessions.read(token).catch((cause: unknown) => {
    // The caller of this surface is the service: whatever is wrong with a token, it is no live session.
    throw cause instanceof Problem && tokenFaults.includes(cause.code) ? unknownPrincipal(cause) : cause
  })
  if (claims.acct !== accountId) throw unknownPrincipal()
  const caller = await sessionCaller(claims, { textOf: ports.longPolicyOf })
  const facts = await factsOf({ kind: 'role', id: caller.roleId }, accountId, ports)
  return { principal: principalOf(caller), layers: layersOf(facts, caller.sessionPolicies), caller, facts }
}

/** A link that passed no policy narrows nothing. */
function layersOf({ sets }: PrincipalPolicies, links: SessionCaller['sessionPolicies']): Layers {
  const session = links.filter((texts) => texts.length > 0).map(sessionSet)
  return { identity: sets.identity, boundary: sets.boundary, session }
}

const sessionSet = (texts: readonly string[]): PolicySet =>
  policySet(texts.map((text, at) => compile(text, 'session', `session policy ${at + 1}`)))

/** What surrounds the request only the service knows: it says that in `context`, our own view of its call is not it. */
const surroundings = ['aws:sourceip', 'aws:securetransport', 'aws:useragent', 'aws:requestedregion'] as const

function contextOf({ caller, facts }: Subject, given: Fields, now: number): Context {
  const said = Object.entries(given).map(([key, value]): ContextEntry => [key, contextValue(key, value)])
  const circumstances = {
    sourceIp: '',
    secure: false,
    userAgent: undefined,
    region: undefined,
    now,
    requestId: '',
  }
  const own: ContextEntry = ['aws:ResourceAccount', facts.accountId]
  const context = new Map(contextFor(caller, circumstances, facts.tags, [...said, own]))
  for (const key of surroundings) {
    const [, value] = said.find(([name]) => name.toLowerCase() === key) ?? []
    if (value === undefined) context.delete(key)
    else context.set(key, value)
  }
  return context
}

/** Numbers and booleans as their JSON text, lists as multi-valued keys. @throws Problem('invalid_input') for anything else */
function contextValue(key: string, value: unknown): ContextValue {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value) && value.every((one): one is string => typeof one === 'string')) return value
  throw new Problem(
    'invalid_input',
    `\`context.${key.slice(0, 64).toWellFormed()}\` must be a string, number, boolean or a list of strings`,
  )
}
