// A slow evaluator, written line by line from the semantics, to hold the engine against. It shares nothing with
// src/policy but the types of a request: no index, no cache, no compiled form. Documents are taken to be well formed.
import type { ContextValue, Principal, Request } from '../../src/policy/request.ts'

/** Texts of documents per layer; guardrail and session have one list per link. */
export interface ReferenceLayers {
  readonly identity: readonly string[]
  readonly boundary?: readonly string[] | undefined
  readonly session?: readonly (readonly string[])[] | undefined
  readonly resource?: readonly string[] | undefined
  readonly trust?: readonly string[] | undefined
  readonly guardrail?: readonly (readonly string[])[] | undefined
}

export interface ReferenceDecision {
  readonly effect: 'allow' | 'deny'
  readonly reason: 'allowed' | 'explicit_deny' | 'implicit_deny'
  readonly layer: string | undefined
  /** `identity-1[0]`: layer, document from 1 within the layer, statement from 0. */
  readonly statements: readonly string[]
}

interface Raw {
  readonly Effect: string
  readonly Principal?: string | Record<string, string | string[]>
  readonly NotPrincipal?: string | Record<string, string | string[]>
  readonly Action?: string | string[]
  readonly NotAction?: string | string[]
  readonly Resource?: string | string[]
  readonly NotResource?: string | string[]
  readonly Condition?: Record<string, Record<string, Scalar | Scalar[]>>
}
type Scalar = string | number | boolean
type Reach = 0 | 1 | 2 | 3

const listOf = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** A pattern as symbols: a character stands for itself, 'star' and 'one' are wildcards. */
type Symbols = (string | { wild: 'star' | 'one' })[]

/** By table: covers[i][j] says whether the first i symbols cover the first j characters. */
function covers(symbols: Symbols, text: string): boolean {
  let row = [true, ...new Array<boolean>(text.length).fill(false)]
  for (const symbol of symbols) {
    const next = new Array<boolean>(text.length + 1).fill(false)
    for (let j = 0; j <= text.length; j++) {
      if (typeof symbol === 'string') next[j] = j > 0 && row[j - 1]! && text[j - 1] === symbol
      else if (symbol.wild === 'one') next[j] = j > 0 && row[j - 1]!
      else next[j] = row[j]! || (j > 0 && next[j - 1]!)
    }
    row = next
  }
  return row[text.length]!
}

/** Null when a variable does not resolve. */
function symbolsOf(
  text: string,
  version: string,
  request: Request,
  options: { wildcards: boolean; variables: boolean; arn?: boolean },
): Symbols | null {
  const symbols: Symbols = []
  for (let at = 0; at < text.length; at++) {
    if (options.variables && version === '2012-10-17' && text[at] === '$' && text[at + 1] === '{') {
      const end = text.indexOf('}', text[at + 2] === '}' ? at + 3 : at)
      const inside = text.slice(at + 2, end)
      if (inside === '*' || inside === '?' || inside === '$') symbols.push(inside)
      else {
        const quoted = /^([^,]*), '(.*)'$/.exec(inside)
        const key = (quoted ? quoted[1]! : inside).toLowerCase()
        const value = request.context.get(key)
        if (value === undefined || value.length === 0) {
          if (value === '') symbols.push()
          else if (quoted) symbols.push(...quoted[2]!.split(''))
          else return null
        } else if (typeof value === 'string') symbols.push(...value.split(''))
        else return null
        // A value with a colon in one of the first five parts would move the parts behind it.
        const before = text.slice(0, at).replace(/\$\{[^}]*\}/g, '')
        const filled = value === undefined || value.length === 0 ? (quoted?.[2] ?? '') : value
        if (options.arn && before.startsWith('arn:') && before.split(':').length < 6 && filled.includes(':'))
          return null
      }
      at = end
    } else if (options.wildcards && text[at] === '*') symbols.push({ wild: 'star' })
    else if (options.wildcards && text[at] === '?') symbols.push({ wild: 'one' })
    else symbols.push(text[at]!)
  }
  return symbols
}

