// Policy documents as AWS answered them when they were saved (recorded in 2026): those it refuses with its sentence, and those it
// accepts. Where this server differs on purpose, the row says why.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openIamFixture, trusting } from '../fixture.ts'

const bucket = 'arn:aws:s3:::example_bucket'
const statement = { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket }
/** The statement with these members; `undefined` leaves one out. */
const one = (members: object) => ({ Version: '2012-10-17', Statement: { ...statement, ...members } })
const resource = (Resource: unknown) => one({ Resource })
const condition = (Condition: unknown) => one({ Condition })
const date = (value: unknown) => condition({ DateLessThanEquals: { a: value } })
const two = (first: object, second: object) => ({ Version: '2012-10-17', Statement: [first, second] })
const none = undefined

const syntax = 'Syntax errors in policy.'
const version = 'Policy document must be version 2012-10-17 or greater.'
const legacy = 'The policy failed legacy parsing'
const noActions = 'Policy statement must contain actions.'
const noResources = 'Policy statement must contain resources.'
const vendor = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
const colons = 'Actions/Condition can contain only one colon.'
const sids = 'Statement IDs (SID) in a single policy must be unique.'
const notArn = (text: string) => `Resource ${text} must be in ARN format or "*".`
const partition = (name: string, arn: string) => `Partition "${name}" is not valid for resource "${arn}".`
const iamPath =
  'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.'

