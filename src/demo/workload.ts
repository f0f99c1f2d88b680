// A workload: creates a role that one branch of a CI repository may assume, and assumes it in a job.
import type { Credentials } from '../secure/sigv4/sign.ts'
import { awsCall } from './aws-call.ts'
import type { Narrator } from './narrator.ts'
import { documentsArn, iamAs, policyOf, type Role, type Scene } from './scene.ts'

const ciSubject = 'repo:acme/shop:ref:refs/heads/main'

export async function createRole(narrator: Narrator, scene: Scene): Promise<Role> {
  narrator.step('The administrator lets one branch of one CI repository become a role')
  const iam = iamAs(scene)
  const provider = await iam('CreateOpenIDConnectProvider', {
    Url: scene.ci,
    'ClientIDList.member.1': 'chancery',
  })
  const arn = provider.text('OpenIDConnectProviderArn')
  narrator.show(`CreateOpenIDConnectProvider → ${arn}`)
  const role = await iam('CreateRole', {
    RoleName: 'ci-reader',
    AssumeRolePolicyDocument: trustOf(arn, scene.ci),
  })
  await iam('PutRolePolicy', {
    RoleName: 'ci-reader',
    PolicyName: 'read-documents',
    PolicyDocument: readDocuments,
  })
  narrator.show(`CreateRole, PutRolePolicy → ${role.text('Arn')} may docs:GetDocument on documents/*`)
  narrator.show(`its trust policy names ${ciSubject} alone`)
  return { arn: role.text('Arn'), id: role.text('RoleId') }
}

function trustOf(provider: string, issuer: string): string {
  const key = issuer.replace(/^https?:\/\//, '')
  return policyOf({
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${key}:aud`]: 'chancery', [`${key}:sub`]: ciSubject } },
  })
}

const readDocuments = policyOf({
  Sid: 'ReadDocuments',
  Effect: 'Allow',
  Action: 'docs:GetDocument',
  Resource: documentsArn('*'),
})

export async function exchange(narrator: Narrator, scene: Scene, role: Role): Promise<Credentials> {
  narrator.step('A CI job trades its token for credentials, narrowed by a session policy')
  const claims = new URLSearchParams({ sub: ciSubject, aud: 'chancery', repository: 'acme/shop' })
  const { token } = (await (await fetch(`${scene.ci}/token?${claims}`)).json()) as { readonly token: string }
  narrator.say('The session policy: documents of the shop, but not its payroll.')
  const policy = policyOf(
    { Sid: 'ShopOnly', Effect: 'Allow', Action: 'docs:*', Resource: documentsArn('shop/*') },
    { Sid: 'NoPayroll', Effect: 'Deny', Action: '*', Resource: documentsArn('shop/payroll') },
  )
  const parameters = {
    RoleArn: role.arn,
    RoleSessionName: 'job-4711',
    WebIdentityToken: token,
    Policy: policy,
  }
  const unsigned = { url: scene.chancery, credentials: undefined }
  const answer = await awsCall(unsigned, 'sts', 'AssumeRoleWithWebIdentity', {
    ...parameters,
    DurationSeconds: '900',
  })
  narrator.show(`AssumeRoleWithWebIdentity → ${answer.text('Arn')}\nvalid until ${answer.text('Expiration')}`)
  const refusal = await awsCall(unsigned, 'sts', 'AssumeRoleWithWebIdentity', {
    ...parameters,
    WebIdentityToken: await otherBranch(scene),
  }).then(
    () => 'credentials',
    (error: Error) => error.message,
  )
  narrator.expect('a job of another branch gets AccessDenied', refusal.includes('AccessDenied'), refusal)
  return {
    accessKeyId: answer.text('AccessKeyId'),
    secretAccessKey: answer.text('SecretAccessKey'),
    sessionToken: answer.text('SessionToken'),
  }
}

async function otherBranch(scene: Scene): Promise<string> {
  const claims = new URLSearchParams({ sub: 'repo:acme/shop:ref:refs/heads/evil', aud: 'chancery' })
  return ((await (await fetch(`${scene.ci}/token?${claims}`)).json()) as { readonly token: string }).token
}
