// The command `chancery trust`: presets, templates of trust policies, and whether a token would match one.
import { presets } from '../../federation/workload/presets.ts'
import { type TemplateRequest, trustTemplate } from '../../federation/workload/trust-template.ts'
import { type CommandResult, result } from '../../policy/command/command-result.ts'
import { formatFailedCondition } from '../../policy/engine/report.ts'
import { checkDocument } from '../../policy/language/document.ts'
import { Problem } from '../../problem.ts'
import type { AssumableRole } from '../ports.ts'
import { type TrustTestDependencies, type TrustTestResult, testTrust } from './try-trust.ts'

/** Read access to the store for the command, with or without a running server. */
export interface TrustTestStore extends TrustTestDependencies {
  readonly accountId: string
  readonly roles: { byArn(arn: string): Promise<AssumableRole | undefined> }
  close(): Promise<void>
}

/** The kinds of issuer, with what their tokens look like. */
export function presetList(): string {
  const blocks = [...presets].map(
    ([name, { title, issuer, audience, url, subject, pins, options, notes }]) => {
      const known = url({})
      const requested = known === undefined ? undefined : audience(known)
      return [
        `${name}: ${title}`,
        `  issuer    ${issuer}`,
        ...(requested === undefined ? [] : [`  audience  ${requested}`]),
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

export interface TrustTestInput {
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
 * @throws Problem('invalid_input' | 'not_found') for the role, and for a malformed `policy`
 */
export async function tryToken(
  { role: named, token, policy: trust, sessionName, sourceIp }: TrustTestInput,
  open: () => Promise<TrustTestStore>,
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
    const tested = await testTrust(opened, { token, role, roleSessionName: sessionName }, circumstances)
    const code = tested.matches === undefined ? 2 : tested.matches ? 0 : 1
    return { code, out: json ? asJson(tested) : asText(tested), err: '' }
  } finally {
    await opened.close()
  }
}

const roleArn = /^arn:aws:iam::(\d{12}):role\/(?:[!-~]+\/)?[\w+=,.@-]{1,64}$/

async function roleToTry(
  { accountId, roles }: TrustTestStore,
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

const headings = { true: 'WOULD MATCH', false: 'WOULD NOT MATCH', undefined: 'UNKNOWN' } as const
const marks = { true: 'ok  ', false: 'no  ', undefined: '?   ' } as const
/** Condition keys that are listed when the token does not match. */
const maxKeysShown = 60

function asText({ matches, steps, context }: TrustTestResult): string {
  const lines = steps.map(({ step, ok, message }) => `  ${marks[`${ok}`]}${step.padEnd(10)} ${message}`)
  const keys = matches === false ? [...context].slice(0, maxKeysShown) : []
  return [
    headings[`${matches}`],
    ...lines,
    ...(keys.length === 0 ? [] : ['', 'Condition keys of this token:']),
    ...keys.map(([key, value]) => `  ${key} = ${JSON.stringify(value)}`),
  ].join('\n')
}

const asJson = ({ matches, steps, failed, context }: TrustTestResult): string =>
  JSON.stringify(
    {
      matches: matches ?? null,
      steps: steps.map(({ step, ok, message }) => ({ step, ok: ok ?? null, said: message })),
      failed: failed.map((one) => ({ ...one, said: formatFailedCondition(one), seen: one.seen ?? null })),
      context: Object.fromEntries(context),
    },
    null,
    2,
  )
