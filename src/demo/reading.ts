// Starts the documents service and reads with a session: allowed, refused, revoked.
import { type Credentials, signRequest } from '../secure/sigv4/sign.ts'
import type { AwsAnswer } from './aws-call.ts'
import type { Narrator } from './narrator.ts'
import { iamAs, policyOf, type Role, type Scene } from './scene.ts'

export async function startService(narrator: Narrator, scene: Scene): Promise<string> {
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
  narrator.expect('an unsigned request is refused with 401', status === 401, String(status))
  return url
}

/** Sends one signed GET, as any AWS SDK would sign it for a service named `docs`. */
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

export async function demonstrateReading(
  narrator: Narrator,
  documents: string,
  session: Credentials,
): Promise<void> {
  narrator.step('The job reads documents; the service decides by itself')
  const allowed = await get(`${documents}/documents/shop/readme`, session)
  narrator.show(`GET /documents/shop/readme → ${allowed.status} ${JSON.stringify(allowed.body)}`)
  narrator.expect(
    'what role and session policy allow is readable: 200',
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

/** How often the service is asked at most, 50 ms apart: a number of probes, because each takes longer on a busy machine. */
const mostProbes = 400

export async function demonstrateRevocation(
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
  for (let asked = 0; after.status === 200 && asked < mostProbes; asked++) {
    await new Promise((done) => setTimeout(done, 50))
    after = await get(`${documents}/documents/shop/readme`, session)
  }
  narrator.show(
    `GET /documents/shop/readme → ${after.status} ${after.body.detail}, ${Date.now() - began} ms later`,
  )
  narrator.expect('the service has heard of it: 401', after.status === 401, String(after.status))
}
