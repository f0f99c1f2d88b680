// The callers to try: one for each way in which the principals of both sides can match.
import type { DocumentKind } from '../document.ts'
import type { Principal } from '../request.ts'
import type { Part } from './part.ts'

const otherAccount = '999999999999'
const accountIn = (arn: string): string | undefined => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1]
const last = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** An arbitrary caller, for documents without principals. */
const anyUser: Principal = {
  kind: 'user',
  accountId: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/someone',
  id: 'AIDASOMEONE',
}

/** Undefined when there would be too many. */
export function principalsOf(parts: readonly Part[], kind: DocumentKind): readonly Principal[] | undefined {
  if (kind !== 'resource' && kind !== 'trust') return [anyUser]
  const written = parts.flatMap(({ statement }) => statement.principals ?? statement.notPrincipals ?? [])
  const aws = [...new Set(written.filter(({ type }) => type === 'AWS').map(({ name }) => name.text))]
  const of = (type: string) => [
    ...new Set(written.filter((one) => one.type === type).map(({ name }) => name.text)),
  ]
  const accounts = [
    ...new Set([
      ...aws.flatMap((text) => (/^\d{12}$/.test(text) ? text : (accountIn(text) ?? []))),
      otherAccount,
    ]),
  ]
  const providers = of('Federated')
  const all = [
    ...usersOf(aws, accounts),
    ...accounts.map(
      (accountId): Principal => ({ kind: 'root', accountId, arn: `arn:aws:iam::${accountId}:root` }),
    ),
    ...sessionsOf(aws, accounts, providers),
    ...federatedOf(aws, accounts),
    ...[...providers, `arn:aws:iam::${otherAccount}:oidc-provider/other.example`].map(
      (provider): Principal => ({
        kind: 'web-identity',
        accountId: accountIn(provider) ?? otherAccount,
        provider,
      }),
    ),
    ...[...of('Service'), 'other.example'].map((service): Principal => ({ kind: 'service', service })),
    { kind: 'anonymous' } as const,
  ]
  return all.length <= 2000 ? all : undefined
}

const ids = (aws: readonly string[], prefix: string): readonly string[] => [
  `${prefix}OTHER`,
  ...aws.filter((text) => text.startsWith(prefix)),
]

const arns = (
  aws: readonly string[],
  form: RegExp,
  accounts: readonly string[],
  other: (accountId: string) => string,
): readonly string[] => [...accounts.map(other), ...aws.filter((text) => form.test(text))]

const userArns = (aws: readonly string[], accounts: readonly string[]): readonly string[] =>
  arns(aws, /:user\//, accounts, (accountId) => `arn:aws:iam::${accountId}:user/other`)

function usersOf(aws: readonly string[], accounts: readonly string[]): Principal[] {
  return userArns(aws, accounts).flatMap((arn) =>
    ids(aws, 'AIDA').map((id): Principal => ({ kind: 'user', accountId: accountIn(arn)!, arn, id })),
  )
}

function sessionsOf(
  aws: readonly string[],
  accounts: readonly string[],
  providers: readonly string[],
): Principal[] {
  const named = aws.filter((text) => text.includes(':assumed-role/'))
  const roleIds = ids(aws, 'AROA')
  const fresh = (accountId: string) => `arn:aws:iam::${accountId}:role/other`
  // For every session that is named, also its role.
  const roleOf = (session: string) => `arn:aws:iam::${accountIn(session)}:role/${session.split('/')[1]}`
  const roles = [...new Set([...arns(aws, /:role\//, accounts, fresh), ...named.map(roleOf)])]
  const sessionsOfRole = (roleArn: string) => [
    `arn:aws:sts::${accountIn(roleArn)}:assumed-role/${last(roleArn)}/other`,
    ...named.filter((arn) => accountIn(arn) === accountIn(roleArn) && arn.split('/')[1] === last(roleArn)),
  ]
  return roles.flatMap((roleArn) =>
    sessionsOfRole(roleArn).flatMap((arn) =>
      roleIds.flatMap((roleId) =>
        [undefined, ...providers].map(
          (federated): Principal => ({
            kind: 'role-session',
            accountId: accountIn(roleArn)!,
            arn,
            roleArn,
            roleId,
            ...(federated === undefined ? {} : { federated }),
          }),
        ),
      ),
    ),
  )
}

function federatedOf(aws: readonly string[], accounts: readonly string[]): Principal[] {
  const sessions = arns(
    aws,
    /:federated-user\//,
    accounts,
    (accountId) => `arn:aws:sts::${accountId}:federated-user/other`,
  )
  return sessions.flatMap((arn) => {
    const accountId = accountIn(arn)!
    const users = userArns(aws, accounts).filter((user) => accountIn(user) === accountId)
    const byUser = users.flatMap((issuerArn) =>
      ids(aws, 'AIDA').map(
        (issuerId): Principal => ({ kind: 'federated-user', accountId, arn, issuerArn, issuerId }),
      ),
    )
    return [
      ...byUser,
      { kind: 'federated-user', accountId, arn, issuerArn: `arn:aws:iam::${accountId}:root` } as const,
    ]
  })
}
