import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readForm } from '../../src/aws/form.ts'
import { type Structure, serviceModel } from '../../src/aws/model.ts'
import { readInput } from '../../src/aws/query.ts'
import { Problem } from '../../src/problem.ts'
import { processorTime } from '../support/processor-time.ts'

const inputOf = (action: string, form: string) => {
  const service = action.startsWith('Assume') ? 'sts' : 'iam'
  return readInput(service, serviceModel(service).actions.get(action)?.input, readForm(form))
}
const messageOf = (action: string, form: string, code = 'validation'): string => {
  try {
    inputOf(action, form)
  } catch (error) {
    assert.ok(error instanceof Problem)
    assert.equal(error.code, code)
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
  const form = 'MinimumPasswordLength=12&RequireSymbols=true&HardExpiry=false'
  assert.deepEqual(inputOf('UpdateAccountPasswordPolicy', form), {
    MinimumPasswordLength: 12,
    RequireSymbols: true,
    HardExpiry: false,
  })
})

describe('numbers and booleans are read as by AWS', () => {
  const policyWith = (member: string) => inputOf('UpdateAccountPasswordPolicy', member)
  for (const [text, value] of [
    ['9', 9],
    ['09', 9],
    ['%2B9', 9],
  ])
    test(`number ${text}`, () =>
      assert.deepEqual(policyWith(`MinimumPasswordLength=${text}`), { MinimumPasswordLength: value }))
  for (const text of ['', '+9+', '%099%0A', '9.0', '9e0', '0x9', '2147483648', '-2147483649'])
    test(`no number: '${text}'`, () => {
      const message = messageOf(
        'UpdateAccountPasswordPolicy',
        `MinimumPasswordLength=${text}`,
        'malformed_input',
      )
      assert.equal(message, "Value at 'minimumPasswordLength' must be an integer of 32 bits")
    })
  for (const [text, value] of [
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])
    test(`boolean ${text}`, () =>
      assert.deepEqual(policyWith(`RequireSymbols=${text}`), { RequireSymbols: value }))
  for (const text of ['', '+true', 'true+', '%09true%0A', 'True', 'TRUE', 'False', 'FALSE', 'null', '01'])
    test(`no boolean: '${text}'`, () => {
      const message = messageOf('UpdateAccountPasswordPolicy', `RequireSymbols=${text}`, 'malformed_input')
      assert.equal(message, "Value at 'requireSymbols' must be true or false")
    })
})

test('an empty list is written as an empty parameter, and the order is the index, not the place', () => {
  const head = 'RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ab'
  assert.deepEqual(inputOf('AssumeRole', `${head}&PolicyArns=`)['PolicyArns'], [])
  const swapped = `&PolicyArns.member.02.arn=arn:aws:iam::aws:policy/b&PolicyArns.member.1.arn=arn:aws:iam::aws:policy/a`
  assert.deepEqual(inputOf('AssumeRole', head + swapped)['PolicyArns'], [
    { arn: 'arn:aws:iam::aws:policy/a' },
    { arn: 'arn:aws:iam::aws:policy/b' },
  ])
  assert.deepEqual(inputOf('TagUser', 'UserName=a&Tags.member.01.Key=k&Tags.member.1.Value=v')['Tags'], [
    { Key: 'k', Value: 'v' },
  ])
})

describe('members that are passed over in the numbering have no value', () => {
  const notNull = (path: string) => `Value at '${path}' failed to satisfy constraint: Member must not be null`
  const tag = (index: number) => `&Tags.member.${index}.Key=k&Tags.member.${index}.Value=v`
  const ofTags = (...indexes: number[]) =>
    indexes.flatMap((at) => [`tags.${at}.member.value`, `tags.${at}.member.key`].map(notNull)).join('; ')
  for (const [indexes, message] of [
    [[2], `2 validation errors detected: ${ofTags(1)}`],
    [[3], `4 validation errors detected: ${ofTags(1, 2)}`],
    [[1, 3], `2 validation errors detected: ${ofTags(2)}`],
    [[11], `10 validation errors detected: ${ofTags(1, 2, 3, 4, 5)}`],
  ] as const)
    test(`tags at ${indexes.join(', ')}`, () =>
      assert.equal(messageOf('TagUser', `UserName=a${indexes.map(tag).join('')}`), message))

  const policies = (indexes: readonly number[]) =>
    indexes.map((at) => `PolicyInputList.member.${at}=%7B%7D`).join('&')
  for (const indexes of [[11], [1, 8, 15]])
    test(`policies at ${indexes.join(', ')}`, () =>
      assert.equal(
        messageOf('GetContextKeysForCustomPolicy', policies(indexes)),
        "1 validation error detected: Value at 'policyInputList' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 131072, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u00FF]+]",
      ))
  const tenAnd = (index: number) => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, index]
  for (const [indexes, skipped] of [
    [[12], 11],
    [[33], 32],
    [[12, 1], 11],
    [[1, 22, 43], 21],
    [tenAnd(21), 11],
    [tenAnd(22), 12],
    [[999_999_999], 999_999_998],
  ] as const)
    test(`too many: policies at ${indexes.join(', ')}`, () =>
      assert.equal(
        messageOf('GetContextKeysForCustomPolicy', policies(indexes), 'malformed_input'),
        `Excessively sparse input would skip ${skipped} list elements`,
      ))
})

