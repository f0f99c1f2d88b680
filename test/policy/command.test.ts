// `chancery policy` as people and CI use it: what is printed, and the exit code.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../src/problem.ts'
import { runCommand } from '../support/command-line.ts'

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)
const read = { Sid: 'Read', Effect: 'Allow', Action: 'docs:Get*', Resource: 'arn:aws:docs:::handbook/*' }
const files: ReadonlyMap<string, string> = new Map([
  ['role.json', policy(read)],
  ['mfa.json', policy({ ...read, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
  ['wide.json', policy({ ...read, Action: 'docs:*' })],
  ['deny.json', policy({ Effect: 'Deny', Action: 'docs:*', Resource: '*' })],
  ['broken.json', '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Alow" }]\n}'],
  ['dubious.json', policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
  [
    'trust.json',
    policy({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: 'arn:aws:iam::111122223333:user/ann' },
    }),
  ],
  ['shape.json', '{ "resource": "arn:aws:docs:::${folder}/${name}" }'],
  ['-', policy(read)],
])
const context = {
  read: (name: string) => {
    const text = files.get(name)
    if (text === undefined) throw new Problem('invalid_input', `cannot read \`${name}\``)
    return text
  },
}
const run = (line: string) => runCommand(['policy', ...line.split(' ')], context)
const ask = '--action docs:GetPage --resource arn:aws:docs:::handbook/intro'

// command line, exit code, what it says
const cases: readonly [string, 0 | 1 | 2, RegExp][] = [
  ['check role.json', 0, /^the policy is fine$/],
  ['check role.json wide.json', 0, /^all 2 policies are valid$/],
  [
    'check broken.json',
    1,
    /^broken\.json:3:29: error: unexpected effect `Alow`, expected `Allow` or `Deny`$/m,
  ],
  ['check --kind trust role.json', 1, /`Resource` is not allowed in a trust policy/],
  ['check -', 0, /fine/],
  ['check', 2, /name a policy file/],
  ['check none.json', 2, /cannot read `none.json`/],
  ['check --kind nonsense role.json', 2, /'nonsense' is invalid\. Allowed choices are identity/],
  ['lint role.json', 0, /^no findings$/],
  [
    'lint dubious.json',
    1,
    /^dubious\.json:6:20: warning: statement 1 allows every action except .* \[not-action-allow\]$/m,
  ],
  ['lint dubious.json', 1, /^ {4}fix: list what is allowed/m],
  ['lint --rules', 0, /^missing-subject +error/],
  ['lint', 2, /name a policy file/],
  [`simulate ${ask} role.json`, 0, /allowed by statement `Read` of `role.json` \(line 4\)$/],
  [`simulate ${ask} --action docs:Put role.json`, 1, /^docs:Put on .*: denied because/m],
  [`simulate ${ask} role.json deny.json`, 1, /denied by statement 1 of `deny.json`/],
  [`simulate ${ask} role.json --boundary deny.json`, 1, /denied by statement 1 of `deny.json`/],
  [`simulate ${ask} role.json --session deny.json`, 1, /denied by statement 1 of `deny.json`/],
  [`simulate ${ask} mfa.json`, 1, /denied/],
  [`simulate ${ask} mfa.json --context aws:MultiFactorAuthPresent=true`, 0, /allowed/],
  [`simulate ${ask} broken.json`, 2, /^broken\.json:3:/],
  ['simulate role.json', 2, /name at least one action: --action/],
  ['simulate --action docs:* role.json', 2, /`docs:\*` is not an action/],
  ['simulate --action sts:AssumeRole trust.json', 2, /needs a caller: --principal/],
  [
    'simulate --action sts:AssumeRole --principal arn:aws:iam::111122223333:user/ann trust.json',
    0,
    /allowed by statement 1 of `trust.json`/,
  ],
  ['simulate --action sts:AssumeRole --principal arn:aws:iam::111122223333:user/bob trust.json', 1, /denied/],
  ['simulate --action a:B --principal me role.json', 2, /`me` is not a principal: expected the ARN/],
  [`explain ${ask} role.json`, 0, /^ALLOWED {2}docs:GetPage on arn:aws:docs:::handbook\/intro$/m],
  [
    'explain --action docs:Put --resource arn:aws:docs:::handbook/a role.json',
    1,
    /^To allow it, add `docs:Put`/m,
  ],
  [
    `explain ${ask} mfa.json`,
    1,
    /Bool of `aws:MultiFactorAuthPresent` with `true`; the request does not have it/,
  ],
  [`explain ${ask} role.json deny.json`, 1, /is a Deny that applies\.$/m],
  ['diff wide.json role.json', 0, /^role\.json allows nothing that wide\.json does not$/],
  ['diff role.json wide.json', 1, /^wide\.json allows what role\.json does not:\n {2}docs:/],
  ['diff role.json', 2, /missing required argument 'after'/],
  ['diff deny.json role.json', 1, /allows what/],
  ['filter --action docs:GetPage --shape shape.json role.json', 0, /folder/],
  ['filter --action docs:GetPage --shape shape.json --dialect mongodb role.json', 0, /\{/],
  ['filter --action docs:GetPage --shape shape.json --dialect mysql role.json', 0, /`/],
  ['filter --action docs:Put --shape shape.json role.json', 1, /./],
  ['filter --action docs:GetPage role.json', 2, /--shape/],
  ['simulate --shape shape.json --action a:B role.json', 2, /unknown option '--shape'/],
  ['check --nonsense role.json', 2, /nonsense/],
  ['chek role.json', 2, /unknown command 'chek'\n\(Did you mean check\?\)/],
  ['help', 0, /Exit code 0/],
]
for (const [line, code, says] of cases)
  test(`policy ${line}`, async () => {
    const outcome = await run(line)
    assert.match(outcome.out + outcome.err, says)
    assert.equal(outcome.code, code)
    assert.equal(outcome.err === '', code !== 2)
  })

test('with --json the answers are data', async () => {
  const data = async (line: string) => JSON.parse((await run(`${line} --json`)).out)
  assert.deepEqual((await data('check broken.json'))[0].line, 3)
  assert.equal((await data('lint dubious.json'))[0].rule, 'not-action-allow')
  assert.equal((await data(`simulate ${ask} role.json`))[0].effect, 'allow')
  const [explained] = await data('explain --action docs:Put --resource arn:aws:docs:::handbook/a role.json')
  assert.equal(explained.nearest.change.kind, 'widen')
  assert.equal((await data('diff role.json wide.json')).narrower, false)
  assert.equal((await data('diff wide.json role.json')).narrower, true)
})

test('a removed Deny is reported beside "no more is allowed"', async () => {
  assert.match((await run('diff deny.json dubious.json')).out, /allows what/)
  const denied = new Map([
    ...files,
    ['none.json', policy({ Effect: 'Deny', Action: 'mail:*', Resource: '*' })],
  ])
  const outcome = await runCommand(['policy', 'diff', 'deny.json', 'none.json'], {
    read: (name) => denied.get(name)!,
  })
  assert.equal(outcome.code, 0)
  assert.match(
    outcome.out,
    /note: deny\.json explicitly denied this, and none\.json leaves it to other policies:\n {2}docs:/,
  )
})

test('no arguments is help, and a key given twice is a list', async () => {
  assert.equal((await runCommand(['policy'], context)).code, 0)
  const outcome = await run('explain --action a:B role.json --context aws:TagKeys=a --context AWS:TagKeys=b')
  assert.equal(outcome.code, 1)
})
