// The demonstration itself, in the order it is told. Each step does what it says over real HTTP, and says what came back;
// the first that did otherwise ends it.
import { Secret } from '../secure/secret.ts'
import { type Credentials, signRequest } from '../secure/sigv4-sign.ts'
import { codeOf, totpPeriod } from '../secure/totp.ts'
import { type AwsAnswer, awsCall } from './aws-call.ts'
import type { Narrator } from './narrator.ts'
import { type Application, signIn } from './sign-in.ts'

export interface Scene {
  readonly chancery: string
  readonly ci: string
  readonly root: Credentials
  readonly application: Application
  /** Starts the documents service with its own access key; gives its URL. */
  readonly startDocuments: (key: Credentials) => Promise<string>
}

const alice = { name: 'alice', password: 'a long sentence, easily remembered' }
const ciSubject = 'repo:acme/shop:ref:refs/heads/main'

export async function tell(narrator: Narrator, scene: Scene): Promise<void> {
  const mfa = await createPerson(narrator, scene)
  await signInAsPerson(narrator, scene, mfa)
  const role = await createRole(narrator, scene)
  const documents = await startService(narrator, scene)
  const session = await exchange(narrator, scene, role)
  await read(narrator, documents, session)
  await revoke(narrator, scene, documents, session, role)
}

const iamAs = (scene: Scene) => (action: string, parameters: Record<string, string>) =>
  awsCall({ url: scene.chancery, credentials: scene.root }, 'iam', action, parameters)

interface Mfa {
  readonly seed: Secret
  /** The next step whose code is unspent. */
  readonly nextStep: number
}

async function createPerson(narrator: Narrator, scene: Scene): Promise<Mfa> {
  narrator.step('An administrator creates a user, over the AWS IAM protocol')
  const iam = iamAs(scene)
  const user = await iam('CreateUser', { UserName: alice.name })
  narrator.show(`CreateUser → ${user.text('Arn')}`)
  await iam('CreateLoginProfile', {
    UserName: alice.name,
    Password: alice.password,
    PasswordResetRequired: 'false',
  })
  const device = await iam('CreateVirtualMFADevice', { VirtualMFADeviceName: 'alices-phone' })
  const serial = device.text('SerialNumber')
  const seed = new Secret(Buffer.from(device.text('Base32StringSeed'), 'base64').toString())
  const step = Math.floor(Date.now() / 1000 / totpPeriod)
  await iam('EnableMFADevice', {
    UserName: alice.name,
    SerialNumber: serial,
    AuthenticationCode1: codeOf(seed, step - 1),
    AuthenticationCode2: codeOf(seed, step),
  })
  narrator.show(`CreateVirtualMFADevice, EnableMFADevice → ${serial}`)
  const devices = await iam('ListMFADevices', { UserName: alice.name })
  narrator.expect('alice has a password and a second factor', devices.text('SerialNumber') === serial)
  return { seed, nextStep: step + 1 }
}

async function signInAsPerson(narrator: Narrator, scene: Scene, { seed, nextStep }: Mfa): Promise<void> {
  narrator.step('Alice signs in to an application: OpenID Connect, password and one-time code')
  const person = { ...alice, code: () => codeOf(seed, nextStep) }
  const { pages, claims } = await signIn(scene.chancery, scene.application, person)
  for (const title of pages) narrator.show(`page: ${title}`)
  const { sub, preferred_username: name, amr, acr } = claims
  narrator.show(`ID token: ${JSON.stringify({ sub, preferred_username: name, amr, acr })}`)
  const methods = Array.isArray(amr) ? amr : []
  narrator.expect('the ID token is about alice', name === alice.name, String(name))
  narrator.expect(
    'and says that both factors were used',
    methods.includes('pwd') && methods.includes('otp'),
    String(amr),
  )
}

interface Role {
  readonly arn: string
  readonly id: string
}

async function createRole(narrator: Narrator, scene: Scene): Promise<Role> {
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

const policyOf = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })

