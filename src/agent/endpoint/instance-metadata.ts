// The part of the instance metadata service that AWS SDKs use for credentials and the region, version 2 only (Amazon EC2
// User Guide, "Use the Instance Metadata Service to access instance metadata"). The hop limit of 1 holds because the
// endpoint listens on loopback alone. Unlike on EC2, only the users of the machine that are allowed get a token.
import { randomToken } from '../../verify/client.ts'
import { isoTime, type SessionCredentials } from '../session-credentials.ts'
import { type EndpointAnswer, type EndpointRequest, json, text } from './answer.ts'

export const metadataPath = '/latest/'

export interface MetadataDependencies {
  readonly current: () => Promise<SessionCredentials>
  readonly region: string
  /** Ids of the users that may ask. */
  readonly users: ReadonlySet<number>
  /** Epoch seconds. */
  readonly now: () => number
}

/** Seconds; the bounds of `X-aws-ec2-metadata-token-ttl-seconds`. */
const longestTtl = 21_600
/** Tokens held at a time; the oldest is dropped. SDKs ask for a new one when theirs is refused. */
const most = 10_000
const ttlHeader = 'x-aws-ec2-metadata-token-ttl-seconds'
const tokenHeader = 'x-aws-ec2-metadata-token'
const credentialsPath = '/latest/meta-data/iam/security-credentials/'

export class InstanceMetadata {
  readonly #deps: MetadataDependencies
  /** Epoch seconds at which each token ends. */
  readonly #tokens = new Map<string, number>()

  constructor(deps: MetadataDependencies) {
    this.#deps = deps
  }

  async answer(request: EndpointRequest): Promise<EndpointAnswer> {
    const user = request.user()
    if (user === undefined || !this.#deps.users.has(user))
      return text(403, 'this user of the machine may not ask: name it with --allow-user')
    if (request.path === '/latest/api/token') return this.#issueToken(request)
    if (request.method !== 'GET') return text(405, 'only GET is served here')
    if (!this.#isValid(request.headers[tokenHeader]))
      return text(401, `the header ${tokenHeader} must be a current token`)
    return this.#metadata(request.path)
  }

  #issueToken({ method, headers }: EndpointRequest): EndpointAnswer {
    if (method !== 'PUT') return text(405, 'a token is issued for PUT')
    const ttl = headers[ttlHeader]
    if (typeof ttl !== 'string' || !/^[1-9]\d{0,4}$/.test(ttl) || Number(ttl) > longestTtl)
      return text(400, `the header ${ttlHeader} must be a number of seconds from 1 to ${longestTtl}`)
    const [oldest] = this.#tokens.keys()
    if (this.#tokens.size >= most && oldest !== undefined) this.#tokens.delete(oldest)
    const token = randomToken()
    this.#tokens.set(token, this.#deps.now() + Number(ttl))
    return text(200, token, { [ttlHeader]: ttl })
  }

  #isValid(token: string | readonly string[] | undefined): boolean {
    if (typeof token !== 'string') return false
    const end = this.#tokens.get(token)
    if (end !== undefined && this.#deps.now() >= end) this.#tokens.delete(token)
    return end !== undefined && this.#deps.now() < end
  }

  async #metadata(path: string): Promise<EndpointAnswer> {
    const { region, current, now } = this.#deps
    if (path === '/latest/meta-data/placement/region') return text(200, region)
    if (path === '/latest/meta-data/placement/availability-zone') return text(200, `${region}a`)
    const credentials = await current()
    const [, , , , account = '', resource = ''] = credentials.roleArn.split(':')
    const role = resource.slice(resource.lastIndexOf('/') + 1)
    if (path === '/latest/dynamic/instance-identity/document')
      return json(200, { accountId: account, region, version: '2017-09-30' })
    if (path === '/latest/meta-data/iam/info')
      return json(200, {
        Code: 'Success',
        LastUpdated: isoTime(now()),
        InstanceProfileArn: `arn:aws:iam::${account}:instance-profile/${role}`,
      })
    if (`${path.replace(/\/$/, '')}/` === credentialsPath) return text(200, role)
    if (path !== credentialsPath + role) return text(404, 'not found')
    return json(200, {
      Code: 'Success',
      LastUpdated: isoTime(now()),
      Type: 'AWS-HMAC',
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      Token: credentials.sessionToken,
      Expiration: isoTime(credentials.expiration),
    })
  }
}
