// The callers to try: one for each way in which the principals of both sides can match.
import type { DocumentKind } from '../language/document.ts'
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

const most = 2000

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
  const all: Principal[] = []
  // Their number is a product of what is named, so that all of them may not fit into memory.
  for (const principal of everyOne(aws, accounts, providers, of('Service')))
    if (all.push(principal) > most) return undefined
  return all
}

function* everyOne(
  aws: readonly string[],
  accounts: readonly string[],
  providers: readonly string[],
  services: readonly string[],
): Generator<Principal> {
  yield* usersOf(aws, accounts)
  for (const accountId of accounts) yield { kind: 'root', accountId, arn: `arn:aws:iam::${accountId}:root` }
  yield* sessionsOf(aws, accounts, providers)
  yield* federatedOf(aws, accounts)
  for (const provider of [...providers, `arn:aws:iam::${otherAccount}:oidc-provider/other.example`])
    yield { kind: 'web-identity', accountId: accountIn(provider) ?? otherAccount, provider }
  for (const service of [...services, 'other.example']) yield { kind: 'service', service }
  yield { kind: 'anonymous' }
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

function* usersOf(aws: readonly string[], accounts: readonly string[]): Generator<Principal> {
  const userIds = ids(aws, 'AIDA')
  for (const arn of userArns(aws, accounts))
    for (const id of userIds) yield { kind: 'user', accountId: accountIn(arn)!, arn, id }
}

function* sessionsOf(
  aws: readonly string[],
  accounts: readonly string[],
  providers: readonly string[],
): Generator<Principal> {
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
  for (const roleArn of roles)
    for (const arn of sessionsOfRole(roleArn))
      for (const roleId of roleIds)
        for (const federated of [undefined, ...providers])
          yield {
            kind: 'role-session',
            accountId: accountIn(roleArn)!,
            arn,
            roleArn,
            roleId,
            ...(federated === undefined ? {} : { federated }),
          }
}

function* federatedOf(aws: readonly string[], accounts: readonly string[]): Generator<Principal> {
  const sessions = arns(
    aws,
    /:federated-user\//,
    accounts,
    (accountId) => `arn:aws:sts::${accountId}:federated-user/other`,
  )
  const users = userArns(aws, accounts)
  const userIds = ids(aws, 'AIDA')
  for (const arn of sessions) {
    const accountId = accountIn(arn)!
    for (const issuerArn of users)
      if (accountIn(issuerArn) === accountId)
        for (const issuerId of userIds) yield { kind: 'federated-user', accountId, arn, issuerArn, issuerId }
    yield { kind: 'federated-user', accountId, arn, issuerArn: `arn:aws:iam::${accountId}:root` }
  }
}