function trustOf(provider: string, issuer: string): string {
  const key = issuer.replace(/^https?:\/\//, '')
  return policyOf({
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${key}:aud`]: 'chancery', [`${key}:sub`]: ciSubject } },
  })
}

const documentsArn = (path: string): string => `arn:aws:docs:::documents/${path}`

const readDocuments = policyOf({
  Sid: 'ReadDocuments',
  Effect: 'Allow',
  Action: 'docs:GetDocument',
  Resource: documentsArn('*'),
})

async function startService(narrator: Narrator, scene: Scene): Promise<string> {
  narrator.step('A documents service starts, in its own process, with its own access key')
  const iam = iamAs(scene)
  await iam('CreateUser', { UserName: 'documents-service' })
  const verifies = policyOf(
    { Effect: 'Allow', Action: 'decision:GetSigningKey', Resource: 'arn:aws:decision::*:service/docs' },
    { Effect: 'Allow', Action: ['decision:GetPolicies', 'decision:GetRevocations'], Resource: '*' },
  )
  await iam('PutUserPolicy', {
    UserName: 'documents-service',
    PolicyName: 'verify',
    PolicyDocument: verifies,
  })
  const key: AwsAnswer = await iam('CreateAccessKey', { UserName: 'documents-service' })
  const secretAccessKey = key.text('SecretAccessKey')
  const url = await scene.startDocuments({ accessKeyId: key.text('AccessKeyId'), secretAccessKey })
  narrator.show(`documents at ${url}: Koa with protect() of chancery/verify`)
  const { status } = await fetch(`${url}/documents/shop/readme`)
  narrator.expect('a stranger is turned away with 401', status === 401, String(status))
  return url
}

async function exchange(narrator: Narrator, scene: Scene, role: Role): Promise<Credentials> {
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

/** One signed GET, as any AWS SDK would sign it for a service named `docs`. */
async function get(
  url: string,
  credentials: Credentials,
): Promise<{ readonly status: number; readonly body: Answer }> {
  const now = Date.now() / 1000
  const headers = signRequest({ method: 'GET', url, credentials, region: 'us-east-1', service: 'docs', now })
  const response = await fetch(url, { headers })
  return { status: response.status, body: (await response.json()) as Answer }
}

interface Answer {
  readonly text?: string
  readonly readBy?: string
  readonly detail?: string
  readonly layer?: string
  readonly statements?: readonly {
    readonly sid?: string
    readonly document?: string
    readonly start?: { readonly line: number; readonly column: number }
  }[]
}

async function read(narrator: Narrator, documents: string, session: Credentials): Promise<void> {
  narrator.step('The job reads documents; the service decides by itself')
  const allowed = await get(`${documents}/documents/shop/readme`, session)
  narrator.show(`GET /documents/shop/readme → ${allowed.status} ${JSON.stringify(allowed.body)}`)
  narrator.expect(
    'what role and session policy allow is read: 200',
    allowed.status === 200,
    String(allowed.status),
  )

  const denied = await get(`${documents}/documents/shop/payroll`, session)
  const [statement] = denied.body.statements ?? []
  narrator.show(`GET /documents/shop/payroll → ${denied.status} ${denied.body.detail}`)
  narrator.show(`deciding statement: ${JSON.stringify(statement)}`)
  narrator.expect(
    'the session policy’s Deny decides: 403',
    denied.status === 403 && denied.body.layer === 'session',
    String(denied.status),
  )
  narrator.expect(
    'and the statement is named: NoPayroll',
    statement?.sid === 'NoPayroll',
    JSON.stringify(denied.body),
  )

  const outside = await get(`${documents}/documents/bank/ledger`, session)
  narrator.show(`GET /documents/bank/ledger → ${outside.status} ${outside.body.detail}`)
  narrator.expect(
    'what the role may but the session policy does not name is refused: 403',
    outside.status === 403,
    String(outside.status),
  )
}

const patience = 10_000

async function revoke(
  narrator: Narrator,
  scene: Scene,
  documents: string,
  session: Credentials,
  role: Role,
): Promise<void> {
  narrator.step('The administrator takes the role’s sessions back')
  const url = `${scene.chancery}/v1/revocations`
  const body = JSON.stringify({ scope: 'role', value: role.id })
  const headers = { 'content-type': 'application/json' }
  const signing = {
    method: 'POST',
    url,
    headers,
    body,
    credentials: scene.root,
    region: 'us-east-1',
    service: 'decision',
  }
  const response = await fetch(url, {
    method: 'POST',
    headers: signRequest({ ...signing, now: Date.now() / 1000 }),
    body,
  })
  narrator.show(`POST /v1/revocations ${body} → ${response.status} ${await response.text()}`)
  narrator.expect(
    'the sessions issued until now are revoked',
    response.status === 200,
    String(response.status),
  )

  const began = Date.now()
  let after = await get(`${documents}/documents/shop/readme`, session)
  while (after.status === 200 && Date.now() - began < patience) {
    await new Promise((done) => setTimeout(done, 50))
    after = await get(`${documents}/documents/shop/readme`, session)
  }
  narrator.show(
    `GET /documents/shop/readme → ${after.status} ${after.body.detail}, ${Date.now() - began} ms later`,
  )
  narrator.expect('the service has heard of it: 401', after.status === 401, String(after.status))
}