/** Six colon segments, each on its own; only the last may hold colons. */
function arnCovers(symbols: Symbols, text: string): boolean {
  const asked = text.split(':')
  if (asked.length < 6) return false
  if (symbols.length === 1 && typeof symbols[0] === 'object' && symbols[0].wild === 'star') return true
  const segments: Symbols[] = [[]]
  for (const symbol of symbols)
    if (symbol === ':' && segments.length < 6) segments.push([])
    else segments.at(-1)!.push(symbol)
  if (segments.length < 6) return false
  const parts = [...asked.slice(0, 5), asked.slice(5).join(':')]
  return segments.every((segment, index) => covers(segment, parts[index]!))
}

function actionListed(patterns: string[], request: Request): boolean {
  return patterns.some((pattern) => {
    const symbols = symbolsOf(pattern.toLowerCase(), '2008-10-17', request, {
      wildcards: true,
      variables: false,
    })
    return covers(symbols!, request.action.toLowerCase())
  })
}

function resourceListed(patterns: string[], version: string, request: Request): boolean {
  return patterns.some((pattern) => {
    const symbols = symbolsOf(pattern, version, request, { wildcards: true, variables: true, arn: true })
    if (symbols === null) return false
    return pattern.startsWith('arn:')
      ? arnCovers(symbols, request.resource)
      : covers(symbols, request.resource)
  })
}

// ---- conditions

function ipBits(text: string): string | null {
  const v4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text)
  if (v4) {
    const parts = v4.slice(1)
    if (parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) return null
    return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('')
  }
  if (!URL.canParse(`http://[${text}]/`) || text.includes('%')) return null
  const host = new URL(`http://[${text}]/`).hostname.slice(1, -1)
  const [head = '', tail] = host.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...left, ...new Array<string>(8 - left.length - right.length).fill('0'), ...right]
  const bits = groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
  const mapped = `${'0'.repeat(80)}${'1'.repeat(16)}`
  return bits.startsWith(mapped) ? bits.slice(96) : bits
}

function inNetwork(address: string, network: string): boolean {
  const bits = ipBits(address)
  const [base = '', mask] = network.split('/')
  const baseBits = ipBits(base)
  if (bits === null || baseBits === null || bits.length !== baseBits.length) return false
  const written = base.includes(':') ? 128 : 32
  const length = mask === undefined ? bits.length : Number(mask) - (written - baseBits.length)
  return bits.slice(0, length) === baseBits.slice(0, length)
}

const number = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
const instant = (text: string): number => {
  const day = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.exec(text)
  if (day === null) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Number.NaN
  const lastOfMonth = new Date(Date.UTC(Number(day[1]), Number(day[2] ?? '01'), 0)).getUTCDate()
  return Number(day[3] ?? '01') > lastOfMonth ? Number.NaN : Date.parse(text)
}

