// `chancery trust <verb>`: presets, templates of trust policies, and whether a token would match one. Files, store and
// screen come from cli.ts.
import { parseArgs } from 'node:util'
import { presets } from '../federation/workload/presets.ts'
import { trustTemplate } from '../federation/workload/trust-template.ts'
import { type Outcome, said, unasked } from '../policy/command/outcome.ts'
import { checkDocument } from '../policy/document.ts'
import { sayFailed } from '../policy/report.ts'
import { Problem } from '../problem.ts'
import type { AssumableRole } from './ports.ts'
import { type Tried, type TryParts, tryTrust } from './try-trust.ts'

/** The store beside a running server, or without one. */
export interface OpenedForTrying extends TryParts {
  readonly accountId: string
  readonly roles: { byArn(arn: string): Promise<AssumableRole | undefined> }
  close(): Promise<void>
}

export interface TrustWorld {
  readonly read: (file: string) => string
  /** Epoch seconds. */
  readonly now: number
  /** The account and the address of the settings. */
  readonly accountId: string | undefined
  readonly endpoint: string
  readonly open: () => Promise<OpenedForTrying>
}

const usage = `usage: chancery trust presets
       chancery trust template PRESET --account ID [--role NAME] [--audience TEXT] --OPTION VALUE …
       chancery trust try --role ARN|NAME --token FILE|- [--policy FILE] [--session-name NAME] [--source-ip IP] [--json]`

type Verb = (args: readonly string[], world: TrustWorld) => Promise<Outcome> | Outcome

const verbs: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['presets', () => said(0, presetList())],
  ['template', template],
  ['try', attempt],
  ['help', () => said(0, usage)],
])

/** Exit codes: 0 would match, 1 would not, 2 could not be asked. */
export async function trustCommand(
  [name = 'help', ...args]: readonly string[],
  world: TrustWorld,
): Promise<Outcome> {
  const verb = verbs.get(name)
  if (!verb) return unasked(`chancery trust: \`${name}\` is not known\n${usage}`)
  try {
    return await verb(args, world)
  } catch (error) {
    const badArgs =
      error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
    if (error instanceof Problem || badArgs) return unasked(`chancery trust: ${error.message}`)
    throw error
  }
}

const text = { type: 'string' } as const

function presetList(): string {
  const blocks = [...presets].map(
    ([name, { title, issuer, audience, url, subject, pins, options, notes }]) => {
      const known = url({})
      const asked = known === undefined ? undefined : audience(known)
      return [
        `${name}: ${title}`,
        `  issuer    ${issuer}`,
        ...(asked === undefined ? [] : [`  audience  ${asked}`]),
        `  subject   ${subject}`,
        `  pin       ${pins.join(', ')}`,
        ...Object.entries(options).map(
          ([option, { is, optional }]) => `  --${option}  ${is}${optional ? ' (optional)' : ''}`,
        ),
        ...notes.map((note) => `  note: ${note}`),
      ].join('\n')
    },
  )
  return blocks.join('\n\n')
}

function template(args: readonly string[], world: TrustWorld): Outcome {
  const names = [...presets.values()].flatMap(({ options }) => Object.keys(options))
  const own = Object.fromEntries(
    [...names, 'audience', 'account', 'role', 'endpoint'].map((name) => [name, text]),
  )
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...own, json: { type: 'boolean', default: false } },
  })
  const {
    account = world.accountId,
    role = 'workload',
    endpoint = world.endpoint,
    json,
    ...given
  } = values as Record<string, string | undefined> & { json: boolean }
  const [preset] = positionals
  if (preset === undefined || positionals.length > 1) return unasked(usage)
  if (account === undefined) return unasked('chancery trust: --account is required')
  const made = trustTemplate({ preset, accountId: account, roleName: role, endpoint, given })
  if (json) return said(0, JSON.stringify({ ...made, trust: JSON.parse(made.trust) as unknown }, null, 2))
  return said(
    0,
    [
      '# the provider, in the configuration file …',
      made.provider,
      '',
      '# … or by the API',
      made.calls[0],
      '',
      `# the trust policy of the role \`${role}\``,
      made.trust,
      '',
      made.calls[1],
      '',
      ...made.notes.map((note) => `# ${note}`),
    ].join('\n'),
  )
}