const refused: readonly (readonly [document: unknown, sentence: string])[] = [
  ['This is not a json document', syntax],
  [one({ Action: 's3:ListBucket' }).Statement, syntax],
  [{ Statement: statement }, version],
  [{ Version: '2008-10-17', Statement: statement }, version],
  [{ Version: '2013-10-17', Statement: statement }, syntax],
  [{}, syntax],
  [{ Version: '2012-10-17' }, syntax],
  [{ Version: '2012-10-17', Statement: null }, syntax],
  [{ Version: '2012-10-17', Statement: 'hello' }, syntax],
  [{ Version: '2012-10-17', Statement: ['afd'] }, syntax],
  [{ Version: '2012-10-17', Statement: [] }, syntax],
  [{ ...one({}), 'Extra field': 'value' }, syntax],
  [one({ 'Extra field': 'value' }), syntax],
  [{ ...one({}), Id: ['a'] }, syntax],
  [{ ...one({}), Id: {} }, syntax],
  [one({ Effect: 'invalid' }), syntax],
  [one({ Effect: none }), syntax],
  [one({ Action: 'invalid' }), vendor],
  [one({ Action: none, NotAction: '' }), vendor],
  [one({ Action: '' }), vendor],
  [one({ Action: 'a a:ListBucket' }), 'Vendor a a is not valid'],
  [one({ Action: ':GetObject' }), 'Vendor  is not valid'],
  [one({ Action: 'iam :Get' }), 'Vendor iam  is not valid'],
  [one({ Action: 's3:List:Bucket' }), colons],
  [two({ ...statement, Action: 'docs:Read' }, { ...statement, Action: 'iam:3s:ListBucket' }), colons],
  [resource('invalid resource'), notArn('invalid resource')],
  [one({ Action: 'account:EnableRegion', Resource: '' }), notArn('')],
  [one({ Action: 's3:3:ListBucket', Resource: 'sdfsadf' }), notArn('sdfsadf')],
  [resource(['adf']), notArn('adf')],
  [resource(''), notArn('')],
  [one({ Resource: none, NotResource: 'invalid' }), notArn('invalid')],
  [resource('a:bsdfdsafsad'), partition('bsdfdsafsad', 'arn:bsdfdsafsad:*:*:*:*')],
  [resource('a:b:cadfsdf'), partition('b', 'arn:b:cadfsdf:*:*:*')],
  [resource('a:b:c:d:e:f:g:h'), partition('b', 'arn:b:c:d:e:f:g:h')],
  [resource('aws:s3:::example_bucket'), partition('s3', 'arn:s3:::example_bucket:*')],
  [resource('s3::example-bucket/*'), partition('', 'arn::example-bucket/*:*:*:*')],
  [resource('arn:aws2:s3:::b/*'), partition('aws2', 'arn:aws2:s3:::b/*')],
  [
    resource(['arn:error:s3:::example_bucket', 'arn:error:s3::example_bucket']),
    partition('error', 'arn:error:s3:::example_bucket'),
  ],
  [one({ Resource: none }), noResources],
  [resource([]), noResources],
  [one({ Action: 'invalid', Resource: none }), noResources],
  [one({ Action: none }), noActions],
  [one({ Action: none, Resource: none }), noActions],
  [one({ Action: [] }), noActions],
  [two({ Effect: 'Deny' }, statement), noActions],
  [resource('arn:aws:iam:::example_bucket'), iamPath],
  [resource('arn:aws:iam::123456789012:*/deploy-*'), iamPath],
  [resource('arn:aws:s3::example_bucket'), legacy],
  [one({ Action: none, Resource: 'arn:aws:s3::example_bucket' }), legacy],
  [resource('arn:aws'), 'Resource vendor must be fully qualified and cannot contain regexes.'],
  [resource('arn:aws:s*:::b'), 'Resource vendor must be fully qualified and cannot contain regexes.'],
  [resource({ a: bucket }), syntax],
  [resource(['adfdf', {}]), syntax],
  [one({ NotResource: [] }), syntax],
  [one({ NotResource: '*' }), syntax],
  [one({ Action: [[]] }), syntax],
  [one({ Action: 123 }), syntax],
  [one({ Action: [], NotAction: 's3:ListBucket' }), syntax],
  [one({ Action: {} }), syntax],
  [condition([]), syntax],
  [condition('a'), syntax],
  [condition({ a: 'b' }), syntax],
  [condition({ DateGreaterThan: 'b' }), syntax],
  [condition({ DateGreaterThan: [] }), syntax],
  [condition({ DateGreaterThan: { a: {} } }), syntax],
  [one({ Action: none, Condition: { DateGreaterThan: { a: {} } } }), syntax],
  [condition({ x: { a: '1' } }), syntax],
  [condition({ 'ForAnyValue::StringEqualsIfExists': { a: 'asf' } }), syntax],
  [condition([{ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'Department' } }]), syntax],
  [
    resource('arn:aws:iam:us-east-1::example_bucket'),
    'IAM resource arn:aws:iam:us-east-1::example_bucket cannot contain region information.',
  ],
  [
    resource('arn:aws:s3:us-east-1::example_bucket'),
    'Resource arn:aws:s3:us-east-1::example_bucket can not contain region information.',
  ],
  [one({ Sid: {} }), syntax],
  [one({ Sid: [] }), syntax],
  [one({ Sid: 'a b' }), 'Statement IDs (SID) must be alpha-numeric.'],
  [two({ ...statement, Sid: 'sdf' }, { Sid: 'sdf', Effect: 'Allow' }), sids],
  [
    {
      Statement: [
        { ...statement, Sid: 'sdf' },
        { Sid: 'sdf', Effect: 'Allow' },
      ],
    },
    version,
  ],
  [one({ Effect: 'denY' }), legacy],
  [one({ Effect: 'allow', Action: none, Resource: 'arn:aws:s3:us-east-1::example_bucket' }), legacy],
  [two({ ...statement, Sid: 'sdf', Effect: 'aLLow' }, { Sid: 'sdf', Effect: 'Allow' }), legacy],
  [date('sdfdsf'), legacy],
  [{ Statement: { ...statement, Condition: { DateGreaterThan: { a: 'sdfdsf' } } } }, version],
  [{ Statement: { ...statement, Effect: 'denY' } }, version],
  [one({ Action: none, Resource: none, Condition: { DateGreaterThan: { a: 'sdfdsf' } } }), legacy],
  [one({ Resource: 'arn:error:s3:::b', Condition: { DateGreaterThan: { a: 'sdfdsf' } } }), legacy],
  [resource('arn:aws::::example_bucket'), legacy],
  [one({ Resource: none, NotResource: 'arn:aws:s3::example_bucket' }), legacy],
  [resource('arn:aws::fdsasf'), legacy],
  [date('234-13'), legacy],
  [date('2016-12-13t2:00:00.593194+1'), legacy],
  [date('2016-12-13t2:00:00.1999999999+10:59'), legacy],
  [date('9223372036854775808'), legacy],
  [one({ Principal: '*' }), 'Policy document should not specify a principal.'],
  [one({ NotPrincipal: { AWS: '*' } }), 'Policy document should not specify a principal.'],
]