/** Whether one request value agrees with one written value, by the positive form of the operator. */
function agrees(
  operator: string,
  asked: string,
  written: string,
  version: string,
  request: Request,
): boolean {
  const symbols = (wildcards: boolean) => symbolsOf(written, version, request, { wildcards, variables: true })
  switch (operator) {
    case 'stringequals': {
      const exact = symbols(false)
      return exact !== null && exact.join('') === asked
    }
    case 'stringequalsignorecase': {
      const exact = symbols(false)
      return exact !== null && exact.join('').toLowerCase() === asked.toLowerCase()
    }
    case 'stringlike': {
      const pattern = symbols(true)
      return pattern !== null && covers(pattern, asked)
    }
    case 'arnequals':
    case 'arnlike': {
      const pattern = symbolsOf(written, version, request, { wildcards: true, variables: true, arn: true })
      return pattern !== null && arnCovers(pattern, asked)
    }
    case 'numericequals':
      return number(asked) === number(written)
    case 'numericlessthan':
      return number(asked) < number(written)
    case 'numericlessthanequals':
      return number(asked) <= number(written)
    case 'numericgreaterthan':
      return number(asked) > number(written)
    case 'numericgreaterthanequals':
      return number(asked) >= number(written)
    case 'dateequals':
      return instant(asked) === instant(written)
    case 'datelessthan':
      return instant(asked) < instant(written)
    case 'datelessthanequals':
      return instant(asked) <= instant(written)
    case 'dategreaterthan':
      return instant(asked) > instant(written)
    case 'dategreaterthanequals':
      return instant(asked) >= instant(written)
    case 'bool':
      return /^(true|false)$/i.test(asked) && asked.toLowerCase() === written.toLowerCase()
    case 'binaryequals':
      return /^[A-Za-z0-9+/]*={0,2}$/.test(asked) && asked.length % 4 === 0 && atob(asked) === atob(written)
    case 'ipaddress':
      return inNetwork(asked, written)
    default:
      throw new Error(`no such operator: ${operator}`)
  }
}

/** Positive form of each negated operator. */
const positive: Record<string, string> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
  notipaddress: 'ipaddress',
}

/** The table of semantics §3, row by row. */
function conditionHolds(
  written: string,
  key: string,
  values: Scalar[],
  version: string,
  request: Request,
): boolean {
  let name = written.toLowerCase()
  const all = name.startsWith('forallvalues:')
  const anyOf = name.startsWith('foranyvalue:')
  if (all || anyOf) name = name.slice(name.indexOf(':') + 1)
  const ifExists = name.endsWith('ifexists')
  if (ifExists) name = name.slice(0, -8)
  const value: ContextValue | undefined = request.context.get(key.toLowerCase())
  const missing = value === undefined || (Array.isArray(value) && value.length === 0)
  if (name === 'null') return values.some((one) => String(one).toLowerCase() === String(missing))
  const negated = Object.hasOwn(positive, name)
  const base = negated ? positive[name]! : name
  const one = (asked: string): boolean => {
    const listed = values.some((text) => agrees(base, asked, String(text), version, request))
    return negated ? !listed : listed
  }
  if (missing) {
    if (all) return true
    if (anyOf) return ifExists
    return ifExists || negated
  }
  const asked = typeof value === 'string' ? [value] : [...(value as readonly string[])]
  if (all) return asked.every(one)
  if (anyOf) return asked.some(one)
  return typeof value === 'string' && one(value)
}

function conditionsHold(statement: Raw, version: string, request: Request): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      conditionHolds(operator, key, listOf(values), version, request),
    ),
  )
}

// ---- principals

function writtenNames(written: string | Record<string, string | string[]>): string[] {
  if (typeof written === 'string') return ['*']
  return Object.entries(written).flatMap(([type, names]) =>
    listOf(names).map((name) => {
      if (type !== 'AWS') return `${type} ${name}`
      const root = /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)
      return root ? root[1]! : name
    }),
  )
}

/** The table of semantics §1: what is named, and how far a grant to it reaches. */
function reachOfName(name: string, principal: Principal): Reach {
  switch (principal.kind) {
    case 'root':
      return name === principal.accountId ? 1 : 0
    case 'user':
      if (name === principal.arn || name === principal.id) return 3
      return name === principal.accountId ? 1 : 0
    case 'role-session':
      if (name === principal.arn) return 3
      if (name === principal.roleArn || name === principal.roleId) return 2
      if (principal.federated !== undefined && name === `Federated ${principal.federated}`) return 2
      return name === principal.accountId ? 1 : 0
    case 'federated-user':
      if (name === principal.arn) return 3
      if (name === principal.issuerArn || (principal.issuerId !== undefined && name === principal.issuerId))
        return 2
      return name === principal.accountId ? 1 : 0
    case 'web-identity':
      return name === `Federated ${principal.provider}` ? 3 : 0
    case 'service':
      return name === `Service ${principal.service}` ? 3 : 0
    case 'anonymous':
      return 0
  }
}

