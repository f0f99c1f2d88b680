// Service-specific credentials: a generated user name and password of a user that one named service accepts (IAM User Guide,
// "Service-specific credentials for IAM users"). The password is shown when it is made and at no other time.
import { isProblem, Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import { randomToken, uniqueId } from '../../secure/random.ts'
import { Secret } from '../../secure/secret.ts'
import type { ServiceSpecificCredential, User } from '../../store/records.ts'
import { accountOf } from '../arn.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { pageOf } from '../record/segmented-list.ts'
import { CredentialsOfUser, type OfUser } from './credentials-of-user.ts'

/** The service name of this server's decision API, which accepts its credentials by Basic authentication. */
export const decisionService = 'decision.chancery'

/** Services whose credentials are API keys at AWS: answers say alias and secret instead of user name and password. */
export const apiKeyServices: ReadonlySet<string> = new Set([
  'aws-external-anthropic.amazonaws.com',
  'bedrock.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'logs.amazonaws.com',
])

/** Services for which credentials are made: our own, and AWS's with such credentials, for servers that stand in for them. */
const services: ReadonlySet<string> = new Set([
  decisionService,
  'cassandra.amazonaws.com',
  'codecommit.amazonaws.com',
  ...apiKeyServices,
])

export interface CredentialOfUser {
  readonly credential: ServiceSpecificCredential
  /** Empty when the user was deleted meanwhile. */
  readonly userName: string
}

export interface CredentialWithPassword extends CredentialOfUser {
  readonly password: Secret
}

interface CredentialRef extends OfUser {
  readonly credentialId: string
}

const secondsPerDay = 86_400
/** Names that are tried: `ada-at-111122223333`, `ada+1-at-111122223333`, … */
const mostNames = 50

const newPassword = () => new Secret(randomToken(30))
const hashOf = (password: Secret) => sha256base64url(password.reveal())

/** The name as it is stored. Case does not matter. @throws Problem('validation' | 'not_found') */
function checkService(name: string): string {
  if (!/^[a-zA-Z0-9.-]*$/.test(name)) throw new Problem('validation', 'ServiceName must match [a-zA-Z0-9.-]*')
  const service = name.toLowerCase()
  if (services.has(service)) return service
  throw new Problem(
    'not_found',
    `No such service ${name} is supported for Service Specific Credentials. The services are: ${[...services].join(', ')}.`,
  )
}

export class ServiceSpecificCredentials {
  readonly #deps: IamDependencies
  readonly #credentials: CredentialsOfUser<'serviceSpecificCredential'>

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#credentials = new CredentialsOfUser(deps, 'serviceSpecificCredential')
  }

  async createServiceSpecificCredential(
    call: Call,
    input: OfUser & { readonly serviceName: string; readonly ageDays?: number | undefined },
  ): Promise<CredentialWithPassword> {
    const user = await this.#credentials.authorizedUser(call, input, 'iam:CreateServiceSpecificCredential')
    const service = checkService(input.serviceName)
    const { now } = call.circumstances
    const password = newPassword()
    const create = () =>
      this.#createNamed(user, {
        id: uniqueId('ACCA'),
        accountId: user.accountId,
        userId: user.id,
        service,
        passwordHash: hashOf(password),
        status: 'Active',
        createdAt: now,
        expiresAt: input.ageDays === undefined ? undefined : now + input.ageDays * secondsPerDay,
        lastUsed: undefined,
      })
    const credential = await this.#credentials.create(
      user,
      'ContextSpecificCredentialsPerUserPerContext',
      create,
      (record) => record.service === service,
    )
    return { credential, userName: user.name, password }
  }

  async listServiceSpecificCredentials(
    call: Call,
    input: OfUser &
      ListRequest & { readonly serviceName?: string | undefined; readonly allUsers?: boolean | undefined },
  ): Promise<ListPage<CredentialOfUser>> {
    const { authorizer, markers, store } = this.#deps
    const action = 'iam:ListServiceSpecificCredentials'
    const { serviceName: asked = '' } = input
    const serviceName = asked.toLowerCase()
    const keep = (record: ServiceSpecificCredential) => serviceName === '' || record.service === serviceName
    if (input.allUsers !== true) {
      const user = await this.#credentials.authorizedUser(call, input, action)
      if (asked !== '') checkService(asked)
      const page = await this.#credentials.page(call, user, input, { keep, filter: serviceName })
      return { ...page, items: page.items.map((credential) => ({ credential, userName: user.name })) }
    }
    if (input.userName !== undefined)
      throw new Problem('validation', 'UserName and AllUsers cannot be given together')
    await authorizer.authorize(call, action, '*')
    if (asked !== '') checkService(asked)
    const value = accountOf(call.caller)
    const page = await pageOf<'serviceSpecificCredential'>(
      markers,
      call,
      `serviceSpecificCredentials:${serviceName}`,
      input,
      (of) => store.find('serviceSpecificCredential', { by: 'account', value }, of),
      keep,
    )
    const items = await Promise.all(
      page.items.map(async (credential) => ({
        credential,
        userName: (await store.get('user', credential.userId))?.name ?? '',
      })),
    )
    return { ...page, items }
  }

  /** A new password; the old one stops working at once. */
  async resetServiceSpecificCredential(call: Call, input: CredentialRef): Promise<CredentialWithPassword> {
    const user = await this.#credentials.authorizedUser(call, input, 'iam:ResetServiceSpecificCredential')
    const password = newPassword()
    const passwordHash = hashOf(password)
    const credential = await this.#credentials.update(user, input.credentialId, (old) => ({
      ...old,
      passwordHash,
    }))
    return { credential, userName: user.name, password }
  }

  async updateServiceSpecificCredential(
    call: Call,
    input: CredentialRef & { readonly status: string },
  ): Promise<void> {
    const { userName, credentialId: id, status } = input
    await this.#credentials.setStatus(call, { userName, id, status }, 'iam:UpdateServiceSpecificCredential')
  }

  async deleteServiceSpecificCredential(call: Call, input: CredentialRef): Promise<void> {
    const { userName, credentialId: id } = input
    await this.#credentials.delete(call, { userName, id }, 'iam:DeleteServiceSpecificCredential')
  }

  async #createNamed(
    user: User,
    record: Omit<ServiceSpecificCredential, 'serviceUserName'>,
  ): Promise<ServiceSpecificCredential> {
    for (let n = 0; ; n++) {
      const suffix = n === 0 ? '' : `+${n}`
      const named = { ...record, serviceUserName: `${user.name}${suffix}-at-${user.accountId}` }
      try {
        await this.#deps.store.create('serviceSpecificCredential', named)
        return named
      } catch (error) {
        if (!isProblem(error, 'conflict') || n === mostNames) throw error
      }
    }
  }
}