const accepted: readonly unknown[] = [
  resource([bucket]),
  one({ Action: 'iam: asdf safdsf af ' }),
  resource([bucket, '*']),
  one({ Action: '*' }),
  { Version: '2012-10-17', Statement: [statement] },
  one({ Action: 'service-prefix:action-name', Resource: '*' }),
  one({ Action: 'fsx:ListBucket' }),
  resource('arn:aws:iam:::user/example_bucket'),
  resource('arn:aws:iam::123456789012:root'),
  resource('arn:aws:iam::*:*'),
  resource('arn:aws:iam::${aws:PrincipalAccount}:role/${aws:username}/*'),
  resource('arn:*:s3:::example_bucket'),
  resource('arn:aws-cn:s3:::example_bucket'),
  resource('arn:aws:s33:::example_bucket'),
  resource('arn:aws:fdsasf'),
  resource('arn:aws:s3:us-east-1:123456789012:accesspoint/reports'),
  resource('arn:aws:s3:*:123456789012:accesspoint/*/object/*'),
  condition({}),
  condition({ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'Department' } }),
  resource('arn:aws:cloudwatch:us-east-1::example_bucket'),
  resource('arn:aws:ec2:us-east-1::example_bucket'),
  resource('arn:aws:ec2:region:account-id:instance/*'),
  resource('arn:aws:rds:region:*:*'),
  resource('arn:aws:invalid-service:::example_bucket'),
  resource('arn:aws:invalid-service:us-east-1::example_bucket'),
  resource('arn:aws:kms:us-east-1:${aws:PrincipalAccount}:key/*'),
  condition({ DateGreaterThan: {} }),
  condition({ DateGreaterThan: { a: [] } }),
  condition({ a: {} }),
  condition({ x: {}, y: {} }),
  one({ Sid: 'dsfsdfsdfsdfsdfsadfsd' }),
  one({ Action: none, NotAction: 's3:ListBucket' }),
  one({ Effect: 'Deny', Resource: none, NotResource: [`${bucket}/Payroll`, `${bucket}/Payroll/*`] }),
  one({ Action: none, NotAction: 's3:ListBucket', Resource: none, NotResource: '*' }),
  { ...one({}), Id: 'sdfsdfsdf' },
  one({ Action: 'aaaaaadsfdsafsadfsadfaaaaa:ListBucket' }),
  one({ Action: 's3-s:ListBucket' }),
  one({ Action: 's3.s:ListBucket' }),
  two({ ...statement, Sid: 'sdf' }, statement),
  two({ ...statement, Sid: '' }, { ...statement, Sid: '' }),
  date('01T'),
  date('2019-07-01T13:20:15Z'),
  date('2016-12-13T21:20:37.593194+00:00'),
  date('2016-12-13t2:00:00.593194+23'),
  date('-292275054'),
  date('9223372036854775807'),
  date('2017-07-01T'),
  date('2017-07-01T00:00:00+23'),
  condition({ IpAddress: { 'aws:SourceIp': ['192.000.002.0/24', '192.0.2.0/+24'] } }),
  condition({ StringEqualsIfExists: { a: 'asf' } }),
  condition({ 'ForAnyValue:StringEqualsIfExists': { a: 'asf' } }),
  condition({ StringLike: { 's3:prefix': ['', 'home/', 'home/${aws:userid}/*'] } }),
  // Names of this server's own services are free: resources without ARN, actions with colons.
  one({ Action: 'docs:Read', Resource: ['handbook/*', 'docs:handbook/1', 'my-bucket/*'] }),
  one({ Action: ['s3:GetObject', 'docs:Read'], Resource: [bucket, 'handbook/1'] }),
  one({ Action: 'docs:Read:Deep', Resource: '*' }),
  resource('arn:aws:iam::123456789012:ldap-provider/staff'),
]

const textOf = (document: unknown) => (typeof document === 'string' ? document : JSON.stringify(document))

test('a managed policy that AWS refuses is refused with its sentence and the place of each fault', {
  timeout: 60_000,
}, async (t) => {
  const { iam, root } = await openIamFixture(t)
  for (const [document, sentence] of refused)
    await t.test(textOf(document), async () => {
      const made = iam.createPolicy(root, { policyName: 'p', document: textOf(document) })
      await assert.rejects(made, (error: Error & { code: string }) => {
        assert.equal(error.code, 'malformed_policy')
        assert.ok(error.message.startsWith(sentence), error.message)
        assert.match(error.message, / policy document has \d+ faults?: line \d+, column \d+: /)
        return true
      })
    })
})

test('a policy that AWS accepts is accepted, managed and inline', { timeout: 60_000 }, async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  for (const [index, document] of accepted.entries())
    await t.test(textOf(document), async () => {
      await iam.createPolicy(root, { policyName: `p${index}`, document: textOf(document) })
      await iam.putUserPolicy(root, { name: 'u', policyName: 'p', document: textOf(document) })
      const kept = await iam.getUserPolicy(root, { name: 'u', policyName: 'p' })
      assert.equal(kept.document, textOf(document))
    })
})