/** What a Deny with NotPrincipal must list to spare someone: account and user; or account, role and session. */
function spared(names: string[], principal: Principal): boolean {
  if (names.includes('*')) return true
  const has = (...some: (string | undefined)[]) =>
    some.some((one) => one !== undefined && names.includes(one))
  switch (principal.kind) {
    case 'root':
      return has(principal.accountId)
    case 'user':
      return has(principal.accountId) && has(principal.arn, principal.id)
    case 'role-session':
      return has(principal.accountId) && has(principal.roleArn, principal.roleId) && has(principal.arn)
    case 'federated-user':
      return has(principal.accountId) && has(principal.arn)
    case 'web-identity':
      return has(`Federated ${principal.provider}`)
    case 'service':
      return has(`Service ${principal.service}`)
    case 'anonymous':
      return false
  }
}

function reachOfEveryone(statement: Raw, trust: boolean): Reach {
  const named = Object.entries(statement.Condition ?? {}).some(
    ([operator, keys]) =>
      /^(foranyvalue:)?(string(equals|equalsignorecase|like)|arn(equals|like))$/i.test(operator) &&
      Object.keys(keys).some((key) => key.toLowerCase() === 'aws:principalarn'),
  )
  return named ? 3 : trust ? 1 : 2
}

function reachOf(statement: Raw, principal: Principal, trust: boolean, bounded: boolean): Reach {
  if (statement.NotPrincipal !== undefined) {
    const names = writtenNames(statement.NotPrincipal)
    // A permissions boundary: nobody who has one is spared, but by `*`.
    if (statement.Effect === 'Deny' && bounded && !names.includes('*')) return 3
    if (statement.Effect === 'Deny') return spared(names, principal) ? 0 : 3
    if (names.includes('*') || principal.kind === 'web-identity') return 0
    const listed = names.some((name) => reachOfName(name, principal) > 0)
    return listed ? 0 : reachOfEveryone(statement, trust)
  }
  if (statement.Principal === undefined) return 3
  let best: Reach = 0
  for (const name of writtenNames(statement.Principal)) {
    const everyone = name === '*' && (statement.Effect === 'Deny' || principal.kind !== 'web-identity')
    const how = everyone ? reachOfEveryone(statement, trust) : reachOfName(name, principal)
    if (how > best) best = how
  }
  return best
}

// ---- layers

interface Said {
  readonly deny: string | undefined
  readonly allow: string | undefined
  readonly reach: Reach
}

function ask(
  documents: readonly string[],
  layer: string,
  from: number,
  request: Request,
  bounded = false,
): Said {
  let deny: string | undefined
  let allow: string | undefined
  let reach: Reach = 0
  for (const [index, text] of documents.entries()) {
    const document = JSON.parse(text) as { Version?: string; Statement: Raw | Raw[] }
    const version = document.Version ?? '2008-10-17'
    for (const [place, statement] of listOf(document.Statement).entries()) {
      const actions = statement.Action ?? statement.NotAction
      if (actionListed(listOf(actions), request) === (statement.Action === undefined)) continue
      const resources = statement.Resource ?? statement.NotResource
      if (
        resources !== undefined &&
        resourceListed(listOf(resources), version, request) === (statement.Resource === undefined)
      )
        continue
      if (!conditionsHold(statement, version, request)) continue
      const how = reachOf(statement, request.principal, layer === 'trust', bounded)
      if (how === 0) continue
      const name = `${layer}-${from + index + 1}[${place}]`
      if (statement.Effect === 'Deny') deny ??= name
      else if (how > reach) {
        allow = name
        reach = how
      }
    }
  }
  return { deny, allow, reach }
}

function askLinks(links: readonly (readonly string[])[], layer: string, request: Request): Said[] {
  let from = 0
  return links.map((documents) => {
    const said = ask(documents, layer, from, request)
    from += documents.length
    return said
  })
}

