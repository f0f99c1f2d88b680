import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceModel } from '../../src/aws/model.ts'
import { escapeXml, writeAnswer, writeFault } from '../../src/aws/xml.ts'

const iam = serviceModel('iam')
const written = (action: string, output: object) => writeAnswer(iam, iam.actions.get(action)!, output, 'id-1')

test("an answer is wrapped in its action's elements, in the model's order", () => {
  const user = {
    Arn: 'arn:aws:iam::123456789012:user/alice',
    UserName: 'alice',
    UserId: 'AIDA',
    Path: '/',
    CreateDate: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)),
  }
  assert.equal(
    written('CreateUser', { User: user }),
    '<CreateUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><CreateUserResult><User><Path>/</Path><UserName>alice</UserName><UserId>AIDA</UserId><Arn>arn:aws:iam::123456789012:user/alice</Arn><CreateDate>2026-01-02T03:04:05Z</CreateDate></User></CreateUserResult><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></CreateUserResponse>',
  )
})

test('an action without a result answers with its metadata alone', () => {
  assert.equal(
    written('DeleteUser', {}),
    '<DeleteUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></DeleteUserResponse>',
  )
})

test('lists, maps, blobs, numbers and booleans', () => {
  assert.match(
    written('ListUsers', { Users: [], IsTruncated: false }),
    /<Users><\/Users><IsTruncated>false<\/IsTruncated>/,
  )
  assert.match(
    written('GetAccountSummary', { SummaryMap: { Users: 3 } }),
    /<SummaryMap><entry><key>Users<\/key><value>3<\/value><\/entry><\/SummaryMap>/,
  )
  const device = { SerialNumber: 'a', Base32StringSeed: Buffer.from('ABC') }
  assert.match(
    written('CreateVirtualMFADevice', { VirtualMFADevice: device }),
    /<Base32StringSeed>QUJD<\/Base32StringSeed>/,
  )
  assert.match(
    written('ListGroupPolicies', { PolicyNames: ['a', 'b'], IsTruncated: true, Marker: undefined }),
    /<PolicyNames><member>a<\/member><member>b<\/member><\/PolicyNames><IsTruncated>true<\/IsTruncated><\/List/,
  )
})

test('what the model does not name never leaves', () => {
  const user = { UserName: 'a', hash: '$argon2id$', secret: 'x', __proto__: { toString: 'y' } }
  assert.doesNotMatch(written('CreateUser', { User: user }), /argon|secret|toString/)
})

test('text is escaped so that a parser gives it back', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['plain', 'plain'],
    [`<a href="x">'&`, '&lt;a href=&quot;x&quot;&gt;&apos;&amp;'],
    ['line\nfeed\ttab', 'line\nfeed\ttab'],
    ['carriage\rreturn', 'carriage&#xD;return'],
    ['nul\u0000bell\u0007', 'nul\ufffdbell\ufffd'],
    ['lone \ud800 pair \ud83d\ude00', 'lone \ufffd pair \ud83d\ude00'],
    ['\ufffe\uffff', '\ufffd\ufffd'],
    [']]>', ']]&gt;'],
  ]
  for (const [text, expected] of cases) assert.equal(escapeXml(text), expected)
})

test('a fault names who is at fault', () => {
  assert.equal(
    writeFault({ code: 'NoSuchEntity', status: 404, message: 'a < b' }, iam.namespace, 'id-1'),
    '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>a &lt; b</Message></Error><RequestId>id-1</RequestId></ErrorResponse>',
  )
  assert.match(writeFault({ code: 'x', status: 500, message: '' }, undefined, ''), /<Type>Receiver</)
})
