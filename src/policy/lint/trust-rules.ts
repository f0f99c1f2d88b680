// Who is let in: trust and resource policies that open further than they look.
import type { Condition, Statement, Written } from '../document.ts'
import { patternOf } from '../pattern.ts'
import { type Found, named, perStatement, type Rule, whole } from './finding.ts'
import { keyOf, pins } from './requires.ts'

const actionPattern = (text: string) =>
  patternOf(text, { version: '2008-10-17', wildcards: true, arn: 'never', ignoreCase: true })

/** Whether the statement's actions cover this one. */
export function coversAction({ actions, notActions }: Statement, action: string): boolean {
  const lower = action.toLowerCase()
  const listed = (actions ?? notActions ?? []).some(({ text }) =>
    actionPattern(text).matches(lower, new Map()),
  )
  return listed === (actions !== undefined)
}

const federated = (statement: Statement): Written | undefined =>
  statement.effect === 'Allow'
    ? statement.principals?.find(({ type }) => type === 'Federated')?.name
    : undefined

const claim = (condition: Condition): string => {
  const key = keyOf(condition)
  return key.slice(key.lastIndexOf(':') + 1)
}

const pinned = ({ conditions }: Statement, claims: readonly string[]): boolean =>
  conditions.some((condition) => pins(condition) && claims.includes(claim(condition)))

const issuerOf = (provider: string): string => provider.slice(provider.indexOf('/') + 1)

/** `sts:AssumeRoleWithWebIdentity` with nothing on the token's subject: every tenant of a shared issuer may come. */
function* missingSubject(statement: Statement): Iterable<Found> {
  const provider = federated(statement)
  if (provider === undefined || provider.text.includes(':saml-provider/')) return
  if (!coversAction(statement, 'sts:AssumeRoleWithWebIdentity')) return
  if (pinned(statement, ['sub'])) return
  yield {
    at: provider.at,
    message: `${named(statement)} trusts every token of \`${provider.text}\`: no condition says whose`,
    fix: `add \`"StringEquals": {"${issuerOf(provider.text)}:sub": "…"}\``,
    // Another claim may name the workload as well (a repository's id), so it is no error then.
    ...(statement.conditions.some((one) => pins(one) && !['aud', 'azp'].includes(claim(one)))
      ? { severity: 'warning' as const }
      : {}),
  }
}

/** Without the audience a token made for another service can be brought here. */
function* missingAudience(statement: Statement): Iterable<Found> {
  const provider = federated(statement)
  if (provider === undefined || pinned(statement, ['aud', 'azp', 'oaud'])) return
  const key = provider.text.includes(':saml-provider/') ? 'SAML' : issuerOf(provider.text)
  yield {
    at: provider.at,
    message: `${named(statement)} takes tokens of \`${provider.text}\` that were made for anybody`,
    fix: `add \`"StringEquals": {"${key}:aud": "…"}\``,
  }
}

/** Prefixes that say what follows is an owner, and nothing yet about which. */
const preambles = ['system:serviceaccount:']

/** Up to the first wildcard a subject must have named an owner and closed it: `repo:acme/`, `system:serviceaccount:web:`. */
function namesOwner(subject: string): boolean {
  const wild = subject.search(/[*?]/)
  if (wild < 0) return true
  const fixed = subject.slice(0, wild)
  const preamble = preambles.find((one) => fixed.startsWith(one))
  if (preamble !== undefined) return /^[^:/]+[:/]/.test(fixed.slice(preamble.length))
  return /^[^:/]+[:/][^:/]+[:/]/.test(fixed)
}

function* wildcardSubject(statement: Statement): Iterable<Found> {
  if (statement.effect !== 'Allow') return
  for (const condition of statement.conditions) {
    if (claim(condition) !== 'sub' || !/^(StringLike|Arn)/.test(condition.operator)) continue
    for (const { text, at } of condition.values)
      if (!namesOwner(text))
        yield {
          at,
          message: `subject \`${text}\` is open before it has named an owner: anybody who can get a token of this issuer can choose one that fits`,
          fix: 'write out the owner up to its separator, such as `repo:acme/docs:*`',
        }
  }
}

/** Keys that say nothing about who asks. */
const circumstantial =
  /^aws:(securetransport|currenttime|epochtime|requestedregion|useragent|referer|requesttag\/.*|tagkeys)$/

function* anyone(statement: Statement): Iterable<Found> {
  const all = statement.principals?.find(({ type, name }) => type === 'AWS' && name.text === '*')
  if (statement.effect !== 'Allow' || all === undefined) return
  if (statement.conditions.some((condition) => pins(condition) && !circumstantial.test(keyOf(condition))))
    return
  yield {
    at: all.name.at,
    message: `${named(statement)} is for everyone, also in other accounts, and no condition says who`,
    fix: 'name the principals, or add a condition on `aws:PrincipalArn` or `aws:PrincipalAccount`',
  }
}

function* notPrincipalAllow(statement: Statement): Iterable<Found> {
  if (statement.effect !== 'Allow' || statement.notPrincipals === undefined) return
  yield {
    ...whole(statement),
    message: `${named(statement)} allows everybody but those listed, the anonymous included`,
    fix: 'list who may, under `Principal`',
  }
}

/** A role that whole accounts may assume leaves the choice to their administrators. */
function* accountTrusted(statement: Statement, { kind }: { readonly kind: string }): Iterable<Found> {
  if (kind !== 'trust' || statement.effect !== 'Allow' || statement.conditions.length > 0) return
  for (const { type, name } of statement.principals ?? [])
    if (type === 'AWS' && /^(\d{12}|arn:[^:]*:iam::\d{12}:root)$/.test(name.text))
      yield {
        at: name.at,
        message: `\`${name.text}\` trusts the whole account: whoever it allows \`sts:AssumeRole\` may come`,
        fix: 'name users or roles, or require `sts:ExternalId` or `aws:PrincipalTag/…`',
      }
}

export const trustRules: readonly (readonly [string, Rule])[] = [
  [
    'missing-subject',
    {
      severity: 'error',
      summary: 'a web identity is trusted and no condition says which subject',
      check: perStatement(missingSubject),
    },
  ],
  [
    'missing-audience',
    {
      severity: 'warning',
      summary: 'an outside token is taken whatever audience it was made for',
      check: perStatement(missingAudience),
    },
  ],
  [
    'wildcard-subject',
    {
      severity: 'error',
      summary: 'a subject such as `repo:*`, which others can fit too',
      check: perStatement(wildcardSubject),
    },
  ],
  [
    'anyone',
    {
      severity: 'error',
      summary: 'Principal `*` is allowed without a condition on who',
      check: perStatement(anyone),
    },
  ],
  [
    'not-principal-allow',
    {
      severity: 'error',
      summary: 'Allow with NotPrincipal lets in everybody else',
      check: perStatement(notPrincipalAllow),
    },
  ],
  [
    'account-trusted',
    {
      severity: 'note',
      summary: 'a role trusts a whole account',
      check: perStatement(accountTrusted),
    },
  ],
]
