// Renders a preset for one workload: the provider entry, a trust policy that matches only this workload, and the commands that
// create both. Values become part of policies, so they must not contain wildcards or policy variables.
import { Problem } from '../../problem.ts'
import { issuerWithoutScheme } from '../../secure/issuer-name.ts'
import { type Conditions, type PresetOptions, presetOf } from './presets.ts'

export interface TemplateRequest {
  readonly preset: string
  readonly accountId: string
  readonly roleName: string
  /** Endpoint URL for `aws`. */
  readonly endpoint: string
  readonly given: PresetOptions
}

export interface Template {
  /** YAML, for `identity_providers:`. */
  readonly provider: string
  readonly url: string
  readonly audience: string
  /** What the provider's list of client ids must contain: the tokens' `azp` where they have one, else the audience. */
  readonly clientId: string
  /** JSON. */
  readonly trust: string
  /** Shell. */
  readonly calls: readonly string[]
  readonly notes: readonly string[]
}

/** @throws Problem('invalid_input') */
export function trustTemplate({
  preset: name,
  accountId,
  roleName,
  endpoint,
  given,
}: TemplateRequest): Template {
  const preset = presetOf(name)
  if (!/^\d{12}$/.test(accountId)) throw wrong('account', 'must be 12 digits')
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName))
    throw wrong('role', 'must be 1 to 64 of `A-Z a-z 0-9 + = , . @ _ -`')
  checkOptions(name, given)
  const url = preset.url(given)
  if (url === undefined) throw wrong('url', 'is required')
  if (!preset.fits(url)) throw wrong('url', `must be ${preset.issuer}`)
  const audience = given['audience'] ?? preset.audience(url)
  if (audience === undefined) throw wrong('audience', 'is required')
  const clientId = preset.authorizedParty?.(given) ?? audience
  const trust = policyOf(accountId, url, { audience, clientId }, preset.conditions(given))
  return {
    provider: [
      'identity_providers:',
      '  - kind: openid',
      `    preset: ${name}`,
      `    url: ${JSON.stringify(url)}`,
      `    client_ids: [${JSON.stringify(clientId)}]`,
    ].join('\n'),
    url,
    audience,
    clientId,
    trust,
    calls: [
      `aws iam create-open-id-connect-provider --endpoint-url ${endpoint} --url '${url}' --client-id-list '${clientId}'`,
      `aws iam create-role --endpoint-url ${endpoint} --role-name '${roleName}' --assume-role-policy-document '${JSON.stringify(JSON.parse(trust))}'`,
    ],
    notes: preset.notes,
  }
}

function checkOptions(name: string, given: PresetOptions): void {
  const { options } = presetOf(name)
  const foreign = Object.keys(given).find((option) => option !== 'audience' && !(option in options))
  if (foreign !== undefined) throw wrong(foreign, `is of no use with ${name}`)
  for (const [option, { optional = false }] of Object.entries(options))
    if (!optional && given[option] === undefined) throw wrong(option, 'is required')
  for (const [option, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!/^(?! )[^*?$'"`\\\p{C}]{1,255}(?<! )$/u.test(value))
      throw wrong(option, 'must not hold quotes, `$` or wildcards')
    // A colon separates the parts of a subject, so a value must not contain one. GitHub encodes it as `%3A`.
    if (value.includes(':') && option !== 'url' && option !== 'audience')
      throw wrong(option, 'must not hold a colon')
  }
}

/** The token's audience, and the registered client id: its `azp` where it has one. */
interface Parties {
  readonly audience: string
  readonly clientId: string
}

function policyOf(
  accountId: string,
  url: string,
  { audience, clientId }: Parties,
  conditions: Conditions,
): string {
  const issuer = issuerWithoutScheme(url)
  const parties = clientId === audience ? { aud: audience } : { aud: clientId, oaud: audience }
  const merged = { ...conditions, StringEquals: { ...parties, ...conditions['StringEquals'] } }
  const named = Object.entries(merged).map(([operator, claims]) => [
    operator,
    Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value])),
  ])
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/${issuer}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: Object.fromEntries(named.sort(([a], [b]) => String(a).localeCompare(String(b)))),
        },
      ],
    },
    null,
    2,
  )
}

const wrong = (option: string, what: string): Problem => new Problem('invalid_input', `--${option} ${what}`)
