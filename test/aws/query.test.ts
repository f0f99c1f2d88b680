import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readForm } from '../../src/aws/form.ts'
import { type Structure, serviceModel } from '../../src/aws/model.ts'
import { readInput } from '../../src/aws/query.ts'
import { Problem } from '../../src/problem.ts'
import { processorTime } from '../support/processor-time.ts'

const inputOf = (action: string, form: string) => {
  const service = serviceModel(action.startsWith('Assume') ? 'sts' : 'iam')
  return readInput(service.actions.get(action)?.input, readForm(form))
}
const messageOf = (action: string, form: string): string => {
  try {
    inputOf(action, form)
  } catch (error) {
    assert.ok(error instanceof Problem)
    assert.equal(error.code, 'validation')
    return error.message
  }
  return 'taken'
}

test('strings, lists and structures are read with the names of the model', () => {
  assert.deepEqual(
    inputOf(
      'CreateUser',
      'Action=CreateUser&UserName=alice&Path=/a/&Tags.member.1.Key=k&Tags.member.1.Value=&Tags.member.2.Key=a+b&Tags.member.2.Value=%E1%88%B4',
    ),
    {
      UserName: 'alice',
      Path: '/a/',
      Tags: [
        { Key: 'k', Value: '' },
        { Key: 'a b', Value: '\u1234' },
      ],
    },
  )
})

test('numbers, booleans and timestamps become what they are', () => {
  const form = 'MinimumPasswordLength=12&RequireSymbols=TRUE&HardExpiry=false'
  assert.deepEqual(inputOf('UpdateAccountPasswordPolicy', form), {
    MinimumPasswordLength: 12,
    RequireSymbols: true,
    HardExpiry: false,
  })
})

test('an empty list is written as an empty parameter, gaps close, and the order is the index, not the place', () => {
  const head = 'RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ab'
  assert.deepEqual(inputOf('AssumeRole', `${head}&PolicyArns=`)['PolicyArns'], [])
  const swapped = `&PolicyArns.member.10.arn=arn:aws:iam::aws:policy/b&PolicyArns.member.2.arn=arn:aws:iam::aws:policy/a`
  assert.deepEqual(inputOf('AssumeRole', head + swapped)['PolicyArns'], [
    { arn: 'arn:aws:iam::aws:policy/a' },
    { arn: 'arn:aws:iam::aws:policy/b' },
  ])
})

describe('a list that is written in no way of ours is refused, not passed over: a session would be wider', () => {
  const arn = 'arn:aws:iam::aws:policy/a'
  const written = {
    'an index of 0': `PolicyArns.member.0.arn=${arn}`,
    'a negative index': `PolicyArns.member.-1.arn=${arn}`,
    'a leading zero': `PolicyArns.member.01.arn=${arn}`,
    'a name of the prototype': `PolicyArns.member.__proto__.arn=${arn}`,
    'the flattened form': `PolicyArns.1.arn=${arn}`,
    'another word': `PolicyArns.Member.1.arn=${arn}`,
    'a value of its own': `PolicyArns=${arn}`,
    'a path without end': `PolicyArns${'.a'.repeat(40)}=${arn}`,
    'no index': `PolicyArns.member=${arn}`,
  }
  for (const [title, form] of Object.entries(written)) {
    test(title, () => {
      const message = messageOf(
        'AssumeRole',
        `RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ab&${form}`,
      )
      assert.match(
        message,
        /at 'policyArns' failed to satisfy constraint: Members must be written as member\.N/,
      )
    })
  }
})

test('what the model does not know is passed over, whatever its name', () => {
  const strange =
    '&Foo=1&__proto__=1&constructor.prototype.x=1&UserName.member.1=x&a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q=1'
  const input = inputOf('CreateUser', `UserName=alice${strange}`)
  assert.deepEqual(input, { UserName: 'alice' })
  assert.equal(Object.getPrototypeOf(input), Object.prototype)
  assert.equal(({} as Record<string, unknown>)['x'], undefined)
})