/** Semantics §1. */
export function referenceDecide(request: Request, layers: ReferenceLayers): ReferenceDecision {
  const { principal } = request
  if (
    request.action.toLowerCase() === 'sts:getcalleridentity' &&
    principal.kind !== 'anonymous' &&
    principal.kind !== 'web-identity'
  )
    return { effect: 'allow', reason: 'allowed', layer: undefined, statements: [] }

  const guardrails = askLinks(layers.guardrail ?? [], 'guardrail', request)
  const resource =
    layers.resource && ask(layers.resource, 'resource', 0, request, layers.boundary !== undefined)
  const trust = layers.trust && ask(layers.trust, 'trust', 0, request, layers.boundary !== undefined)
  const identity = ask(layers.identity, 'identity', 0, request)
  const boundary = layers.boundary && ask(layers.boundary, 'boundary', 0, request)
  const sessions = askLinks(layers.session ?? [], 'session', request)

  const inOrder: [string, Said | undefined][] = [
    ...guardrails.map((said): [string, Said] => ['guardrail', said]),
    ['resource', resource],
    ['trust', trust],
    ['identity', identity],
    ['boundary', boundary],
    ...sessions.map((said): [string, Said] => ['session', said]),
  ]
  for (const [layer, said] of inOrder)
    if (said?.deny !== undefined)
      return { effect: 'deny', reason: 'explicit_deny', layer, statements: [said.deny] }

  const refuse = (layer: string): ReferenceDecision => ({
    effect: 'deny',
    reason: 'implicit_deny',
    layer,
    statements: [],
  })
  const used: string[] = []
  const allowed = (): ReferenceDecision => ({
    effect: 'allow',
    reason: 'allowed',
    layer: undefined,
    statements: used,
  })
  for (const said of guardrails) {
    if (said.allow === undefined) return refuse('guardrail')
    used.push(said.allow)
  }
  const grantLayer = trust ? 'trust' : 'resource'
  const grant = trust ?? resource
  const reach = grant?.reach ?? 0

  // Those without a home account have only what names them.
  if (principal.kind === 'service' || principal.kind === 'web-identity') {
    if (reach === 0) return refuse(grantLayer)
    used.push(grant!.allow!)
    return allowed()
  }
  if (principal.kind === 'anonymous') {
    if (reach === 0) return refuse(grantLayer)
    used.push(grant!.allow!)
    if (grantLayer === 'resource') return allowed()
    if (identity.allow === undefined) return refuse('identity')
  }
  const sameAccount =
    'accountId' in principal &&
    (request.resourceAccount === undefined || request.resourceAccount === principal.accountId)
  const identityAllows = principal.kind === 'root' || identity.allow !== undefined

  if (!sameAccount) {
    // Other account: both sides must allow.
    if (reach === 0) return refuse(grantLayer)
    if (principal.kind !== 'anonymous') used.push(grant!.allow!)
    if (!identityAllows) return refuse('identity')
    if (principal.kind !== 'root') used.push(identity.allow!)
  } else {
    if (trust && reach === 0) return refuse('trust') // a trust policy must allow explicitly
    if (reach === 3) {
      used.push(grant!.allow!)
      return allowed() // a direct grant: no implicit deny limits it
    }
    if (trust) used.push(grant!.allow!)
    if (identityAllows) {
      if (principal.kind !== 'root') used.push(identity.allow!)
    } else if (reach === 2) {
      if (!trust) used.push(grant!.allow!)
    } else return refuse('identity')
  }
  if (boundary) {
    if (boundary.allow === undefined) return refuse('boundary')
    used.push(boundary.allow)
  }
  // A GetFederationToken session without a policy has only what resource policies grant it.
  if (principal.kind === 'federated-user' && sessions.length === 0) return refuse('session')
  for (const said of sessions) {
    if (said.allow === undefined) return refuse('session')
    used.push(said.allow)
  }
  return allowed()
}
