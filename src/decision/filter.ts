// POST /v1/filter: converts the policies of a user, role or session into a query over a service's own table, so that a list
// shows exactly the rows that individual checks would allow. The service names the subject (filter-subject.ts), the action,
// the request context, and how rows map to resources (policy/filter/shape.ts). It runs the query itself; rows are never
// sent here.
import type { Context as WebContext } from 'koa'
import { type ContextEntry, contextFor } from '../iam/authorization/caller-context.ts'
import { type Filter, filter, readShape } from '../policy/filter.ts'
import type { Context, ContextValue } from '../policy/request.ts'
import { Problem } from '../problem.ts'
import { type FilterSubject, findFilterSubject, type SubjectPorts } from './filter-subject.ts'
import { type Fields, isFields, jsonObject, onlyKnown, textField } from './input.ts'
import type { Authorize } from './ports.ts'
import type { Authenticate } from './signed.ts'

export interface FilterPorts extends SubjectPorts {
  readonly authenticate: Authenticate
  readonly authorize: Authorize
}

const largestBody = 65_536
const mostContext = 100
const dialects = ['sqlite', 'postgresql', 'mysql', 'mongodb'] as const
type Dialect = (typeof dialects)[number]

export const filterRows =
  (ports: FilterPorts) =>
  async (ctx: WebContext): Promise<void> => {
    const signed = await ports.authenticate(ctx, largestBody)
    const { accountId } = signed.caller
    // Authorize first, so that a caller without permission learns nothing about principals or policies.
    await ports.authorize(signed, 'decision:Filter', `arn:aws:decision::${accountId}:filter`)
    const input = parseInput(signed.body)
    const who = await findFilterSubject(input.principal, accountId, ports)
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
  return { dialect, ...made[dialect]() }
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

/**
 * Only the service knows its client's request, so it sends these keys in `context`; values of its call to this endpoint do
 * not apply.
 */
const clientKeys = ['aws:sourceip', 'aws:securetransport', 'aws:useragent', 'aws:requestedregion'] as const

function contextOf({ caller, facts }: FilterSubject, given: Fields, now: number): Context {
  const entries = Object.entries(given).map(([key, value]): ContextEntry => [key, contextValue(key, value)])
  const circumstances = {
    sourceIp: '',
    secure: false,
    userAgent: undefined,
    region: undefined,
    now,
    requestId: '',
  }
  const own: ContextEntry = ['aws:ResourceAccount', facts.accountId]
  const context = new Map(contextFor(caller, circumstances, facts.tags, [...entries, own]))
  for (const key of clientKeys) {
    const [, value] = entries.find(([name]) => name.toLowerCase() === key) ?? []
    if (value === undefined) context.delete(key)
    else context.set(key, value)
  }
  return context
}

/**
 * Numbers and booleans become their JSON text, lists become multi-valued keys. @throws Problem('invalid_input') for
 * anything else
 */
function contextValue(key: string, value: unknown): ContextValue {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value) && value.every((one): one is string => typeof one === 'string')) return value
  throw new Problem(
    'invalid_input',
    `\`context.${key.slice(0, 64).toWellFormed()}\` must be a string, number, boolean or a list of strings`,
  )
}
