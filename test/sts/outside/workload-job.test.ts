// What the workload of a role has to set, read from its trust policy: of every preset, and of policies that somebody wrote.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { trustTemplate } from '../../../src/federation/workload/trust-template.ts'
import { workloadJob } from '../../../src/sts/outside/workload-job.ts'
import { presetCases } from '../../support/upstreams/preset-cases.ts'

const roleArn = 'arn:aws:iam::123456789012:role/deploy'
const endpoint = 'https://id.example.com'
const jobOf = (trust: string) => workloadJob(trust, { roleArn, endpoint })

const titles: Readonly<Record<string, string>> = {
  'github-actions': 'Workflow',
  gitlab: 'Job in .gitlab-ci.yml',
  circleci: 'Job in .circleci/config.yml',
  buildkite: 'Step of the pipeline',
  kubernetes: 'Pod',
  google: 'Commands on the machine',
  entra: 'Commands on the machine',
  spiffe: 'Commands beside the SPIRE agent',
}

for (const { title, preset, given } of presetCases) {
  test(`${title}: the lines are those of its kind, with role, server and audience`, () => {
    const { trust, audience } = trustTemplate({
      preset,
      accountId: '123456789012',
      roleName: 'deploy',
      endpoint,
      given,
    })
    const job = jobOf(trust)
    assert.equal(job?.title, titles[preset])
    for (const value of [roleArn, endpoint]) assert.ok(job?.text.includes(value), value)
    if (preset !== 'circleci') assert.ok(job?.text.includes(audience))
    if (job?.language === 'yaml') assert.equal(typeof parse(job.text), 'object')
  })
}

const issuer = 'token.actions.githubusercontent.com'
const policy = (statement: object): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        ...statement,
      },
    ],
  })

test('values that a shell or YAML would read otherwise are left to the reader', () => {
  for (const audience of ['$(reboot)', "a'; reboot; '", 'a\n  run: reboot', '{ a: b }', 'x'.repeat(300)]) {
    const job = jobOf(policy({ Condition: { StringEquals: { [`${issuer}:aud`]: audience } } }))
    assert.match(job?.text ?? '', /audience: AUDIENCE$/m)
    assert.doesNotMatch(job?.text ?? '', /reboot/)
  }
})

test('a policy about nobody whose workloads are known has no lines', () => {
  for (const trust of [
    policy({ Effect: 'Deny' }),
    policy({ Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' }),
    policy({ Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/login.corp.example' } }),
    policy({ Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/corp' } }),
    policy({ Principal: '*' }),
    '{}',
    'no JSON',
  ])
    assert.equal(jobOf(trust), undefined, trust)
})