test('an inline policy needs no Version; its other faults have their own sentence', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  const put = (document: unknown) =>
    iam.putUserPolicy(root, { name: 'u', policyName: 'p', document: textOf(document) })
  await put({ Statement: statement })
  await put({ Version: '2008-10-17', Statement: statement })
  await assert.rejects(put({ Statement: { Effect: 'Allow', Action: 's3:ListBucket' } }), (error: Error) =>
    error.message.startsWith(noResources),
  )
  await assert.rejects(put(resource('arn:aws:iam:::example_bucket')), (error: Error) =>
    error.message.startsWith(iamPath),
  )
})

const trust = (members: object) => JSON.parse(trusting({ AWS: '*' }, members)) as object
const actionsOfTrust = 'AssumeRole policy may only specify STS AssumeRole actions.'
const refusedTrust: readonly (readonly [document: unknown, sentence: string])[] = [
  ['{invalid', 'This policy contains invalid Json'],
  [{ Version: '2013-10-17', Statement: [] }, 'The policy must contain a valid version string'],
  [{ Version: '2012-10-17', Statement: [] }, 'Could not parse the policy: Statement is empty!'],
  [trust({ Effect: none }), 'Missing required field Effect'],
  [trust({ Effect: 'allow' }), 'Invalid effect: allow'],
  [trust({ Principal: none }), 'Missing required field Principal'],
  [trust({ Principal: {} }), 'Missing required field Principal cannot be empty!'],
  [trust({ Principal: none, NotPrincipal: { AWS: '*' } }), 'Allow with NotPrincipal is not allowed.'],
  [trust({ Action: none }), 'Missing required field Action'],
  [trust({ Action: [] }), 'Missing required field Action'],
  [trust({ Resource: '*' }), 'Has prohibited field Resource'],
  [trust({ NotResource: '*' }), 'AssumeRole policy must not contain resources.'],
  [trust({ Action: 's3:GetObject' }), actionsOfTrust],
  [trust({ Action: '*' }), actionsOfTrust],
  [trust({ Action: 'sts:InvalidAction' }), actionsOfTrust],
  [trust({ Action: ['sts:AssumeRole', 'sts:InvalidAction'] }), actionsOfTrust],
  [trust({ Extra: 1 }), syntax],
]
const acceptedTrust: readonly unknown[] = [
  trust({}),
  trust({ Principal: '*' }),
  trust({ Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity', 'sts:SetContext'] }),
  trust({ Action: 'STS:assumerole' }),
  trust({ Sid: 'a', Condition: {} }),
  { Statement: (trust({}) as { Statement: unknown }).Statement },
]

test('a trust policy that AWS refuses is refused with its sentence, on create and on update', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createRole(root, { roleName: 'kept', trust: trusting({ AWS: '*' }) })
  for (const [document, sentence] of refusedTrust)
    await t.test(textOf(document), async () => {
      const begins = (error: Error & { code: string }) =>
        error.code === 'malformed_policy' && error.message.startsWith(sentence)
      await assert.rejects(iam.createRole(root, { roleName: 'r', trust: textOf(document) }), begins)
      await assert.rejects(
        iam.updateAssumeRolePolicy(root, { roleName: 'kept', trust: textOf(document) }),
        begins,
      )
    })
  for (const [index, document] of acceptedTrust.entries())
    await t.test(`accepted: ${textOf(document)}`, () =>
      iam.createRole(root, { roleName: `r${index}`, trust: textOf(document) }).then(() => undefined),
    )
})

test('sizes are counted without white space', async (t) => {
  const { iam, root } = await openIamFixture(t)
  const filled = (size: number) => {
    const text = textOf(one({ Sid: '' }))
    return text.replace('"Sid":""', `"Sid":"${'x'.repeat(size - text.length)}"`)
  }
  const spaced = (size: number) => filled(size).replaceAll('","', '"\n \t,  \r\n "')
  await iam.createPolicy(root, { policyName: 'full', document: spaced(6144) })
  await assert.rejects(iam.createPolicy(root, { policyName: 'more', document: filled(6145) }), {
    code: 'limit_exceeded',
    message: /^Cannot exceed quota for PolicySize: 6144/,
  })
})

test('a document that is hostile is refused in time linear in its length', async (t) => {
  const { iam, root } = await openIamFixture(t)
  await iam.createUser(root, { userName: 'u' })
  for (const part of ['${', 'arn:', ':', '${a:', '*', '${a}:'])
    for (const document of [
      resource(`arn:aws:iam${part.repeat(20_000)}`),
      resource(part.repeat(20_000)),
      one({ Action: part.repeat(20_000) }),
      date(part.repeat(20_000)),
    ])
      await assert.rejects(
        iam.putUserPolicy(root, { name: 'u', policyName: 'p', document: textOf(document) }),
      )
})
