import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identityProvidersSchema } from '../../../src/federation/kinds.ts'
import { type PresetOptions, presetNames, presets } from '../../../src/federation/workload/presets.ts'
import { trustTemplate } from '../../../src/federation/workload/trust-template.ts'
import { lint } from '../../../src/policy/lint.ts'
import { Problem } from '../../../src/problem.ts'
import { presetCases } from '../../support/upstreams/preset-cases.ts'

const template = (preset: string, given: PresetOptions) =>
  trustTemplate({
    preset,
    accountId: '123456789012',
    roleName: 'deploy',
    endpoint: 'https://id.example',
    given,
  })

test('the names in the settings are those of the table', () => {
  assert.deepEqual([...presets.keys()], [...presetNames])
  assert.deepEqual(
    presetCases.map(({ preset }) => preset).filter((name) => !presets.has(name)),
    [],
  )
  assert.deepEqual(new Set(presetCases.map(({ preset }) => preset)), new Set(presetNames))
})

for (const { title, preset, given } of presetCases) {
  test(`${title}: the template pins audience and subject, and the linter has no doubt`, () => {
    const { trust, calls } = template(preset, given)
    assert.deepEqual(lint(trust, 'trust'), [])
    assert.match(trust, /:aud"/)
    assert.match(trust, /:sub"/)
    assert.match(calls[0] ?? '', /^aws iam create-open-id-connect-provider /)
    assert.match(calls[1] ?? '', /^aws iam create-role .*--assume-role-policy-document '\{"Version"/)
  })
}

const refused: readonly (readonly [title: string, preset: string, given: PresetOptions, message: RegExp])[] =
  [
    ['an unknown preset', 'jenkins', {}, /`jenkins` is no preset; there are github-actions, gitlab/],
    ['`constructor`', 'constructor', {}, /is no preset/],
    [
      'a wildcard',
      'github-actions',
      { owner: 'acme', repository: '*', branch: 'main' },
      /--repository must not/,
    ],
    [
      'a variable',
      'buildkite',
      { organization: 'a', pipeline: '${aws:x}', branch: 'b' },
      /--pipeline must not/,
    ],
    [
      'a quote',
      'spiffe',
      { url: 'https://a.example', 'trust-domain': "a'b", path: 'x' },
      /--trust-domain must not/,
    ],
    [
      'nothing that narrows',
      'github-actions',
      { owner: 'acme', repository: 'docs' },
      /exactly one of --branch/,
    ],
    [
      'a part that reaches into the next',
      'github-actions',
      { owner: 'acme', repository: 'docs:environment:production', branch: 'main' },
      /--repository must not hold a colon/,
    ],
    [
      'two that narrow',
      'github-actions',
      { owner: 'acme', repository: 'docs', branch: 'main', environment: 'x' },
      /exactly one/,
    ],
    [
      'one id of two',
      'github-actions',
      { owner: 'acme', repository: 'docs', branch: 'main', 'owner-id': '1' },
      /must be given together/,
    ],
    [
      'a missing option',
      'kubernetes',
      { url: 'https://k.example', namespace: 'web' },
      /--service-account is required/,
    ],
    [
      'an option of another preset',
      'google',
      { 'unique-id': '1', branch: 'main' },
      /--branch is of no use with google/,
    ],
    [
      'an organization that is no id',
      'circleci',
      { 'organization-id': 'acme', 'project-id': 'x' },
      /--url must be/,
    ],
    [
      'no audience for Entra',
      'entra',
      { 'tenant-id': 'x', 'object-id': 'y', 'client-id': 'z' },
      /--audience is required/,
    ],
  ]
for (const [title, preset, given, message] of refused) {
  test(`a template with ${title} is refused`, () => {
    assert.throws(
      () => template(preset, given),
      (error) => error instanceof Problem && error.code === 'invalid_input' && message.test(error.message),
    )
  })
}

const parse = (entry: object) => identityProvidersSchema.safeParse([{ kind: 'openid', ...entry }])

test('`preset:` fills in issuer and audience of a provider', () => {
  const [github] = parse({ preset: 'github-actions' }).data ?? []
  assert.ok(github?.kind === 'openid')
  assert.deepEqual(
    [github.url, github.client_ids],
    ['https://token.actions.githubusercontent.com', ['chancery']],
  )
  const server = 'https://github.acme.example/_services/token'
  for (const url of [server, 'https://token.actions.githubusercontent.com/acme'])
    assert.equal(parse({ preset: 'github-actions', url }).success, true)
  const id = '0f6a2c4e-1b1d-4c57-8f0a-aa33bb44cc55'
  const [circle] = parse({ preset: 'circleci', url: `https://oidc.circleci.com/org/${id}` }).data ?? []
  assert.deepEqual(circle?.kind === 'openid' && circle.client_ids, [id])
  const [own] = parse({ preset: 'gitlab', url: 'https://git.example', client_ids: ['mine'] }).data ?? []
  assert.deepEqual(own?.kind === 'openid' && [own.url, own.client_ids], ['https://git.example', ['mine']])
})

const faults: readonly (readonly [entry: object, message: RegExp])[] = [
  [{}, /is required/],
  [{ preset: 'kubernetes' }, /is required: the cluster/],
  [{ preset: 'github-actions', url: 'https://token.evil.example' }, /is no issuer of `github-actions`/],
  [{ preset: 'circleci', url: 'https://oidc.circleci.com/org/x' }, /is no issuer of `circleci`/],
  [{ preset: 'jenkins', url: 'https://ci.example' }, /Invalid/],
]
for (const [entry, message] of faults) {
  test(`a provider ${JSON.stringify(entry)} is a configuration error`, () => {
    const { success, error } = parse(entry)
    assert.equal(success, false)
    assert.match(error?.issues.map((issue) => issue.message).join('; ') ?? '', message)
  })
}