describe("validation errors have AWS's messages", () => {
  const names: readonly [action: string, form: string, message: string][] = [
    [
      'CreateUser',
      '',
      "1 validation error detected: Value null at 'userName' failed to satisfy constraint: Member must not be null",
    ],
    [
      'CreateUser',
      'UserName=a/b',
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    ],
    [
      'CreateUser',
      'UserName=ada&Path=eng',
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    ],
    [
      'UntagUser',
      'UserName=ada&TagKeys.member.1=%21',
      "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]",
    ],
    [
      'CreateUser',
      `UserName=${'a'.repeat(65)}`,
      `1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      'CreateUser',
      'UserName=&Path=x',
      "3 validation errors detected: Value at 'path' failed to satisfy constraint: Member must satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F); Value at 'userName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    ],
    [
      'UpdateAccountPasswordPolicy',
      'MaxPasswordAge=1096&MinimumPasswordLength=129&PasswordReusePrevention=25',
      "3 validation errors detected: Value at 'minimumPasswordLength' failed to satisfy constraint: Member must have value less than or equal to 128; Value at 'passwordReusePrevention' failed to satisfy constraint: Member must have value less than or equal to 24; Value at 'maxPasswordAge' failed to satisfy constraint: Member must have value less than or equal to 1095",
    ],
    [
      'CreateOpenIDConnectProvider',
      `Url=${'b'.repeat(256)}&ThumbprintList.member.1=${'b'.repeat(41)}&ClientIDList.member.1=${'b'.repeat(256)}`,
      "3 validation errors detected: Value at 'clientIDList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 1]; Value at 'thumbprintList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 40, Member must have length greater than or equal to 40]; Value at 'url' failed to satisfy constraint: Member must have length less than or equal to 255",
    ],
    [
      'CreateUser',
      'UserName=a&Tags.member.1.Value=x',
      "1 validation error detected: Value null at 'tags.1.member.key' failed to satisfy constraint: Member must not be null",
    ],
    [
      'UpdateAccessKey',
      'AccessKeyId=AKIA0000000000000000&Status=Gone',
      "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive, Expired]",
    ],
    [
      'ListUsers',
      'MaxItems=0',
      "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'ListUsers',
      'MaxItems=1e3',
      "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must be an integer",
    ],
    [
      'ChangePassword',
      'OldPassword=x&NewPassword=%01',
      "1 validation error detected: Value at 'newPassword' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+",
    ],
  ]
  for (const [action, form, message] of names)
    test(`${action} ${form.slice(0, 40)}`, () => assert.equal(messageOf(action, form), message))
})

describe('a form that can be read two ways, or not at all, is refused', () => {
  const cases: readonly [title: string, form: Buffer | string, says: RegExp][] = [
    ['a parameter twice', 'UserName=a&UserName=b', /'UserName' was given more than once/],
    ['a parameter twice, one escaped', 'UserName=a&User%4Eame=b', /more than once/],
    ['a broken escape', 'UserName=%zz', /not well-formed/],
    ['UTF-8 broken in escapes', 'UserName=%ff%fe', /not well-formed/],
    ['UTF-8 broken in bytes', Buffer.from([0x61, 0x3d, 0xff]), /not valid UTF-8/],
    ['NUL', 'UserName=a%00b', /NUL/],
    ['100,000 parameters', Array.from({ length: 100_000 }, (_, i) => `a${i}=1`).join('&'), /More than 5000/],
  ]
  for (const [title, form, says] of cases)
    test(title, () =>
      assert.throws(
        () => readForm(form),
        (e) => e instanceof Problem && says.test(e.message),
      ),
    )
})

test('names from prototypes are ordinary parameters', () => {
  const form = readForm('__proto__=a&constructor=b&toString=c')
  assert.deepEqual(
    [...form],
    [
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
    ],
  )
})

test('a long hostile text costs no time', () => {
  const spent = processorTime(() => {
    messageOf(
      'UploadServerCertificate',
      `ServerCertificateName=a&Path=${'/a'.repeat(100_000)}!&CertificateBody=a&PrivateKey=a`,
    )
    messageOf('CreateUser', `UserName=a&${'Tags.member.1'.repeat(50_000)}=1`)
  })
  assert.ok(spent < 1000, `${spent} ms`)
})

test('maps, timestamps and blobs are read', () => {
  const form =
    'TemplateArn=x&ReplacementValues.entry.1.key=__proto__&ReplacementValues.entry.1.value.Values.member.1=v&ReplacementValues.entry.2.key=a'
  const { ReplacementValues } = inputOf('AcquireRole', form) as { ReplacementValues: object }
  assert.deepEqual(Object.keys(ReplacementValues), ['__proto__'])
  assert.equal(Object.getPrototypeOf(ReplacementValues), Object.prototype)
  const shape = (type: 'timestamp' | 'blob' | 'boolean'): Structure => ({
    type: 'structure',
    members: [
      {
        name: 'X',
        required: true,
        shape: {
          type,
          min: undefined,
          max: undefined,
          pattern: undefined,
          enum: undefined,
          sensitive: false,
        },
      },
    ],
  })
  const taken = (type: 'timestamp' | 'blob' | 'boolean', text: string) =>
    readInput(shape(type), new Map([['X', text]]))['X']
  assert.deepEqual(taken('timestamp', '2026-01-02T03:04:05Z'), new Date(Date.UTC(2026, 0, 2, 3, 4, 5)))
  assert.deepEqual(taken('blob', 'QUJD'), Buffer.from('ABC'))
  for (const [type, text] of [
    ['timestamp', 'yesterday'],
    ['timestamp', '2026-13-45T99:99:99Z'],
    ['blob', '*'],
    ['boolean', 'yes'],
  ] as const)
    assert.throws(() => taken(type, text), { code: 'validation' })
})
