// The command `chancery trust`: presets, templates of trust policies, and whether a token would match one.
import { presets } from '../federation/workload/presets.ts'
import { type TemplateRequest, trustTemplate } from '../federation/workload/trust-template.ts'
import { type CommandResult, result } from '../policy/command/command-result.ts'
import { checkDocument } from '../policy/document.ts'
import { formatFailedCondition } from '../policy/report.ts'
import { Problem } from '../problem.ts'
import type { AssumableRole } from './ports.ts'
import { type Tried, type TryParts, tryTrust } from './try-trust.ts'

/** The store beside a running server, or without one. */
export interface OpenedForTrying extends TryParts {
  readonly accountId: string
  readonly roles: { byArn(arn: string): Promise<AssumableRole | undefined> }
  close(): Promise<void>
}

/** The kinds of issuer, with what their tokens look like. */
export function presetList(): string {
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

/** A trust policy that lets in one workload, with the calls that make it. @throws Problem('invalid_input') */
export function template(request: TemplateRequest, json: boolean): CommandResult {
  const made = trustTemplate(request)
  if (json) return result(0, JSON.stringify({ ...made, trust: JSON.parse(made.trust) as unknown }, null, 2))
  return result(
    0,
    [
      '# the provider, in the configuration file …',
      made.provider,
      '',
      '# … or by the API',
      made.calls[0],
      '',
      `# the trust policy of the role \`${request.roleName}\``,
      made.trust,
      '',
      made.calls[1],
      '',
      ...made.notes.map((note) => `# ${note}`),
    ].join('\n'),
  )
}

export interface TrialRequest {
  /** ARN or name. */
  readonly role: string
  readonly token: string
  /** A trust policy that is not saved yet, instead of the role's. */
  readonly policy: string | undefined
  readonly sessionName: string
  readonly sourceIp: string
}

/**
 * Whether a token would match a role's trust policy, and if not, which condition refuses it.
 * @param now epoch seconds
 * @throws Problem when the question cannot be asked
 */
export async function tryToken(
  { role: named, token, policy: trust, sessionName, sourceIp }: TrialRequest,
  open: () => Promise<OpenedForTrying>,
  now: number,
  json: boolean,
): Promise<CommandResult> {
  if (trust !== undefined) checkDocument(trust, 'trust')
  const opened = await open()
  try {
    const role = await roleToTry(opened, named, trust)
    const circumstances = {
      now,
      sourceIp,
      secure: true,
      userAgent: 'chancery',
      region: undefined,
      requestId: 'try',
    }
    const tried = await tryTrust(opened, { token, role, roleSessionName: sessionName }, circumstances)
    const code = tried.matches === undefined ? 2 : tried.matches ? 0 : 1
    return { code, out: json ? asJson(tried) : asText(tried), err: '' }
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
      failed: failed.map((one) => ({ ...one, said: formatFailedCondition(one), seen: one.seen ?? null })),
      context: Object.fromEntries(context),
    },
    null,
    2,
  )
