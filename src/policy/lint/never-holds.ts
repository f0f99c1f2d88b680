// Statements that can never apply: condition keys and actions that no request has, misspelt variables, malformed ARNs.
import type { Statement, Written } from '../language/document.ts'
import { perStatement, type Rule, type RuleFinding, statementLabel } from './finding.ts'
import { coversAction } from './trust-rules.ts'

/** Prefixes of keys that are of no outside issuer. */
const ownPrefixes = new Set(['aws', 'sts', 'iam', 'saml', 'ldap'])

/** The issuer of an OpenID provider's ARN; undefined for other names. */
const issuerOf = (provider: string): string | undefined => /:oidc-provider\/(.+)$/.exec(provider)?.[1]

/** A trusted token has claims of its own issuer only, under keys without `https://`. */
function* foreignKey(statement: Statement, { kind }: { readonly kind: string }): Iterable<RuleFinding> {
  if (kind !== 'trust') return
  const federated = (statement.principals ?? []).filter(({ type }) => type === 'Federated')
  const issuers = federated.flatMap(({ name }) => issuerOf(name.text) ?? [])
  const [first] = issuers
  if (first === undefined || issuers.length !== federated.length) return
  for (const { key } of statement.conditions) {
    const claim = key.text.slice(key.text.lastIndexOf(':') + 1)
    const prefix = key.text.slice(0, Math.max(0, key.text.lastIndexOf(':')))
    if (prefix === '' || ownPrefixes.has(prefix.toLowerCase())) continue
    if (issuers.some((issuer) => key.text.toLowerCase().startsWith(`${issuer.toLowerCase()}:`))) continue
    yield {
      at: key.at,
      message: /^https?:\/\//i.test(prefix)
        ? `no token has the key \`${key.text}\`: keys are written without \`https://\``
        : `no token of \`${first}\` has the key \`${key.text}\`, which is of another issuer`,
      fix: `write \`${first}:${claim}\``,
    }
  }
}

const federatedActions = [
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithLDAPIdentity',
]

/** A federated principal has no credentials that could sign sts:AssumeRole. */
function* federatedAssumeRole(
  statement: Statement,
  { kind }: { readonly kind: string },
): Iterable<RuleFinding> {
  const federated = statement.principals?.find(({ type }) => type === 'Federated')?.name
  if (kind !== 'trust' || statement.effect !== 'Allow' || federated === undefined) return
  if (!coversAction(statement, 'sts:AssumeRole')) return
  if (federatedActions.some((action) => coversAction(statement, action))) return
  const action = federated.text.includes(':saml-provider/') ? federatedActions[1] : federatedActions[0]
  yield {
    at: federated.at,
    message: `${statementLabel(statement)} never applies: a federated principal cannot call \`sts:AssumeRole\``,
    fix: `write \`${action}\``,
  }
}

/** Variables that single-valued keys of every request have, and those of `aws:` with a name after a slash. */
const awsVariables = new Set(
  `username userid principalaccount principalarn principaltype principalorgid principalisawsservice sourceip sourceidentity
   sourcearn sourceaccount sourcevpc sourcevpce sourceorgid vpcsourceip securetransport currenttime epochtime tokenissuetime
   multifactorauthpresent multifactorauthage requestedregion useragent referer federatedprovider resourceaccount resourceorgid
   viaawsservice calledviafirst calledvialast ec2instancesourcevpc ec2instancesourceprivateipv4`.split(/\s+/),
)

function* unknownVariable(statement: Statement): Iterable<RuleFinding> {
  const texts: readonly Written[] = [
    ...(statement.resources ?? []),
    ...(statement.notResources ?? []),
    ...statement.conditions.flatMap(({ values }) => values),
  ]
  for (const { text, at } of texts)
    for (const [written, prefix = '', name = ''] of text.matchAll(/\$\{(aws|jwt):([^},]+)[^}]*\}/gi)) {
      const known =
        prefix.toLowerCase() === 'aws' && (name.includes('/') || awsVariables.has(name.toLowerCase()))
      // A default applies instead: `${aws:key, 'none'}`.
      if (known || written.includes(',')) continue
      yield {
        at,
        message: `no request has a value for \`${written}\`, so \`${text}\` never matches`,
        fix:
          prefix.toLowerCase() === 'jwt'
            ? 'write the issuer before the claim, such as `${token.example.com:sub}`'
            : 'correct the name, such as `${aws:username}`',
      }
    }
}

/** A blank or semicolon in the first five parts of an ARN, or at its ends, is a slip. */
function* blankInArn(statement: Statement): Iterable<RuleFinding> {
  const principals = (statement.principals ?? []).map(({ name }) => name)
  for (const { text, at } of [
    ...(statement.resources ?? []),
    ...(statement.notResources ?? []),
    ...principals,
  ]) {
    if (!/^\s*arn:/.test(text)) continue
    if (!/[\s;]/.test(text.split(':').slice(0, 5).join(':')) && !/^\s|[\s;]$/.test(text)) continue
    yield {
      at,
      message: `\`${text}\` has a blank or a semicolon that no ARN has, so it matches nothing`,
      fix: `write \`${text.replace(/[\s;]+/g, '')}\``,
    }
  }
}

const rule = (summary: string, check: Parameters<typeof perStatement>[0]): Rule => ({
  severity: 'error',
  summary,
  check: perStatement(check),
})

export const neverRules: readonly (readonly [string, Rule])[] = [
  [
    'foreign-key',
    rule('a trust policy tests a claim of another issuer, or a key with `https://`', foreignKey),
  ],
  ['federated-assume-role', rule('a federated principal with `sts:AssumeRole` alone', federatedAssumeRole)],
  ['unknown-variable', rule('a policy variable that no request has a value for', unknownVariable)],
  ['blank-in-arn', rule('an ARN with a blank or a semicolon', blankInArn)],
]
