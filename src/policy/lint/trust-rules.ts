// Trust and resource policies that admit more principals than they seem to.
import type { Condition, Statement, Written } from '../language/document.ts'
import { patternOf } from '../language/pattern.ts'
import { perStatement, type Rule, type RuleFinding, statementLabel, statementRange } from './finding.ts'
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

/** `sts:AssumeRoleWithWebIdentity` without a condition on the subject admits every tenant of a shared issuer. */
function* missingSubject(statement: Statement): Iterable<RuleFinding> {
  const provider = federated(statement)
  if (provider === undefined || provider.text.includes(':saml-provider/')) return
  if (!coversAction(statement, 'sts:AssumeRoleWithWebIdentity')) return
  if (pinned(statement, ['sub'])) return
  yield {
    at: provider.at,
    message: `${statementLabel(statement)} trusts every token of \`${provider.text}\`: no condition restricts the subject`,
    fix: `add \`"StringEquals": {"${issuerOf(provider.text)}:sub": "…"}\``,
    // Another claim (such as a repository id) may identify the workload too, so this is not an error then.
    ...(statement.conditions.some((one) => pins(one) && !['aud', 'azp'].includes(claim(one)))
      ? { severity: 'warning' as const }
      : {}),
  }
}

/** Without a condition on the audience, a token issued for another service is accepted. */
function* missingAudience(statement: Statement): Iterable<RuleFinding> {
  const provider = federated(statement)
  if (provider === undefined || pinned(statement, ['aud', 'azp', 'oaud'])) return
  const key = provider.text.includes(':saml-provider/') ? 'SAML' : issuerOf(provider.text)
  yield {
    at: provider.at,
    message: `${statementLabel(statement)} takes tokens of \`${provider.text}\` issued for any audience`,
    fix: `add \`"StringEquals": {"${key}:aud": "…"}\``,
  }
}

/** Prefixes that are followed by an owner but do not identify one themselves. */
const preambles = ['system:serviceaccount:']

/** The part before the first wildcard must contain a complete owner: `repo:acme/`, `system:serviceaccount:web:`. */
function namesOwner(subject: string): boolean {
  const wild = subject.search(/[*?]/)
  if (wild < 0) return true
  const fixed = subject.slice(0, wild)
  const preamble = preambles.find((one) => fixed.startsWith(one))
  if (preamble !== undefined) return /^[^:/]+[:/]/.test(fixed.slice(preamble.length))
  return /^[^:/]+[:/][^:/]+[:/]/.test(fixed)
}

function* wildcardSubject(statement: Statement): Iterable<RuleFinding> {
  if (statement.effect !== 'Allow') return
  for (const condition of statement.conditions) {
    if (claim(condition) !== 'sub' || !/^(StringLike|Arn)/.test(condition.operator)) continue
    for (const { text, at } of condition.values)
      if (!namesOwner(text))
        yield {
          at,
          message: `subject \`${text}\` has a wildcard before the owner is complete: anyone who can get a token from this issuer may match it`,
          fix: 'write out the owner up to its separator, such as `repo:acme/docs:*`',
        }
  }
}

/** Keys that do not identify the caller. */
const circumstantial =
  /^aws:(securetransport|currenttime|epochtime|requestedregion|useragent|referer|requesttag\/.*|tagkeys)$/

function* anyone(statement: Statement): Iterable<RuleFinding> {
  const all = statement.principals?.find(({ type, name }) => type === 'AWS' && name.text === '*')
  if (statement.effect !== 'Allow' || all === undefined) return
  if (statement.conditions.some((condition) => pins(condition) && !circumstantial.test(keyOf(condition))))
    return
  yield {
    at: all.name.at,
    message: `${statementLabel(statement)} applies to everyone, including other accounts, and no condition restricts the caller`,
    fix: 'name the principals, or add a condition on `aws:PrincipalArn` or `aws:PrincipalAccount`',
  }
}

function* notPrincipalAllow(statement: Statement): Iterable<RuleFinding> {
  if (statement.effect !== 'Allow' || statement.notPrincipals === undefined) return
  yield {
    ...statementRange(statement),
    message: `${statementLabel(statement)} allows everyone except those listed, including anonymous callers`,
    fix: 'list the allowed principals under `Principal`',
  }
}

/** A role that a whole account may assume leaves the choice to that account's administrators. */
function* accountTrusted(statement: Statement, { kind }: { readonly kind: string }): Iterable<RuleFinding> {
  if (kind !== 'trust' || statement.effect !== 'Allow' || statement.conditions.length > 0) return
  for (const { type, name } of statement.principals ?? [])
    if (type === 'AWS' && /^(\d{12}|arn:[^:]*:iam::\d{12}:root)$/.test(name.text))
      yield {
        at: name.at,
        message: `\`${name.text}\` trusts the whole account: anyone it grants \`sts:AssumeRole\` may assume the role`,
        fix: 'name users or roles, or require `sts:ExternalId` or `aws:PrincipalTag/…`',
      }
}

export const trustRules: readonly (readonly [string, Rule])[] = [
  [
    'missing-subject',
    {
      severity: 'error',
      summary: 'a web identity is trusted without a condition on the subject',
      check: perStatement(missingSubject),
    },
  ],
  [
    'missing-audience',
    {
      severity: 'warning',
      summary: 'an external token is accepted without a condition on the audience',
      check: perStatement(missingAudience),
    },
  ],
  [
    'wildcard-subject',
    {
      severity: 'error',
      summary: 'a subject such as `repo:*`, which other owners can match',
      check: perStatement(wildcardSubject),
    },
  ],
  [
    'anyone',
    {
      severity: 'error',
      summary: 'Principal `*` is allowed without a condition on the caller',
      check: perStatement(anyone),
    },
  ],
  [
    'not-principal-allow',
    {
      severity: 'error',
      summary: 'Allow with NotPrincipal admits everyone else',
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
