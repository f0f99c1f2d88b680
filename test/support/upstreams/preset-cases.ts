// What each kind of issuer really puts into its tokens, from its documentation; with a template for that workload, and
// the nearest token that must not pass.
import type { PresetOptions } from '../../../src/federation/workload/presets.ts'

export interface PresetCase {
  readonly title: string
  readonly preset: string
  readonly given: PresetOptions
  readonly claims: Readonly<Record<string, unknown>>
  /** Changes that make it somebody else's, and what the record says of it. */
  readonly wrong: Readonly<Record<string, unknown>>
  readonly reason: RegExp
}

const organization = '0f6a2c4e-1b1d-4c57-8f0a-aa33bb44cc55'
const project = '5b0d1f3e-7c55-44a0-9d3b-0123456789ab'
const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47'
const object = 'c2f1d3c4-9f55-4a6b-8a7b-6cc2b1f2a301'
const circle = 'oidc.circleci.com'

const github = {
  repository: 'acme/docs',
  repository_id: '456789',
  repository_owner: 'acme',
  repository_owner_id: '123456',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  ref_protected: 'true',
  event_name: 'push',
  job_workflow_ref: 'acme/docs/.github/workflows/deploy.yml@refs/heads/main',
  runner_environment: 'github-hosted',
  run_id: '1',
}

export const presetCases: readonly PresetCase[] = [
  {
    title: 'GitHub Actions, a branch',
    preset: 'github-actions',
    given: { owner: 'acme', repository: 'docs', branch: 'main' },
    claims: { ...github, sub: 'repo:acme/docs:ref:refs/heads/main' },
    wrong: { sub: 'repo:acme/docs:pull_request', event_name: 'pull_request' },
    reason:
      /StringEquals of `[^`]+:sub` with `repo:acme\/docs:ref:refs\/heads\/main`; it is `repo:acme\/docs:pull_request`/,
  },
  {
    title: 'GitHub Actions, an environment, immutable subject',
    preset: 'github-actions',
    given: {
      owner: 'acme',
      repository: 'docs',
      environment: 'production',
      'owner-id': '123456',
      'repository-id': '456789',
    },
    claims: {
      ...github,
      sub: 'repo:acme@123456/docs@456789:environment:production',
      environment: 'production',
    },
    // Somebody who took the names over after they were given up.
    wrong: {
      sub: 'repo:acme@999/docs@998:environment:production',
      repository_owner_id: '999',
      repository_id: '998',
    },
    reason: /repository_owner_id` with `123456`; it is `999`/,
  },
  {
    title: 'GitLab',
    preset: 'gitlab',
    given: { project: 'acme/tools/docs', branch: 'main' },
    claims: {
      sub: 'project_path:acme/tools/docs:ref_type:branch:ref:main',
      namespace_id: '72',
      namespace_path: 'acme/tools',
      project_id: '20',
      project_path: 'acme/tools/docs',
      user_id: '1',
      user_login: 'ada',
      pipeline_source: 'push',
      ref: 'main',
      ref_type: 'branch',
      ref_path: 'refs/heads/main',
      ref_protected: 'true',
      runner_id: 1,
      sha: '714a629c0b401fdce83e847fc9589983fc6f46bc',
    },
    wrong: { ref_protected: 'false' },
    reason: /ref_protected` with `true`; it is `false`/,
  },
  {
    title: 'CircleCI',
    preset: 'circleci',
    given: { 'organization-id': organization, 'project-id': project },
    claims: {
      sub: `org/${organization}/project/${project}/user/7c4f9d60-1111-4222-8333-444455556666`,
      [`${circle}/project-id`]: project,
      [`${circle}/org-id`]: organization,
      [`${circle}/context-ids`]: ['aa11bb22-1111-4222-8333-444455556666'],
    },
    wrong: {
      sub: `org/${organization}/project/${object}/user/7c4f9d60-1111-4222-8333-444455556666`,
      [`${circle}/project-id`]: object,
    },
    reason: /oidc\.circleci\.com\/project-id` with/,
  },
  {
    title: 'Buildkite',
    preset: 'buildkite',
    given: { organization: 'acme', pipeline: 'docs', branch: 'main' },
    claims: {
      sub: 'organization:acme:pipeline:docs:ref:refs/heads/main:commit:9f3182061f1e2cca4702c368cbc039b7dc9d4485:step:build',
      organization_slug: 'acme',
      pipeline_slug: 'docs',
      build_number: 1,
      build_branch: 'main',
      build_tag: null,
      step_key: 'build',
    },
    wrong: { build_branch: 'feature' },
    reason: /build_branch` with `main`; it is `feature`/,
  },
  {
    title: 'Kubernetes',
    preset: 'kubernetes',
    given: {
      url: 'https://kubernetes.default.svc.cluster.local',
      namespace: 'web',
      'service-account': 'api',
    },
    claims: {
      sub: 'system:serviceaccount:web:api',
      'kubernetes.io': {
        namespace: 'web',
        pod: { name: 'api-7d4b9', uid: '11d7fb1c-1111-4222-8333-444455556666' },
        serviceaccount: { name: 'api', uid: '8b2f0a52-5b6e-4a43-9d7e-2f9f0f3f7c11' },
      },
    },
    wrong: {
      sub: 'system:serviceaccount:other:api',
      'kubernetes.io': { namespace: 'other', serviceaccount: { name: 'api' } },
    },
    reason: /kubernetes\.io\/namespace` with `web`; it is `other`/,
  },
  {
    title: 'Google',
    preset: 'google',
    given: { 'unique-id': '104029292853099978293', email: 'ci@acme.iam.gserviceaccount.com' },
    claims: {
      sub: '104029292853099978293',
      azp: '104029292853099978293',
      email: 'ci@acme.iam.gserviceaccount.com',
      email_verified: true,
      google: { compute_engine: { project_id: 'acme', instance_name: 'ci-1', zone: 'europe-west1-b' } },
    },
    wrong: { sub: '104029292853099978294', email: 'someone@gmail.com' },
    reason: /:sub` with `104029292853099978293`; it is `104029292853099978294`/,
  },
  {
    title: 'Entra',
    preset: 'entra',
    given: {
      'tenant-id': tenant,
      'object-id': object,
      'client-id': '0d1b2c3d-1111-4222-8333-444455556666',
      audience: 'b4a1f1a0-1111-4222-8333-444455556666',
    },
    claims: {
      sub: object,
      oid: object,
      tid: tenant,
      azp: '0d1b2c3d-1111-4222-8333-444455556666',
      azpacr: '2',
      idtyp: 'app',
      ver: '2.0',
      uti: 'x',
    },
    wrong: { sub: tenant, oid: tenant },
    reason: /:oid` with/,
  },
  {
    title: 'SPIFFE',
    preset: 'spiffe',
    given: { url: 'https://oidc.spire.example', 'trust-domain': 'acme.example', path: 'ns/web/sa/api' },
    claims: { sub: 'spiffe://acme.example/ns/web/sa/api' },
    wrong: { sub: 'spiffe://acme.example/ns/web/sa/apix' },
    reason: /:sub` with `spiffe:\/\/acme\.example\/ns\/web\/sa\/api`; it is/,
  },
]
