// Documents for every rule of the linter.
import type { DocumentKind } from '../../src/policy/language/document.ts'

export const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
/** A policy of one statement. */
export const allow = (Action: unknown, Resource: unknown = '*', Condition?: object) =>
  policy({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) })
const when = (effect: string, Condition: object) =>
  policy({ Effect: effect, Action: 'docs:*', Resource: 'arn:aws:docs:::*', Condition })
const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'
const issuer = 'token.actions.githubusercontent.com'
const webIdentity = (Condition: object, Federated = provider) =>
  policy({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated }, Condition })
const subject = (sub: string) =>
  webIdentity({ StringEquals: { [`${issuer}:aud`]: 'x' }, StringLike: { [`${issuer}:sub`]: sub } })
const trust = (Principal: unknown, more: object = {}) =>
  policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more })
const both = {
  StringEquals: { [`${issuer}:aud`]: 'x', [`${issuer}:sub`]: 'repo:acme/docs:ref:refs/heads/main' },
}
const big = (length: number) =>
  allow(
    Array.from({ length }, (_, at) => `docs:Action${at}`),
    'arn:aws:docs:::*',
  )

/** Rule, kind, what it tells of, what is nearest to that and fine. */
export const lintCases: readonly [string, DocumentKind, string, string][] = [
  ['missing-subject', 'trust', webIdentity({ StringEquals: { [`${issuer}:aud`]: 'x' } }), webIdentity(both)],
  [
    'missing-subject',
    'trust',
    webIdentity({ StringEqualsIfExists: { [`${issuer}:sub`]: 'x' } }),
    webIdentity({ StringEquals: { [`${issuer}:SUB`]: 'x' } }),
  ],
  [
    'foreign-key',
    'trust',
    webIdentity({ StringEquals: { [`https://${issuer}:sub`]: 'repo:acme/docs:x' } }),
    webIdentity(both),
  ],
  ['foreign-key', 'trust', webIdentity({ StringEquals: { 'gitlab.com:sub': 'x' } }), webIdentity(both)],
  ['no-effect', 'identity', allow('docs:Get It', '*'), allow('docs:GetIt', '*')],
  ['no-effect', 'identity', allow('docs:Get', 'arn:aws:docs'), allow('docs:Get', 'arn:aws:docs:::x')],
  [
    'no-effect',
    'identity',
    policy({ Effect: 'Allow', Action: 'docs:Get', Resource: '*', Condition: { StringEquals: {} } }),
    policy({ Effect: 'Allow', Action: 'docs:Get', Resource: '*' }),
  ],
  [
    'no-effect',
    'identity',
    policy({
      Effect: 'Allow',
      Action: 'docs:Get',
      Resource: '*',
      Condition: { StringEquals: { 'docs:owner': [] } },
    }),
    policy({
      Effect: 'Allow',
      Action: 'docs:Get',
      Resource: '*',
      Condition: { StringEquals: { 'docs:owner': ['ada'] } },
    }),
  ],
  ['federated-assume-role', 'trust', trust({ Federated: provider }), webIdentity(both)],
  [
    'unknown-variable',
    'identity',
    allow('docs:*', 'arn:aws:docs:::${aws:usrname}/*'),
    allow('docs:*', 'arn:aws:docs:::${aws:username}/${aws:PrincipalTag/team}'),
  ],
  [
    'unknown-variable',
    'identity',
    allow('docs:*', 'arn:aws:docs:::${jwt:sub}/*'),
    allow('docs:*', 'arn:aws:docs:::${ci.example:sub}/*'),
  ],
  ['blank-in-arn', 'identity', allow('docs:*', 'arn:aws:docs:::a; '), allow('docs:*', 'arn:aws:docs:::a b')],
  ['missing-audience', 'trust', webIdentity({ StringEquals: { [`${issuer}:sub`]: 'x' } }), webIdentity(both)],
  ['wildcard-subject', 'trust', subject('repo:*'), subject('repo:acme/docs:*')],
  ['wildcard-subject', 'trust', subject('*'), subject('repo:acme/*')],
  ['wildcard-subject', 'trust', subject('repo:acme*/docs:*'), subject('project_path:acme/docs:ref_type:*')],
  [
    'wildcard-subject',
    'trust',
    subject('system:serviceaccount:*:web'),
    subject('system:serviceaccount:web:*'),
  ],
  [
    'anyone',
    'trust',
    trust('*'),
    trust('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': '1' } } }),
  ],
  [
    'anyone',
    'resource',
    policy({
      Effect: 'Allow',
      Principal: '*',
      Action: 'docs:Get',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    }),
    policy({ Effect: 'Deny', Principal: '*', Action: 'docs:Get', Resource: '*' }),
  ],
  [
    'not-principal-allow',
    'resource',
    policy({ Effect: 'Allow', NotPrincipal: { AWS: '111122223333' }, Action: 'docs:Get', Resource: '*' }),
    policy({ Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Action: 'docs:Get', Resource: '*' }),
  ],
  [
    'account-trusted',
    'trust',
    trust({ AWS: '111122223333' }),
    trust({ AWS: '111122223333' }, { Condition: { StringEquals: { 'sts:ExternalId': 'x1' } } }),
  ],
  [
    'for-all-values',
    'identity',
    when('Allow', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }),
    when('Allow', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'AWS:TagKeys': 'false' } }),
  ],
  [
    'for-all-values',
    'identity',
    when('Allow', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, Null: { 'aws:TagKeys': 'true' } }),
    when('Deny', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }),
  ],
  [
    'mfa-deny',
    'identity',
    when('Deny', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }),
    when('Deny', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
  ],
  [
    'mfa-allow',
    'identity',
    when('Allow', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }),
    when('Allow', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  ],
  [
    'holds-when-missing',
    'identity',
    when('Allow', { StringNotEquals: { 'docs:Stage': 'draft' } }),
    when('Allow', { StringNotEquals: { 'docs:Stage': 'draft' }, Null: { 'docs:Stage': 'false' } }),
  ],
  [
    'literal-wildcard',
    'identity',
    when('Allow', { StringEquals: { 'docs:Name': 'a*' } }),
    when('Allow', { StringLike: { 'docs:Name': 'a*' } }),
  ],
  [
    'list-needs-set',
    'identity',
    when('Allow', { StringEquals: { 'aws:TagKeys': 'a' } }),
    when('Allow', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }),
  ],
  [
    'arn-value',
    'identity',
    when('Allow', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::role/*' } }),
    when('Allow', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }),
  ],
  [
    'not-action-allow',
    'identity',
    policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: 'arn:aws:docs:::*' }),
    policy({ Effect: 'Deny', NotAction: 'docs:*', Resource: '*' }),
  ],
  [
    'not-resource-allow',
    'identity',
    policy({ Effect: 'Allow', Action: 'docs:*', NotResource: 'arn:aws:docs:::secret/*' }),
    policy({ Effect: 'Deny', Action: 'docs:*', NotResource: 'arn:aws:docs:::open/*' }),
  ],
  ['allows-everything', 'identity', allow('*'), allow('*', 'arn:aws:docs:::*')],
  ['action-prefix', 'identity', allow('s*:Get', 'x'), allow('s3:Get*', 'x')],
  ['action-prefix', 'identity', allow('Docs:Get', 'x'), allow('docs:Get', 'x')],
  ['action-prefix', 'identity', allow('ima:GetUser', 'x'), allow('iot:GetThing', 'x')],
  ['action-prefix', 'identity', allow('docs_v1:Get', 'x'), allow('docs-v1:Get', 'x')],
  ['resource-name', 'identity', allow('docs:*', 'ARN:aws:docs:::x'), allow('docs:*', 'arn:aws:docs:::x')],
  [
    'resource-name',
    'identity',
    allow('docs:*', 'arn:aws:docs:1234:x:y'),
    allow('docs:*', 'arn:aws:docs:eu::y'),
  ],
  ['resource-name', 'identity', allow('docs:*', ' x'), allow('docs:*', 'x')],
  [
    'resource-name',
    'identity',
    allow('iam:GetUser', 'arn:aws:iam:eu:111122223333:user/x'),
    allow('iam:GetUser', 'arn:aws:iam::111122223333:user/x'),
  ],
  [
    'old-version',
    'identity',
    '{"Statement":{"Effect":"Allow","Action":"docs:Get","Resource":"home/${aws:username}"}}',
    allow('docs:Get', 'home/${aws:username}'),
  ],
  ['size', 'identity', big(400), big(20)],
  ['privilege-escalation', 'identity', allow('iam:PutUserPolicy'), allow('iam:GetUserPolicy')],
  [
    'privilege-escalation',
    'identity',
    allow('iam:AttachRolePolicy'),
    allow('iam:AttachRolePolicy', '*', {
      ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    }),
  ],
  [
    'privilege-escalation',
    'identity',
    allow('sts:AssumeRole'),
    allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/reader'),
  ],
  [
    'privilege-escalation',
    'identity',
    allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/*'),
    allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/${aws:username}'),
  ],
  ['privilege-escalation', 'identity', allow('iam:*', '*'), allow('*', '*')],
  [
    'unreachable',
    'identity',
    policy(
      { Effect: 'Allow', Action: 'docs:Get', Resource: '*' },
      { Effect: 'Deny', Action: 'docs:*', Resource: '*' },
    ),
    policy(
      { Effect: 'Allow', Action: 'docs:*', Resource: '*' },
      { Effect: 'Deny', Action: 'docs:Get', Resource: '*' },
    ),
  ],
]