async function attempt(args: readonly string[], world: TrustWorld): Promise<Outcome> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      role: text,
      token: text,
      policy: text,
      'session-name': { ...text, default: 'try' },
      'source-ip': { ...text, default: '127.0.0.1' },
      json: { type: 'boolean', default: false },
    },
  })
  if (values.role === undefined || values.token === undefined) return unasked(usage)
  const token = world.read(values.token).trim()
  const trust = values.policy === undefined ? undefined : world.read(values.policy)
  if (trust !== undefined) checkDocument(trust, 'trust')
  const opened = await world.open()
  try {
    const role = await roleToTry(opened, values.role, trust)
    const circumstances = {
      now: world.now,
      sourceIp: values['source-ip'],
      secure: true,
      userAgent: 'chancery',
      region: undefined,
      requestId: 'try',
    }
    const tried = await tryTrust(
      opened,
      { token, role, roleSessionName: values['session-name'] },
      circumstances,
    )
    const code = tried.matches === undefined ? 2 : tried.matches ? 0 : 1
    return { code, out: values.json ? asJson(tried) : asText(tried), err: '' }
  } finally {
    await opened.close()
  }
}

const roleArn = /^arn:aws:iam::(\d{12}):role\/(?:[!-~]+\/)?[\w+=,.@-]{1,64}$/

async function roleToTry(
  { accountId, roles }: OpenedForTrying,
  named: string,
  trust: string | undefined,
): Promise<AssumableRole> {
  const arn = named.startsWith('arn:') ? named : `arn:aws:iam::${accountId}:role/${named}`
  const [, owner] = roleArn.exec(arn) ?? []
  if (owner === undefined)
    throw new Problem('invalid_input', `\`${arn.slice(0, 256)}\` is not the ARN of a role`)
  const role = await roles.byArn(arn)
  if (trust === undefined) {
    if (!role)
      throw new Problem(
        'not_found',
        `there is no role \`${arn}\`; --policy FILE tries one that is not saved yet`,
      )
    return role
  }
  const unsaved = { accountId: owner, arn, id: '', name: arn.slice(arn.lastIndexOf('/') + 1), tags: [] }
  return { maxSessionDuration: 3600, ...(role ?? unsaved), trust }
}

const headings = { true: 'WOULD MATCH', false: 'WOULD NOT MATCH', undefined: 'CANNOT BE SAID' } as const
const marks = { true: 'ok  ', false: 'no  ', undefined: '?   ' } as const
/** Condition keys of a token that matched nothing: what a policy could have asked for. */
const mostKeys = 60

function asText({ matches, steps, context }: Tried): string {
  const lines = steps.map(({ step, ok, said: what }) => `  ${marks[`${ok}`]}${step.padEnd(10)} ${what}`)
  const keys = matches === false ? [...context].slice(0, mostKeys) : []
  return [
    headings[`${matches}`],
    ...lines,
    ...(keys.length === 0 ? [] : ['', 'What a trust policy can ask about:']),
    ...keys.map(([key, value]) => `  ${key} = ${JSON.stringify(value)}`),
  ].join('\n')
}

const asJson = ({ matches, steps, failed, context }: Tried): string =>
  JSON.stringify(
    {
      matches: matches ?? null,
      steps: steps.map((step) => ({ ...step, ok: step.ok ?? null })),
      failed: failed.map((one) => ({ ...one, said: sayFailed(one), seen: one.seen ?? null })),
      context: Object.fromEntries(context),
    },
    null,
    2,
  )