describe('a list that is written in no way of ours is refused, not passed over: a session would be wider', () => {
  const arn = 'arn:aws:iam::aws:policy/a'
  const head = 'RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=ab&'
  const written = {
    'a name of the prototype': `PolicyArns.member.__proto__.arn=${arn}`,
    'a sign': `PolicyArns.member.%2B1.arn=${arn}`,
    'a word': `PolicyArns.member.one.arn=${arn}`,
    'a number without end': `PolicyArns.member.${'1'.repeat(40)}.arn=${arn}`,
    'the flattened form': `PolicyArns.1.arn=${arn}`,
    'another word': `PolicyArns.Member.1.arn=${arn}`,
    'a value of its own': `PolicyArns=${arn}`,
    'a path without end': `PolicyArns${'.a'.repeat(40)}=${arn}`,
    'no index': `PolicyArns.member=${arn}`,
  }
  for (const [title, form] of Object.entries(written)) {
    test(title, () => {
      assert.match(
        messageOf('AssumeRole', head + form),
        /at 'policyArns' failed to satisfy constraint: Members must be written as member\.N/,
      )
    })
  }
  const malformed: Record<string, [action: string, form: string, message: string]> = {
    'an index of 0': ['AssumeRole', `${head}PolicyArns.member.0.arn=${arn}`, '0 is not a valid index'],
    'a negative index': [
      'AssumeRole',
      `${head}PolicyArns.member.-1.arn=${arn}`,
      "Key -1 may not have a leading '-'",
    ],
    'two indexes': [
      'AssumeRole',
      `${head}PolicyArns.member.1.0.arn=${arn}`,
      'Two index elements may not occur back to back',
    ],
    'one part twice': [
      'AssumeRole',
      `${head}PolicyArns.member.1.arn=${arn}&PolicyArns.member.01.arn=${arn}`,
      'A list element was given more than once',
    ],
    'a word in a list of texts': [
      'GetContextKeysForCustomPolicy',
      'PolicyInputList.member.one=%7B%7D',
      'Start of list found where not expected',
    ],
    'a sign in a list of texts': [
      'GetContextKeysForCustomPolicy',
      'PolicyInputList.member.%2B1=%7B%7D',
      'Start of list found where not expected',
    ],
    'parts of a text': ['GetUser', 'UserName.member.1=a', 'Start of list found where not expected'],
  }
  for (const [title, [action, form, message]] of Object.entries(malformed))
    test(title, () => assert.equal(messageOf(action, form, 'malformed_input'), message))
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
      "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null",
    ],
    [
      'AssumeRole',
      'RoleArn=arn:aws:iam::123456789012:role/r',
      "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
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
      "1 validation error detected: Value at 'tags.1.member.key' failed to satisfy constraint: Member must not be null",
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
        },
      },
    ],
  })
  const taken = (type: 'timestamp' | 'blob' | 'boolean', text: string) =>
    readInput('iam', shape(type), new Map([['X', text]]))['X']
  assert.deepEqual(taken('timestamp', '2026-01-02T03:04:05Z'), new Date(Date.UTC(2026, 0, 2, 3, 4, 5)))
  assert.deepEqual(taken('blob', 'QUJD'), Buffer.from('ABC'))
  for (const [type, text] of [
    ['timestamp', 'yesterday'],
    ['timestamp', '2026-13-45T99:99:99Z'],
    ['blob', '*'],
    ['boolean', 'yes'],
  ] as const)
    assert.throws(() => taken(type, text), { code: 'malformed_input' })
})
