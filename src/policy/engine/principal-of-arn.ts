// Makes a principal from an ARN, a service's name or `anonymous`, for simulations.
import { type Context, contextOf, type Principal } from '../request.ts'

const forms: readonly (readonly [RegExp, (...parts: string[]) => Principal])[] = [
  [/^(arn:[^:]+:iam::(\d{12}):root)$/, (arn, accountId) => ({ kind: 'root', accountId, arn })],
  [/^()(\d{12})$/, (_, accountId) => ({ kind: 'root', accountId, arn: `arn:aws:iam::${accountId}:root` })],
  [/^(arn:[^:]+:iam::(\d{12}):user\/.+)$/, (arn, accountId) => ({ kind: 'user', accountId, arn, id: '' })],
  [
    /^(arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+))$/,
    (roleArn, accountId, role) => ({
      kind: 'role-session',
      accountId,
      arn: `arn:aws:sts::${accountId}:assumed-role/${role}/simulated`,
      roleArn,
      roleId: '',
    }),
  ],
  [
    /^(arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+)$/,
    (arn, accountId, role) => ({
      kind: 'role-session',
      accountId,
      arn,
      roleArn: `arn:aws:iam::${accountId}:role/${role}`,
      roleId: '',
    }),
  ],
  [
    /^(arn:[^:]+:sts::(\d{12}):federated-user\/[^/]+)$/,
    (arn, accountId) => ({
      kind: 'federated-user',
      accountId,
      arn,
      issuerArn: `arn:aws:iam::${accountId}:root`,
    }),
  ],
  [
    /^(arn:[^:]+:iam::(\d{12}):(?:oidc|saml)-provider\/.+)$/,
    (provider, accountId) => ({ kind: 'web-identity', accountId, provider }),
  ],
  [/^(anonymous|\*)$/, () => ({ kind: 'anonymous' })],
  [/^([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/, (service) => ({ kind: 'service', service })],
]

/** The accepted forms, for a usage message. */
export const principalForms =
  'the ARN of a user, role, session, account or provider, a service such as `jobs.example`, or `anonymous`'

/**
 * Undefined when the text is not a principal. Without `id` the unique id is empty and matches nothing; a session is named
 * `simulated`.
 */
export function principalOfArn(text: string, id = ''): Principal | undefined {
  for (const [form, make] of forms) {
    const found = form.exec(text)
    if (found === null) continue
    const principal = make(...found.slice(1))
    if (principal.kind === 'user') return { ...principal, id }
    return principal.kind === 'role-session' ? { ...principal, roleId: id } : principal
  }
  return undefined
}

const lastName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

const types = {
  root: 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
  anonymous: 'Anonymous',
} as const

/** The condition keys that identify the principal (docs/policy-semantics.md §4), as far as its name determines them. */
export function principalKeys(principal: Principal): Context {
  if (principal.kind === 'service' || principal.kind === 'web-identity') return new Map()
  const type = ['aws:PrincipalType', types[principal.kind]] as const
  if (principal.kind === 'anonymous') return contextOf([type])
  const { kind, accountId } = principal
  return contextOf([
    type,
    ['aws:PrincipalArn', kind === 'role-session' ? principal.roleArn : principal.arn],
    ['aws:PrincipalAccount', accountId],
    ['aws:username', kind === 'user' ? lastName(principal.arn) : undefined],
    ['aws:userid', useridOf(principal)],
  ])
}

function useridOf(principal: Exclude<Principal, { kind: 'service' | 'web-identity' | 'anonymous' }>) {
  if (principal.kind === 'root') return principal.accountId
  if (principal.kind === 'federated-user') return `${principal.accountId}:${lastName(principal.arn)}`
  const id = principal.kind === 'user' ? principal.id : principal.roleId
  if (id === '') return undefined
  return principal.kind === 'user' ? id : `${id}:${lastName(principal.arn)}`
}
